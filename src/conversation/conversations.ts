/** What the rest of the program may ask of conversations; createConversations() in this folder makes one. */
import type { Accept, History, Settle } from '../../adapters/channel';
import type { AgentEvent, Delivered, Taken } from '../../adapters/desk';
import type { TicketBook } from '../desk/book';
import type { People } from '../people/people';
import type { Latest } from './history';

/** Conservation over the store: every accepted message must have ended somewhere with an owner. */
export type Audit = Readonly<{
  accepted: number;
  answered: number;
  queued: number;
  merged: number;
  deadLettered: number;
  /** Accepted less than a minute ago and still in work. */
  pending: number;
  /** Neither ended nor in work: must be zero. */
  lost: number;
  lostIds: readonly string[];
  /** Oldest unperformed effect in milliseconds, 0 when the outbox is empty. */
  outboxAgeMs: number;
  deadLetters: number;
  /** Of these, mails that could be kept in no conversation and lie in their mailbox. */
  aside: number;
}>;

export interface Conversations {
  /** Every ticket is written through it, so whoever shows tickets listens to it. */
  readonly tickets: TicketBook;
  /** Which conversations are one person's, and which may be. */
  readonly people: People;
  /** The name under which this process leases what it works on. */
  readonly worker: string;
  /** Whether another process may still be at what it has leased, although the lease ran out. */
  slow(worker: string): boolean;
  readonly accept: Accept;
  /** An agent's act, stored like a customer's message and answered by the engine; `request` as in Accept. */
  take(event: AgentEvent, request?: string): Promise<Taken>;
  /** The same, waited for to its outcome. */
  deliver(event: AgentEvent, request?: string): Promise<Delivered>;
  readonly history: History;
  readonly latest: Latest;
  readonly settle: Settle;
  audit(): Promise<Audit>;
  /** What is remembered of customers was written by others: whoever writes next is looked up again. */
  forgetProfiles(): void;
  /** Resolves when nothing is waiting to be stepped or performed: for shutdown, the terminal and tests. */
  idle(): Promise<void>;
  /** Takes up what a crash left behind and begins to fire timers; resolves to the function that stops it. */
  start(): Promise<() => Promise<void>>;
}
