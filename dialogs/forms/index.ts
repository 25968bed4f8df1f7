/** All forms by name. Adding one: a file here, its name in ../vocabulary.ts, its words in ../copy. */
import type { FormName } from '../vocabulary';
import { cancel } from './cancel';
import { change } from './change';
import { complaint } from './complaint';
import type { Form } from './definition';
import { intake } from './intake';
import { join } from './join';
import { query } from './query';
import { repair } from './repair';
import { report } from './report';
import { returns } from './return';
import { suggestion } from './suggestion';
import { urgent } from './urgent';

export const forms: Readonly<Record<FormName, Form>> = {
  intake,
  complaint,
  suggestion,
  repair,
  join,
  change,
  query,
  cancel,
  return: returns,
  urgent,
  report,
};
