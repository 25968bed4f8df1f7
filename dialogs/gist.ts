/** What a message is about, without who is speaking: the knowledge base is asked about the matter, not about the identity. */
import { mandarin } from './extract/dialect';
import { extract } from './extract/index';
import { withoutGreeting } from './extract/issue';
import type { ExtractContext } from './extract/types';
import type { SlotName } from './vocabulary';

const IDENTITY: readonly SlotName[] = ['school', 'class', 'name', 'phone', 'relation'];
/** Nobody says who they are and what they want in fewer characters; short questions then cost nothing. */
const LEAST = 7;

/** The words to search and to classify by: the matter alone beside an identity, else the whole text; empty when it has no words. */
export function gistOf(text: string, context: ExtractContext): string {
  if (!/\p{L}/u.test(text)) return '';
  if (text.length < LEAST) return mandarin(text);
  const { slots } = extract(text, context);
  return mandarin((IDENTITY.some((name) => slots[name]) && slots.issue?.value) || withoutGreeting(text));
}
