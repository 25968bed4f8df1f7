/** Which form serves which wish, and how sure a reading must be to count. */
import type { FormName, IntentName } from '../vocabulary';

/** Below this a guess interrupts nothing and turns nobody away. */
export const sure = 0.6;
/** Below this nothing is begun: what is left is a question, or who somebody is. */
export const half = 0.5;

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
