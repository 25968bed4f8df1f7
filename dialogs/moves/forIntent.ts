/** Which form serves which wish, and how sure a reading must be to count. */
import type { FormName, Intent, IntentName } from '../vocabulary';

/** Below this a guess interrupts nothing and turns nobody away. */
export const sure = 0.6;
/** From here on a guess that no rule names interrupts a form, where a life may be in danger. */
const certain = 0.9;
/** Shorter words that no rule names are an answer, or nothing yet. */
const leastStory = 10;
/** Below this nothing is begun: what is left is a question, or who somebody is. */
export const half = 0.5;

const isNamed = ({ why }: Intent): boolean => why.some((one) => one.startsWith('rule'));

/** An answer to a form's question looks like many things to statistics; only what can be named interrupts it, or danger beyond doubt. */
export function interrupts(intent: Intent, text: string): boolean {
  return isNamed(intent) || (intent.name === 'urgent-incident' && intent.score >= certain && text.length >= leastStory);
}

/** A few words alone raise no alarm unless a rule names the danger in them. */
export function begins(intent: Intent, text: string): boolean {
  return intent.name !== 'urgent-incident' || isNamed(intent) || text.length >= leastStory;
}

export const formFor: Readonly<Partial<Record<IntentName, FormName>>> = {
  complaint: 'complaint',
  repair: 'repair',
  suggestion: 'suggestion',
  'cancel-service': 'cancel',
  'join-service': 'join',
  'change-info': 'change',
  'query-info': 'query',
  'return-exchange': 'return',
  'urgent-incident': 'urgent',
  'bad-content': 'report',
};
