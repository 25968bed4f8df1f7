/** What a message is taken to mean: intents, articles and schools found in it. */
import type { FormName } from './form';

export const INTENT_NAMES = [
  'faq',
  'complaint',
  'repair',
  'suggestion',
  'human-request',
  'ticket-status',
  'cancel-service',
  'join-service',
  'change-info',
  'query-info',
  'return-exchange',
  'urgent-incident',
  'chitchat',
  'abuse',
  'bad-content',
  'out-of-scope',
] as const;
export type IntentName = (typeof INTENT_NAMES)[number];

/** `why` names the rule or evidence in words a developer can read. Score 0…1. */
export type Intent = Readonly<{ name: IntentName; score: number; why: readonly string[] }>;

/** One article found for a text. `answer` is already filled from settings. */
export type Hit = Readonly<{
  article: string;
  title: string;
  answer: string;
  score: number;
  department: string;
  /** Changes with every change of its words. */
  version?: string;
  /** The form this article leads to when the answer alone does not help. */
  form?: FormName;
}>;

export type Decision = 'answer' | 'clarify' | 'none';

/** What the knowledge base makes of a text: hits best first; `decision` says how sure it is of the first. */
/** `asked` is what was looked up where that was more than the message itself. */
export type Knowledge = Readonly<{ decision: Decision; hits: readonly Hit[]; asked?: string }>;

/** One of several questions in a message, and what the knowledge base makes of it alone. */
export type Apart = Knowledge & Readonly<{ question: string }>;

/** A school of the directory found in the text under its name or an alias. `raw` is the text that matched. */
export type SchoolMatch = Readonly<{ school: string; raw: string; score: number }>;

/** A statistical guess at the intent, from outside the rules. */
export type Classified = Readonly<{ name: IntentName; score: number }>;
