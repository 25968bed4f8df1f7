/** The contract of a desk, the place where agents work: it shows tickets and passes on what agents do, and decides nothing. */
import type { Attachment, ChannelName, Flag, FormName, Instant, Nature, Priority, SlotName, TicketStatus } from '../dialogs/vocabulary';
import type { CallView } from './calls';
import type { Budget, Entry } from './channel';

export type DeskName = 'slack' | 'page';

/** Someone who works at the desk. Supervisors are paged and see what only a holder sees. */
export type Agent = Readonly<{
  id: string;
  name: string;
  department?: string;
  supervisor: boolean;
  /** Since when the token holds with which they sign in; absent when they have none. */
  tokenSince?: Instant;
}>;

// ---------------------------------------------------------------- what agents do

/** `id` is the desk's own, so a retried click is recognised. `agent` is the agent's id, `agentName` what the customer reads. */
export type AgentEvent = Readonly<{ id: string; at: Instant; ticket: string; agent: string; agentName: string }> &
  (
    | Readonly<{ kind: 'claim'; takeOver?: boolean | undefined }>
    | Readonly<{ kind: 'reply'; text: string; attachments?: readonly Attachment[] | undefined }>
    | Readonly<{ kind: 'note'; text: string }>
    /** To a colleague, or back into the queue of a department. */
    | Readonly<{ kind: 'assign'; to: Readonly<{ agent: string; agentName: string }> | Readonly<{ department: string }> }>
    | Readonly<{ kind: 'amend'; values: Readonly<Partial<Record<SlotName, string>>> }>
    | Readonly<{ kind: 'escalate'; reason: string }>
    /** A supervisor has seen the page. */
    | Readonly<{ kind: 'acknowledge' }>
    | Readonly<{ kind: 'return' }>
    | Readonly<{ kind: 'resolve'; result: string; cause?: string | undefined }>
    | Readonly<{ kind: 'reopen'; reason: string }>
    /** The customer of this ticket and the candidate with this key are one person. For the holder and for supervisors only. */
    | Readonly<{ kind: 'merge'; with: string; supervisor: boolean }>
    /** Takes a merge back. For whoever merged and for supervisors only. */
    | Readonly<{ kind: 'unmerge'; merge: string; supervisor: boolean }>
  );
export type AgentAct = AgentEvent['kind'];

/** Why an act was refused, in a sentence for the agent; who holds the ticket when that is why. */
export type Refused = Readonly<{
  kind: 'refused';
  reason: 'unknown-ticket' | 'held' | 'not-possible' | 'incomplete' | 'invalid';
  message: string;
  assignee?: string;
  assigneeName?: string;
}>;
export type Delivered = Readonly<{ kind: 'accepted'; id: string; conversation: string; duplicate: boolean }> | Refused;
/** `outcome` resolves once the act is done or refused; the act itself is durable already, so a platform may be acknowledged. */
export type Taken = Readonly<{ outcome: Promise<Delivered> }>;

// ---------------------------------------------------------------- what desks show

export type CardField = Readonly<{ name: SlotName; label: string; value: string }>;
/** A ticket as agents see it. Phones are masked; `Office.reveal` gives them to whoever may see them. */
export type TicketCard = Readonly<{
  number: string;
  form: FormName;
  title: string;
  nature: Nature;
  status: TicketStatus;
  priority: Priority;
  department: string;
  fields: readonly CardField[];
  /** What the form asks for besides and nobody has told yet. */
  missing: readonly Omit<CardField, 'value'>[];
  flags: readonly Flag[];
  /** Who may speak to the customer: nobody but the bot, the queue waiting for a person, or the assignee. */
  holder: 'bot' | 'queue' | 'agent';
  assignee?: Readonly<{ id: string; name: string }>;
  /** The first agent who took it, answerable until it is closed (首问责任人, S4-34). */
  firstOwner?: Readonly<{ id: string; name: string }>;
  channel: string;
  /** What may still be sent to the customer, null when nothing may; absent where nobody counts. */
  budget?: Budget | null;
  customerName?: string;
  createdAt: Instant;
  dueAt: Instant;
  overdue: boolean;
  result?: string;
  cause?: string;
  rating?: number;
  /** What is possible in this status at all; who may do it is decided when it is done. */
  acts: readonly AgentAct[];
}>;

