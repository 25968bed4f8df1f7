/** Every collection's Schema by name: shape, defaults and indexes, the same for both adapters. */
import type { Schema } from 'mongoose';
import type { Documents } from '../store';
import { agents } from './agents';
import { answers } from './answers';
import { articles } from './articles';
import { calls } from './calls';
import { contacts } from './contacts';
import { conversations } from './conversations';
import { counters } from './counters';
import { customers } from './customers';
import { drafts } from './drafts';
import { gaps } from './gaps';
import { incidents } from './incidents';
import { merges } from './merges';
import { messages } from './messages';
import { notes } from './notes';
import { notices } from './notices';
import { proofs } from './proofs';
import { schools } from './schools';
import { settings } from './settings';
import { tickets } from './tickets';
import { variants } from './variants';
import { workers } from './workers';

export const schemas: Readonly<Record<keyof Documents, Schema>> = {
  conversations,
  messages,
  tickets,
  counters,
  customers,
  contacts,
  schools,
  incidents,
  agents,
  settings,
  gaps,
  answers,
  variants,
  articles,
  drafts,
  notices,
  notes,
  calls,
  merges,
  proofs,
  workers,
};
export const collectionNames = Object.keys(schemas) as (keyof Documents)[]; // Object.keys forgets the key type
