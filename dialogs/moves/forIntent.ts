/** Which form serves which wish. */
import type { FormName, IntentName } from '../vocabulary';

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