/** One thing that happened to a ticket. `id` is the key under which it is shown once. */
export type DeskLine = Readonly<{ id: string; at: Instant }> &
  (
    | Readonly<{ kind: 'customer'; text: string; attachment?: Attachment }>
    /** An agent's words on their way to the customer. `act` is the id of the AgentEvent. */
    | Readonly<{ kind: 'reply'; act: string; agent: string; name: string; text: string; attachments?: readonly Attachment[] }>
    /** The ticket was resolved; the customer is told the result. */
    | Readonly<{ kind: 'result'; act: string; text: string }>
    /** What became of a reply or of a result. */
    | Readonly<{ kind: 'delivered'; act: string }>
    | Readonly<{ kind: 'undelivered'; act: string; reason: string }>
    | Readonly<{ kind: 'note'; act: string; name: string; text: string }>
    /** The ticket changed: claimed, assigned, amended, reopened …, in a sentence. */
    | Readonly<{ kind: 'change'; text: string }>
    /** Two customers became one person's, by this agent or by a customer's own proof (`agent` is null), or are two again. */
    | Readonly<{ kind: 'merged'; merge: string; agent: string | null; text: string }>
    | Readonly<{ kind: 'unmerged'; merge: string; text: string }>
    /** A clock or a rule calls for somebody. `page` must reach the supervisors. */
    | Readonly<{ kind: 'alarm'; text: string; page: boolean }>
  );

/** Something about the desk and not about one ticket: the queue is too long, the day's figures. `id` is the key under which it is shown once. */
export type Notice = Readonly<{
  id: string;
  at: Instant;
  to: 'supervisors' | Readonly<{ department: string }>;
  title: string;
  text: string;
  page: boolean;
}>;

/** `own` is what the agent sees whose call it is; absent while it is nobody's. */
export type Ringing = Readonly<{ covered: CallView; own?: CallView }>;

// ---------------------------------------------------------------- who may be one person

/** A ticket in a line, as every agent may see it. */
export type SideTicket = Readonly<{
  number: string;
  title: string;
  status: TicketStatus;
  channel: string;
  createdAt: Instant;
  issue?: string;
}>;
/** A person as an agent may see them: numbers are covered. `tickets` are the newest of `total`, newest first. */
export type Side = Readonly<{
  channels: readonly ChannelName[];
  name?: string;
  school?: string;
  className?: string;
  phone?: string;
  lastAt?: Instant;
  tickets: readonly SideTicket[];
  total: number;
}>;
/** Why two may be one person: the same number, or the same name in the same class of the same school. */
export type InCommon = 'phone' | 'name';
/** Who may be the customer of a ticket; `key` is what a merge names, and fits only as long as both sides stay as shown. */
export type MaybeSame = Readonly<{ key: string; inCommon: InCommon }> & Side;
export type Candidates = Readonly<{ kind: 'candidates'; here: Side; candidates: readonly MaybeSame[] }>;

/** The desk's own name for the place where it shows a ticket; opaque to everybody else. */
export type DeskRef = string;

export interface Desk {
  readonly name: DeskName;
  /** Only a desk that keeps nothing has it: such a desk shows the store to whoever looks, and is told what is new while somebody does. */
  watched?(): boolean;
  /**
   * Puts a ticket up with what was said so far. With `again` it may stand there already from a try whose outcome is not known: then the
   * desk looks first. Throws DeskError, here and below.
   */
  offer(card: TicketCard, transcript: readonly Entry[], again: boolean): Promise<DeskRef>;
  /** Shows one more line of a ticket, after those before it. */
  relay(ref: DeskRef, card: TicketCard, line: DeskLine, again: boolean): Promise<void>;
  /** The card as it is now. Resolves to where the ticket is shown from now on, when that changed. */
  update(ref: DeskRef, card: TicketCard): Promise<DeskRef>;
  notify(notice: Notice, again: boolean): Promise<void>;
  /** For a desk that shows telephone calls: one that rings or changed, in full for its agent, covered for everybody else. */
  ring?(call: Ringing): Promise<void>;
  /** Begins to listen to agents; resolves to the function that stops it. */
  start(office: Office): Promise<() => Promise<void>>;
}

