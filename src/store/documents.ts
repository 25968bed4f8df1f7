/** What the store keeps: one type per collection. Shapes, defaults and indexes stand in schemas/, one file each. */
import type { CallEventKind } from '../../adapters/calls';
import type { AgentEvent, DeskName, DeskRef, InCommon, Notice } from '../../adapters/desk';
import type { Child } from '../../adapters/directory';
import type {
  Address,
  Content,
  Effect,
  Flag,
  FormName,
  Holder,
  Locale,
  Nature,
  Priority,
  Reply,
  Role,
  Slots,
  State,
  TicketStatus,
  TimerName,
} from '../../dialogs/vocabulary';

/** An effect that is saved and not yet performed. `id` is `<event>:<n>` and makes it idempotent. */
export type OutboxItem = {
  id: string;
  effect: Effect;
  /** The place of a reply in its conversation. */
  seq?: number;
  /** When it was decided (ms), so that an effect that is stuck shows its age. */
  at: number;
  attempts: number;
  notBefore: number;
  error?: string;
};

/** How an event ended that is stepped already: what remains to be written on its log row. */
export type Stepped = { id: string; seq: number | null; status: 'done' | 'dead'; outcome: Outcome; owner?: string; error?: string };

/** One conversation: the state and the effects not yet performed live in one document, hence in one atomic write. */
export type ConversationDoc = {
  /** `<channel>:<account>:<user>[:<thread>]` */
  _id: string;
  schema: number;
  version: number;
  address: Address;
  locale: Locale;
  state: State;
  holder: Holder;
  /** The last sequence number given to a line of this conversation. */
  seq: number;
  /** Events already stepped whose log rows may not be marked yet: nothing is stepped twice, and a crash forgets no mark. */
  seen: Stepped[];
  outbox: OutboxItem[];
  /** Due time of the first outbox item, null when there is none: what the sweeper looks for. */
  outboxAt: number | null;
  /** Who performs the outbox right now. */
  lease: { owner: string; until: number } | null;
  flags: Flag[];
  /** Timers set and not yet fired, saved in the same write as the state that asked for them. */
  wakes: Partial<Record<TimerName, number>>;
  /** Due time of the first of `wakes`, null when there is none: what the sweeper looks for. */
  wakeAt: number | null;
  createdAt: Date;
  updatedAt: Date;
};

export type MessageStatus = 'received' | 'done' | 'dead' | 'sent' | 'failed';
/** How an accepted message ended; an audited message has exactly one of these (conservation). */
export type Outcome = 'answered' | 'queued' | 'merged' | 'dead-lettered';

/** One line of the log: inbox and transcript at once. Append-only but for its status. */
export type MessageDoc = {
  /** Incoming: `<channel>:<account>:<external id>`, unique, so a redelivery is seen. Outgoing: the effect id. */
  _id: string;
  conversation: string;
  direction: 'in' | 'out';
  /** Null until the turn that handled it gave it one. */
  seq: number | null;
  at: Date;
  receivedAt: Date;
  author: 'customer' | 'bot' | 'agent' | 'system';
  authorName?: string;
  content?: Content;
  agentEvent?: AgentEvent;
  reply?: Reply;
  status: MessageStatus;
  /** The worker that took it in; absent where there is only one. */
  by?: string;
  outcome?: Outcome;
  /** Who owns it when it ended at a person: a ticket number or a queue. */
  owner?: string;
  /** Workers that took it up after one that stopped had left it behind. */
  attempts: number;
  /** Which worker tries it now, and until when no other does. */
  trying?: { by: string; until: number };
  /** Why it failed; on a message that is still `received`, why its channel could not take it in as it came. */
  error?: string;
  /** Hash of the content: the same key with another hash is an edit, kept and marked with `revises`. */
  hash: string;
  revises?: string;
  request?: string;
  locale?: Locale;
  /** A further part of the message before it. */
  part?: true;
  name?: string;
};

export type TicketEventKind =
  | 'opened'
  | 'amended'
  | 'flagged'
  | 'message'
  | 'note'
  | 'claimed'
  | 'released'
  | 'assigned'
  | 'replied'
  | 'returned'
  | 'resolved'
  | 'reopened'
  | 'closed'
  | 'surveyed'
  | 'dead-lettered'
  | 'escalated'
  | 'acknowledged'
  | 'delivered'
  | 'undelivered'
  | 'viewed'
  | 'merged'
  | 'unmerged'
  | 'alarmed';
export type TicketEvent = { id: string; kind: TicketEventKind; at: Date; by: string; data: Record<string, unknown> };

