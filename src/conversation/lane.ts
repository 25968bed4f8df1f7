/** What one process holds in memory of one conversation. Everything here can be lost: the store knows it again. */
import type { Effect } from '../../dialogs/vocabulary';
import type { Profile } from '../people/customers';
import type { ConversationDoc, MessageDoc, OutboxItem } from '../store/documents';

export type Lane = {
  readonly id: string;
  /** The document as last read or written here; null when it must be read. */
  doc: ConversationDoc | null;
  /** Undefined until looked up; null when the customer was never remembered. */
  profile: Profile | null | undefined;
  /** How often others had written what is remembered of customers when it was looked up; -1 before it was. */
  profileAt: number;
  /** Messages accepted here and not yet stepped, in order. */
  inbox: MessageDoc[];
  /** The log may hold messages that are not in `inbox`: after a crash, or accepted by another process. */
  readLog: boolean;
  timersDue: boolean;
  /** The last acceptance under way, so that the log keeps the order of arrival. */
  accepting: Promise<unknown> | null;
  lastReceived: number;
  /** Somebody asked for a look while one was being taken. */
  again: boolean;
  running: Promise<void> | null;
  performing: Promise<void> | null;
  /** Resolves once the lines of the last turn stand in the log. */
  logging: Promise<void> | null;
  /** The store failed so often in a row. */
  failures: number;
  flushNow: boolean;
  done: Progress;
};

/** What was performed since the document was last written; the next write carries it. */
export type Progress = {
  /** Outbox items that need nothing more. */
  performed: Set<string>;
  /** Replies that stand in the log. */
  logged: Set<string>;
  /** Stepped events whose log rows are marked. */
  marked: Set<string>;
  /** Items that failed and wait for their next try. */
  changed: Map<string, OutboxItem>;
  /** Items the shell itself adds, for what was given up. */
  added: OutboxItem[];
};

const NOTHING: Progress = { performed: new Set(), logged: new Set(), marked: new Set(), changed: new Map(), added: [] };

export function createLane(id: string): Lane {
  return {
    id,
    doc: null,
    profile: undefined,
    profileAt: -1,
    inbox: [],
    readLog: true,
    timersDue: false,
    accepting: null,
    lastReceived: 0,
    again: false,
    running: null,
    performing: null,
    logging: null,
    failures: 0,
    flushNow: false,
    done: { performed: new Set(), logged: new Set(), marked: new Set(), changed: new Map(), added: [] },
  };
}

/** The part of a document that progress changes. */
type Worked = Pick<ConversationDoc, 'outbox' | 'seen'>;

export function fold(doc: Worked, { performed, marked, changed, added }: Progress): Worked {
  const outbox = doc.outbox.filter(({ id }) => !performed.has(id)).map((item) => changed.get(item.id) ?? item);
  return { outbox: [...outbox, ...added], seen: doc.seen.filter(({ id }) => !marked.has(id)) };
}

/** Forgets the progress that `saved` carries; what was performed meanwhile stays for the next write. */
export function settleProgress(done: Progress, saved: Worked): void {
  const items = new Map(saved.outbox.map((item) => [item.id, item]));
  const seen = new Set(saved.seen.map(({ id }) => id));
  for (const id of done.performed) if (!items.has(id)) done.performed.delete(id);
  for (const id of done.logged) if (!items.has(id)) done.logged.delete(id);
  for (const id of done.marked) if (!seen.has(id)) done.marked.delete(id);
  for (const [id, item] of done.changed) if (items.get(id) === item || !items.has(id)) done.changed.delete(id);
  done.added = done.added.filter(({ id }) => !items.has(id));
}

export function unwritten({ performed, marked, changed, added }: Progress): boolean {
  return performed.size > 0 || marked.size > 0 || changed.size > 0 || added.length > 0;
}

/** What is said to the customer, or speaks of it having been said. */
export const spoken = ({ kind }: Effect): boolean => kind === 'reply' || kind === 'confirmSent';

/**
 * Each item left with the time at which it may be performed. A reply that waits holds back the replies after it, so that a customer
 * reads them in order and none is confirmed before it went; anything else that waits holds back all, but no ticket waits for a platform that is away.
 */
export function* left(
  outbox: readonly OutboxItem[],
  { performed, changed }: Progress = NOTHING,
  now = Number.POSITIVE_INFINITY,
): Generator<readonly [OutboxItem, number]> {
  let all = 0;
  let replies = 0;
  for (const stored of outbox) {
    if (performed.has(stored.id)) continue;
    const item = changed.get(stored.id) ?? stored;
    const reply = spoken(item.effect);
    // What was never tried waits for nothing: a time in the future only says that the clock was set back.
    const own = item.attempts === 0 ? Math.min(item.notBefore, now) : item.notBefore;
    const due = Math.max(own, all, reply ? replies : 0);
    if (reply) replies = due;
    else all = due;
    yield [item, due];
  }
}

/** When the first item is due, as `left` has it for `now`; null for an empty outbox. */
export function dueAt(outbox: readonly OutboxItem[], now?: number): number | null {
  let first: number | null = null;
  for (const [, due] of left(outbox, NOTHING, now)) first = Math.min(first ?? due, due);
  return first;
}
