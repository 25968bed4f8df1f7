/** The whole rule table. A person asked for is read in extract/control.ts, with the other words that steer the dialog. */
import { COMPLAINTS } from './complaint';
import { OFF_TOPIC } from './offTopic';
import { REQUESTS } from './requests';
import type { Rule } from './rule';
import { URGENT } from './urgent';

export const RULES: readonly Rule[] = [...URGENT, ...COMPLAINTS, ...REQUESTS, ...OFF_TOPIC];
