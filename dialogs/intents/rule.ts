/** One row of the rule table: a reason a developer can read, when it speaks, and how strongly. */
import type { IntentName } from '../vocabulary';
import type { Mood } from './mood';

export type Rule = Readonly<{
  name: IntentName;
  score: number;
  why: string;
  when: RegExp;
  unless?: RegExp;
  /** Only in this mood; left out: in any. */
  mood?: (mood: Mood) => boolean;
}>;

export const acts = (mood: Mood): boolean => !mood.how && (mood.requests || !mood.whether);
export const requested = (mood: Mood): boolean => !mood.how && mood.requests;
export const told = (mood: Mood): boolean => !mood.asks;
export const asked = (mood: Mood): boolean => mood.asks;