export type TicketDoc = {
  /** The number people read: `20261122-0007`. */
  _id: string;
  /** The effect that opened it, under a unique index: opening twice is a no-op. */
  key: string;
  version: number;
  conversation: string;
  channel: string;
  form: FormName;
  nature: Nature;
  status: TicketStatus;
  priority: Priority;
  department: string;
  slots: Slots;
  flags: Flag[];
  handoff: boolean;
  assignee: string | null;
  assigneeName: string | null;
  /** The first agent who took it: answerable until closed, also after a transfer (S4-34). */
  firstOwner: string | null;
  firstOwnerName: string | null;
  result?: string;
  cause?: string;
  rating?: number;
  events: TicketEvent[];
  createdAt: Date;
  updatedAt: Date;
  dueAt: Date;
  resolvedAt?: Date;
  /** Where each desk shows it, and how many of its events that desk has been told. */
  boards: Partial<Record<DeskName, Board>>;
  /** When a desk is to be told something next (ms), null when all know everything: what the sweeper looks for. */
  deskAt: number | null;
  /** When the clocks of this ticket must be looked at next (ms), null when nothing is to be said any more: what the watch looks for. */
  alarmAt?: number | null;
  /** Which process tells the desks right now. */
  relay: { owner: string; until: number } | null;
};
/** `refs`: the newest last; a ticket that moved leaves its old place known. `attempts` and `error` speak of the next thing to tell. */
export type Board = { refs: DeskRef[]; told: number; attempts: number; error?: string; notBefore?: number };

export type CounterDoc = { _id: string; value: number };
export type CustomerDoc = {
  /** The conversation id. */
  _id: string;
  /** The last merge that made this conversation one person's with others; absent for most. */
  person?: string;
  role?: Role;
  name?: string;
  slots: Slots;
  createdAt: Date;
  updatedAt: Date;
};
/** Somebody known from a platform's directory (`source`: `<channel>:<account>`) before they wrote; `_id` is the person's address without a thread. */
export type ContactDoc = { _id: string; source: string; role: Role; slots: Slots; children: Child[]; hash: string; updatedAt: Date };
export type SchoolDoc = { _id: string; name: string; aliases: string[]; region?: string };
export type IncidentDoc = { _id: string; title: string; message: string; school?: string; from: Date; to?: Date };
/** `token` is the hash of what they sign in with at the desk's page. */
export type AgentDoc = {
  _id: string;
  name: string;
  email?: string;
  slack?: string;
  department?: string;
  roles: ('agent' | 'supervisor')[];
  token?: string;
  tokenAt?: Date;
};
/** Something every desk shows once that is not about one ticket; `told` names the desks that did. */
export type NoticeDoc = {
  _id: string;
  notice: Notice;
  told: DeskName[];
  open: boolean;
  tries: number;
  notBefore: number;
  at: Date;
  /** A call for supervisors before there was a ticket: of whom, why, and which ticket it became. */
  conversation?: string;
  flag?: Flag;
  ticket?: string;
};
/** A process at work on this store; `beat` changes as long as it lives. */
export type WorkerDoc = { _id: string; beat: number; at: Date };
export type SettingsDoc = { _id: string; value: Record<string, unknown>; updatedAt: Date };
/** What a channel remembers over restarts; `version` is what concurrent writers compare. */
export type NoteDoc = { _id: string; version: number; value: unknown; updatedAt: Date };
/** A wording taught to an article; `_id` is the wording without punctuation, so that no two articles can have it. */
export type VariantDoc = { _id: string; article: string; text: string; by: string; at: Date };
/** An article published by a person of the desk: front matter and answer as in a file. */
export type ArticleDoc = { _id: string; text: string; by: string; at: Date };
/** What became of a ticket's resolution as an article, by the ticket's number. */
export type DraftDoc = { _id: string; decision: 'published' | 'dropped'; by: string; at: Date };
/** `before`: whose each conversation was until then (null: nobody's but its own), which is what undoing restores. `open` while it is not carried out. */
export type MergeDoc = {
  _id: string;
  before: { conversation: string; person: string | null }[];
  by: Readonly<{ how: 'code' } | { how: 'agent'; agent: string; agentName: string; inCommon: InCommon }>;
  at: Date;
  undone: { agent: string; agentName: string; act?: string; at: Date } | null;
  open?: true;
};
/** A code on its way, by the conversation that asked for it: `to` is the conversation it was sent to, `tries` and `right` name messages by their hour. */
export type ProofDoc = {
  _id: string;
  /** The effect that sent it. */
  id: string;
  to: string;
  code: string;
  tries: number[];
  right: number | null;
  asked: number[];
  at: Date;
};
/** A telephone call, put together from what the PBX told in whatever order. Times are the PBX's (ms), null until told. */
export type CallDoc = {
  /** `phone:<account>:<call>` */
  _id: string;
  account: string;
  call: string;
  version: number;
  /** Empty while unknown or withheld. */
  caller: string;
  called: string;
  agent: string | null;
  agentName: string | null;
  extension: string | null;
  ringingAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  events: { kind: CallEventKind; at: number; receivedAt: Date }[];
  /** When it must be looked at whether anybody answered (ms), null when there is nothing to look for. */
  checkAt: number | null;
  /** The task to call back. */
  callBack: string | null;
  registered: { id: string; ticket: string; agent: string; at: Date }[];
  /** When we first heard of it. */
  startedAt: Date;
  updatedAt: Date;
};
/** A question the knowledge base failed on (S3-47). */
export type GapDoc = {
  _id: string;
  question: string;
  reason: string;
  article?: string;
  role?: Role;
  /** The article spoken of before. */
  topic?: string;
  /** The articles that were offered. */
  offered?: readonly string[];
  conversation: string;
  at: Date;
};
/** An answer given, and again when the customer says whether it helped. */
export type AnswerDoc = {
  _id: string;
  article: string;
  /** The wording of the article that was given. */
  version?: string;
  question?: string;
  helpful: boolean | null;
  conversation: string;
  at: Date;
};
