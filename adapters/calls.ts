/** The contract of telephone calls: what a PBX tells us of them, and what an agent sees when one rings. */
import type { ChannelName, Instant } from '../dialogs/vocabulary';
import type { Entry } from './channel';
import type { TicketCard } from './desk';

export type CallEventKind = 'ringing' | 'answered' | 'ended';

/** One event of one call. `call` is the PBX's own id, the same in all events of a call; a number that is withheld is empty. */
export type CallEvent = Readonly<{
  account: string;
  call: string;
  kind: CallEventKind;
  at: Instant;
  caller?: string;
  called?: string;
  /** The agent's id or mail, or what the account's list of extensions says of the extension. */
  agent?: string;
  extension?: string;
}>;
/** `id` is our name of the call; `duplicate`: this event of this call was known and changed nothing. */
export type Heard = Readonly<{ id: string; duplicate: boolean }>;

export type CallState = 'ringing' | 'answered' | 'ended' | 'missed';

/** Somebody who gave the number that calls: one of perhaps several, for families share a phone and numbers change hands. */
export type KnownCaller = Readonly<{
  name?: string;
  school?: string;
  class?: string;
  channels: readonly ChannelName[];
  lastAt: Instant;
}>;

/** What was said last on one channel, numbers covered. */
export type Earlier = Readonly<{ channel: ChannelName; lastAt: Instant; lines: readonly Entry[] }>;

/** A call as an agent sees it. The number is in full for the agent who has the call and for supervisors, covered for everybody else. */
export type CallView = Readonly<{
  id: string;
  state: CallState;
  caller: string;
  called: string;
  agent?: Readonly<{ id: string; name: string }>;
  extension?: string;
  ringingAt?: Instant;
  answeredAt?: Instant;
  endedAt?: Instant;
  /** Whole seconds from the first ring to the answer. */
  waitedSeconds?: number;
  known: readonly KnownCaller[];
  /** Open tickets of everybody known under the number. */
  tickets: readonly TicketCard[];
  earlier: readonly Earlier[];
  /** Tickets that were registered in this call. */
  registered: readonly string[];
  /** The task to call back, when nobody answered. */
  callBack?: string;
}>;
