/** What the engine remembers of a conversation. */
import type { FormName, SlotName, Slots } from './form';
import type { Hit } from './meaning';
import type { Instant, Locale, Role } from './message';
import type { Option } from './reply';
import type { Flag } from './ticket';

/** What survives a change of phase. */
export type Memory = Readonly<{
  role?: Role;
  greeted: boolean;
  /** Identity and answers the customer gave, offered again in the next form. */
  slots: Slots;
  /** Questions in a row the desk could not answer. */
  misses: number;
  /** The last question missed, so that a person gets it with whatever is said next. */
  missed?: string;
  /** Numbers opened in this conversation, newest last, at most 20. */
  tickets: readonly string[];
  /** The last article answered from, for a fragment like 「那取消呢?」. */
  topic?: string;
  lastAt: Instant;
  abuse: number;
  /** The options last shown, so that a typed 「2」 or label means the button. */
  offered: readonly Option[];
  /** Forms put aside for a more pressing matter, taken up again afterwards, last one first. */
  parked: readonly Draft[];
  /** Tickets whose survey was offered: never twice. */
  surveyed: readonly string[];
  /** Tickets resolved while something else was going on; their survey comes afterwards. */
  toSurvey?: readonly string[];
  /** The last message was a file without words. */
  files?: true;
  /** The language the customer last wrote in plainly, when their channel declares another. */
  spoken?: Locale;
  /** The place in the queue a customer keeps while another matter is filled in. */
  queued?: Waiting;
  /** Agents who wrote on other tickets while one had the chat, newest last: they hear the answers too, and go on once that one is done. */
  joined?: readonly Joined[];
  /** Merging with an earlier conversation was offered, or a code for it was sent. */
  merging?: 'offered' | 'sent';
  /** The ticket an agent last gave back to the bot: who asks for a person again is asking about that. */
  returned?: string;
}>;

/** A form in progress. `ticket` is set when the ticket was opened before the form was complete (urgent lane, handoff). */
export type Draft = Readonly<{
  form: FormName;
  slots: Slots;
  refused: readonly SlotName[];
  tries: number;
  /** A grade told without its class, 「三年级」, until the class follows. */
  grade?: string;
  ticket?: string;
  flags: readonly Flag[];
  /** Where to send the ticket when an article led here. */
  department?: string;
}>;

export type Phase =
  | Readonly<{ phase: 'idle' }>
  | Readonly<{ phase: 'answering'; question: string; hit: Hit; others: readonly Hit[] }>
  /** `left` once silence has made a gap of the question. */
  | Readonly<{ phase: 'clarifying'; question: string; hits: readonly Hit[]; draft?: Draft; left?: true }>
  | Readonly<{ phase: 'form'; draft: Draft; asking: SlotName }>
  | Readonly<{ phase: 'confirming'; draft: Draft; changing?: SlotName }>
  /** The customer came back to an unfinished form after a long time. */
  | Readonly<{ phase: 'resuming'; draft: Draft; text: string }>
  /** Several schools answer to what the customer wrote. */
  | Readonly<{ phase: 'choosingSchool'; draft: Draft; schools: readonly string[] }>
  | Waiting
  | WithAgent
  | Readonly<{ phase: 'survey'; ticket: string; rating?: number }>
  /** `about` is a message that may belong to the ticket just closed; the customer is being asked. */
  | Readonly<{ phase: 'closed'; ticket?: string; at: Instant; about?: string }>;

/** A person is due. `slots` is what the ticket holds already, here and while an agent has it: words that add nothing amend nothing. */
export type Waiting = Readonly<{
  phase: 'waiting';
  ticket: string;
  reason: HandoffReason;
  since: Instant;
  slots: Slots;
  grade?: string;
  /** When the customer was last told their place. */
  placedAt?: Instant;
  /** When it was last said that their words are with the desk. */
  relayedAt?: Instant;
  /** Whoever has the ticket already, and so is the one waited for. */
  owed?: Owed;
}>;
/** An agent has the chat. `from` is how the customer came to wait for one, absent when nobody was due. */
export type WithAgent = Readonly<{
  phase: 'withAgent';
  ticket: string;
  agent: string;
  agentName: string;
  since: Instant;
  slots: Slots;
  from?: Readonly<{ reason: HandoffReason; since: Instant }>;
  /** Absent while the agent spoke last. */
  owed?: Owed;
}>;

/** An agent in the talk on another ticket than the one at hand. */
export type Joined = Readonly<{ ticket: string; agent: string; agentName: string }>;

/** An agent owes the customer a word: since when, and when the agent was warned. */
export type Owed = Readonly<{ agentName: string; since: Instant; warnedAt?: Instant }>;
export type PhaseName = Phase['phase'];

/** Bump when the shape of a stored state changes; the shell migrates or restarts the dialog politely. */
export const STATE_SCHEMA = 1;

export type State = Readonly<{ schema: typeof STATE_SCHEMA; memory: Memory }> & Phase;

export type HandoffReason = 'asked' | 'misses' | 'refused' | 'urgent' | 'broke' | 'abuse';

/** Who may speak to the customer right now. */
export type Holder = Readonly<{ kind: 'bot' | 'queue' | 'agent'; agent?: string; reason: string; since: Instant }>;