/** A desk could not show something. It is tried again for as long as it takes; `retryAfterMs` is the platform's own wish. */
export class DeskError extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  constructor(message: string, options: { retryable: boolean; retryAfterMs?: number | undefined; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'DeskError';
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

// ---------------------------------------------------------------- what desks may ask

export type Asked =
  | Readonly<{ kind: 'queue'; department?: string }>
  | Readonly<{ kind: 'mine'; agent: string }>
  /** A number, the last digits of one of today's, a phone, a school or a name. */
  | Readonly<{ kind: 'find'; text: string }>;

export type Phrases = Readonly<{ replies: readonly string[]; results: readonly string[] }>;

/** A ready sentence with its names; a customer whose name nobody knows is not called anything. */
export const spell = (phrase: string, agent: string, customer = ''): string =>
  phrase.replaceAll('{agent}', agent).replaceAll('{customer}', customer && `${customer}，`);

/** The house as a desk sees it. */
export interface Office {
  /** Resolves once the act is durable. Rejects when it could not be stored: then the platform must not be acknowledged. */
  take(event: AgentEvent, request?: string): Promise<Taken>;
  /** Null when nobody is registered under it: they may look, not act. */
  agentBy(known: Readonly<{ slack?: string; email?: string; token?: string }>): Promise<Agent | null>;
  agents(): Promise<readonly Agent[]>;
  departments(): Promise<readonly string[]>;
  /** Ready sentences (常用语) of this place, with `{agent}` and `{customer}` for the names. */
  phrases(): Phrases;
  ticket(number: string): Promise<TicketCard | null>;
  /** The number of the ticket a desk shows at `ref`, or showed there before it moved. */
  ticketAt(desk: DeskName, ref: DeskRef): Promise<string | null>;
  /** The most urgent first: by due time. At most 50. */
  tickets(asked: Asked): Promise<readonly TicketCard[]>;
  /** What customer, bot and agents said in the conversation of a ticket, oldest first. */
  transcript(number: string): Promise<readonly Entry[]>;
  /** Everything that happened to a ticket, oldest first. */
  lines(number: string): Promise<readonly DeskLine[]>;
  /** What this agent's desk was told of in the last day that is about no single ticket, newest first; at most 50. */
  notices(agent: Agent): Promise<readonly Notice[]>;
  /** Who may be the same person as the ticket's customer; for the holder and for supervisors only. */
  candidates(number: string, agent: Pick<Agent, 'id' | 'supervisor'>): Promise<Candidates | Refused>;
  /** The other tickets of whoever the ticket's customer is, on whatever channel, and where they write from; null when there are none. */
  elsewhere(number: string): Promise<Pick<Side, 'channels' | 'tickets' | 'total'> | null>;
  /** What is wrong with amended values, field by field, in words for the agent; empty when nothing is. */
  problems(values: Readonly<Partial<Record<SlotName, string>>>): Readonly<Partial<Record<SlotName, string>>>;
  /** Every number the customer gave, in full, for the holder and for supervisors only; each look is written on the ticket. */
  reveal(number: string, agent: Agent, id: string): Promise<Readonly<{ kind: 'phone'; phone: string }> | Refused>;
}

/** Which sessions of a desk were signed out before their time: kept by the house, for all its processes. */
export type EndedSessions = Readonly<{ end(id: string): Promise<void>; has(id: string): Promise<boolean> }>;
