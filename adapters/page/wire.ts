/** What travels between the desk's page and the server: shared by both, so nothing here may need Node or a browser. */
import type { Attachment, Content, Instant, SlotName } from '../../dialogs/vocabulary';
import type { CallView } from '../calls';
import type { Agent, AgentAct, DeskLine, MaybeSame, Notice, Phrases, Side, TicketCard } from '../desk';

export const paths = {
  page: '/desk',
  api: '/desk/api',
  session: '/desk/api/session',
  lists: '/desk/api/lists',
  find: '/desk/api/find',
  people: '/desk/api/people',
  notices: '/desk/api/notices',
  uploads: '/desk/api/uploads',
  tickets: '/desk/api/tickets',
  live: '/desk/live',
} as const;

/** Every request that changes something carries it: a form on another site cannot. */
export const REQUEST_HEADER = 'x-qiao-desk';

export const MAX_TEXT = 2000;
export const MAX_FIELD = 500;
export const MAX_FILES = 5;
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** What agents send customers: pictures, documents, short clips. */
export const FILE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'video/mp4',
] as const;

export type Values = Readonly<Partial<Record<SlotName, string>>>;

/** What an agent does, as the page says it; who and when is the server's to know. `id` is made once per click and kept on every retry. */
export type PageAct = Readonly<{ id: string }> &
  (
    | Readonly<{ kind: 'claim'; takeOver?: boolean | undefined }>
    /** `attachments` are addresses of uploads; with one the words may be missing. */
    | Readonly<{ kind: 'reply'; text: string; attachments?: readonly string[] | undefined }>
    | Readonly<{ kind: 'note'; text: string }>
    | Readonly<{ kind: 'assign'; agent: string }>
    | Readonly<{ kind: 'assign'; department: string }>
    | Readonly<{ kind: 'amend'; values: Values }>
    | Readonly<{ kind: 'escalate' | 'reopen'; reason: string }>
    | Readonly<{ kind: 'acknowledge' | 'return' }>
    | Readonly<{ kind: 'resolve'; result: string; cause?: string | undefined }>
    /** `with` is the key of a candidate, `merge` the name of a merge in the thread. */
    | Readonly<{ kind: 'merge'; with: string }>
    | Readonly<{ kind: 'unmerge'; merge: string }>
  );
export type PageActKind = AgentAct;

export type Delivery = Readonly<{ state: 'waiting' | 'delivered' }> | Readonly<{ state: 'failed'; reason: string }>;
/** A merge that stands, and who did it; `agent` is null when the customer proved it. */
export type Undo = Readonly<{ merge: string; agent: string | null }>;
/** One line of a ticket's thread: what was said in its conversation and what happened to it, in one order. */
export type ThreadItem = Readonly<{ key: string; at: Instant }> &
  (
    | Readonly<{ kind: 'customer'; content: Content }>
    | Readonly<{ kind: 'bot'; text: string; options?: readonly string[] }>
    | Readonly<{ kind: 'agent'; name: string; text: string; attachments?: readonly Attachment[]; delivery?: Delivery }>
    | Readonly<{ kind: 'note'; name: string; text: string }>
    /** `delivery` is of the result the customer is told. */
    | Readonly<{ kind: 'change'; text: string; delivery?: Delivery; undo?: Undo }>
    | Readonly<{ kind: 'alarm'; text: string; page: boolean }>
  );

/** `now` is the server's clock: an agent's may be wrong, and due times must not be. */
export type SignedIn = Readonly<{ agent: Agent; thisRunOnly: boolean; now: Instant }>;
export type Lists = Readonly<{ queue: readonly TicketCard[]; mine: readonly TicketCard[] }>;
export type Found = Readonly<{ tickets: readonly TicketCard[] }>;
export type People = Readonly<{ departments: readonly string[]; agents: readonly Agent[]; phrases: Phrases }>;
export type Elsewhere = Pick<Side, 'channels' | 'tickets' | 'total'>;
/** `elsewhere`: what else the same person has with us; absent when it is nothing. */
export type TicketView = Readonly<{ card: TicketCard; thread: readonly ThreadItem[]; elsewhere?: Elsewhere }>;
export type Maybe = Readonly<{ here: Side; candidates: readonly MaybeSame[] }>;
/** `done` is false when the act is stored and its outcome not known yet. */
export type Done = Readonly<{ done: boolean }>;
/** Newest first. */
export type Notices = Readonly<{ notices: readonly Notice[] }>;
export type Uploaded = Readonly<{ attachment: Attachment }>;
export type Phone = Readonly<{ phone: string }>;
/** How every request is refused; `fields` says what is wrong where. */
export type Failure = Readonly<{ error: Readonly<{ code: string; message: string; fields?: Values }> }>;

/** The live feed. The page takes it as a hint and reads what it shows anew. */
export type ToPage = {
  card(card: TicketCard): void;
  line(card: TicketCard, line: DeskLine): void;
  notice(notice: Notice): void;
  /** A telephone call that rings or changed: this agent's own, or one that is nobody's yet. */
  call(call: CallView): void;
};
