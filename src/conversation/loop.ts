/** Runs each conversation's work one thing after another: step what came in, perform what was decided, write down what was done. */

import type { Numbers } from '../desk/numbers';
import { profileOf } from '../people/customers';
import { StoreError } from '../store/collection';
import type { ConversationDoc, MessageDoc } from '../store/documents';
import type { Deps, Options } from './deps';
import { draftOf } from './draft';
import { createLane, dueAt, type Lane, left, unwritten } from './lane';
import type { Outbox } from './outbox';
import type { Save } from './save';
import type { Settled, SettledBook } from './settled';
import { createTries } from './tries';
import type { Turned, Turns } from './turn';
import type { Workers } from './workers';

export type Loop = Readonly<{
  /** The lane of a conversation, created when it is not in memory. */
  lane(conversation: string): Lane;
  /** The lane only if it is in memory. */
  peek(conversation: string): Lane | undefined;
  /** Looks at a conversation soon; cheap when it is being looked at already. */
  kick(lane: Lane): void;
  /** What is remembered of each customer is read again before the next turn. */
  forgetProfiles(): void;
  /** Resolves when no conversation has anything left to do now. */
  idle(): Promise<void>;
}>;

type Parts = Readonly<{ turns: Turns; save: Save; outbox: Outbox; numbers: Numbers; book: SettledBook; workers: Workers }>;

/** What is stepped next. `left` are those of it that a stopped worker may have left behind. */
type Picked = Readonly<{ rows: readonly MessageDoc[]; left: ReadonlySet<MessageDoc>; alone?: true }>;
const NONE: ReadonlySet<MessageDoc> = new Set();

const LOG_PAGE = 100;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

export function createLoop(deps: Deps, options: Options, parts: Parts): Loop {
  const { store, scheduler } = deps;
  const lanes = new Map<string, Lane>();
  const busy = new Set<Lane>();
  /** With progress to write down, since the last look at them and since the one before. */
  let unflushed = new Set<Lane>();
  let rested = new Set<Lane>();
  const waiting: (() => void)[] = [];
  const tries = createTries(deps, options, parts.workers);
  let flushing: (() => void) | null = null;
  /** How often what is remembered of customers was written by others than the conversations. */
  let writtenByOthers = 0;

  const toStep = (lane: Lane): boolean => lane.inbox.length > 0 || lane.readLog || lane.timersDue;
  const mine = (doc: ConversationDoc): boolean => doc.lease?.owner === options.worker;

  function lane(id: string): Lane {
    const known = lanes.get(id);
    // The map's order is the order of use: what stands first was quiet longest.
    if (known) lanes.delete(id);
    const made = known ?? createLane(id);
    lanes.set(id, made);
    if (lanes.size > options.lanes) forget();
    return made;
  }

  /** Forgets the conversations that were quiet longest; the store knows them. */
  function forget(): void {
    for (const [id, old] of lanes) {
      if (lanes.size <= options.lanes * 0.9) return;
      if (!busy.has(old) && !unflushed.has(old) && !rested.has(old) && !old.accepting && quiet(old)) lanes.delete(id);
    }
  }

  const quiet = (one: Lane): boolean => !one.running && !one.performing && one.inbox.length === 0 && !unwritten(one.done);

  async function load(one: Lane): Promise<void> {
    const known = options.exclusive && one.profileAt === writtenByOthers;
    const [doc] = await Promise.all([store.conversations.get(one.id), known ? null : lookUp(one)]);
    one.doc = doc;
  }

  async function lookUp(one: Lane): Promise<void> {
    const at = writtenByOthers;
    one.profile = await profileOf(store, one.id);
    one.profileAt = at;
  }

  /** What is to be stepped. The log is the truth; what was accepted here is, as long as nobody else writes. What another worker left comes by itself. */
  async function pick(one: Lane): Promise<Picked> {
    if (!one.readLog && options.exclusive) return { rows: one.inbox.slice(0, options.burst), left: NONE };
    one.readLog = false;
    const hints = new Set(one.inbox.map(({ _id }) => _id));
    const rows = await store.messages.find(
      { conversation: one.id, status: 'received' },
      { sort: { receivedAt: 1, _id: 1 }, limit: LOG_PAGE },
    );
    one.readLog = rows.length === LOG_PAGE;
    const stepped = new Set(one.doc?.seen.map(({ id }) => id));
    const open = rows.filter(({ _id }) => !stepped.has(_id));
    if (!one.readLog) dropHandled(one, hints, open);
    const here = new Set(one.inbox.map(({ _id }) => _id));
    const left = new Set(open.filter((row) => !here.has(row._id) && tries.leftBehind(row)));
    if (left.size > 0) one.readLog = true;
    const suspect = open.findIndex((row) => left.has(row) && tries.apart(row));
    if (suspect === 0) return { rows: open.slice(0, 1), left, alone: true };
    return { rows: open.slice(0, suspect < 0 ? options.burst : Math.min(suspect, options.burst)), left };
  }

  /** What was accepted here and is open no more was stepped by another worker: whoever waits for it is told from the store. */
  function dropHandled(one: Lane, hints: ReadonlySet<string>, open: readonly MessageDoc[]): void {
    const there = new Set(open.map(({ _id }) => _id));
    const gone = new Set(one.inbox.filter(({ _id }) => hints.has(_id) && !there.has(_id)).map(({ _id }) => _id));
    if (gone.size === 0) return;
    one.inbox = one.inbox.filter(({ _id }) => !gone.has(_id));
    for (const id of gone) void tellFromStore(id);
  }

  async function tellFromStore(id: string): Promise<void> {
    const row = await store.messages.get(id).catch(() => null);
    const refusal = row?.agentEvent && row.error ? { refusal: { reason: 'not-possible' as const, message: row.error } } : {};
    parts.book.settle(id, { replies: [], ...refusal });
  }

  async function turn(one: Lane): Promise<void> {
    if (!one.doc) await load(one);
    else if (one.profileAt !== writtenByOthers) await lookUp(one);
    const { rows, left, alone } = await pick(one);
    const [first] = rows;
    if (alone && first) return tries.alone(first, (row) => handle(one, [row]));
    if (left.size > 0) await tries.together(rows.filter((row) => left.has(row)));
    return handle(one, rows);
  }

  async function handle(one: Lane, rows: readonly MessageDoc[]): Promise<void> {
    const timersDue = one.timersDue;
    one.timersDue = false;
    if (rows.length === 0 && !timersDue) return;
    const draft = draftOf(one.id, one.doc, deps.begin, deps.now());
    const turned: Turned[] = [];
    try {
      if (timersDue) await parts.turns.timers(one, draft);
      for (const row of rows) turned.push(await parts.turns.message(one, draft, row));
    } catch (error) {
      parts.numbers.giveBack(draft.handedOut);
      throw again(one, timersDue, error);
    }
    if (rows.length === 0 && draft.handedOut.length === 0) return;
    const saved = await parts.save.turn(one, draft).catch((error) => {
      throw again(one, timersDue, error);
    });
    parts.numbers.giveBack(saved ? draft.handedOut.filter((number) => !draft.used.has(number)) : draft.handedOut);
    if (!saved) return void again(one, timersDue, null);
    deps.crash?.('saved');
    finish(one, rows, turned);
  }

  function again(one: Lane, timersDue: boolean, error: unknown): unknown {
    one.timersDue ||= timersDue;
    one.doc = null;
    one.readLog = true;
    return error;
  }

  function finish(one: Lane, rows: readonly MessageDoc[], turned: readonly { id: string; settled: Settled }[]): void {
    const handled = new Set(rows.map(({ _id }) => _id));
    one.inbox = one.inbox.filter(({ _id }) => !handled.has(_id));
    carried(one);
    for (const { id, settled } of turned) parts.book.settle(id, settled);
  }

  /** Begins to perform in the background when something is due and the lease can be had. */
  async function perform(one: Lane): Promise<void> {
    const { doc } = one;
    if (one.performing || !doc || !hasDue(one, doc)) return;
    if (!mine(doc) && (parts.workers.theirs(doc.lease) || !(await parts.save.progress(one)))) return;
    one.performing = parts.outbox
      .perform(one, (item) => {
        scheduler.after(Math.max(0, item.notBefore - deps.now()), () => kick(one));
      })
      .catch((error) => trouble(one, error))
      .finally(() => {
        one.performing = null;
        kick(one);
      });
  }

  function hasDue(one: Lane, doc: ConversationDoc): boolean {
    if (doc.seen.some(({ id }) => !one.done.marked.has(id))) return true;
    const now = deps.now();
    for (const [, due] of left(doc.outbox, one.done, now)) if (due <= now) return true;
    return false;
  }

  /** What was performed is carried by the next turn's save if one comes soon, else written on its own. */
  async function flush(one: Lane): Promise<void> {
    if (one.performing || !one.doc) return;
    const holds =
      mine(one.doc) && one.doc.seen.length === 0 && (dueAt(one.doc.outbox, deps.now()) ?? Number.POSITIVE_INFINITY) > deps.now();
    if (!unwritten(one.done) && !holds) return;
    if (one.done.added.length === 0 && !one.flushNow && options.flushMs > 0) {
      if (!rested.has(one)) unflushed.add(one);
      flushing ??= scheduler.after(options.flushMs / 2, flushRested);
      return;
    }
    one.flushNow = false;
    carried(one);
    deps.crash?.('flushing');
    await parts.save.progress(one);
    one.again = true;
  }

  function carried(one: Lane): void {
    unflushed.delete(one);
    rested.delete(one);
  }

  /** Who is in the middle of a talk is left alone: the next turn's save comes sooner. */
  function flushRested(): void {
    flushing?.();
    const due = rested;
    [rested, unflushed] = [unflushed, new Set()];
    flushing = rested.size > 0 ? scheduler.after(options.flushMs / 2, flushRested) : null;
    for (const one of due) {
      one.flushNow = true;
      kick(one);
    }
  }

  async function run(one: Lane): Promise<void> {
    try {
      do {
        one.again = false;
        if (toStep(one)) await turn(one);
        if (!one.doc && unwritten(one.done)) await load(one);
        await perform(one);
        await flush(one);
      } while (toStep(one) || one.again);
      one.failures = 0;
    } catch (error) {
      trouble(one, error);
    } finally {
      one.running = null;
      rest(one);
    }
  }

  /** The store is away, or there is a bug: everything is kept, and tried again a little later each time. */
  function trouble(one: Lane, error: unknown): void {
    one.doc = null;
    one.readLog = true;
    // Another process at work is no failure: it is waited for, and not longer each time.
    one.failures = error instanceof StoreError && error.code === 'tried-elsewhere' ? 1 : one.failures + 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(one.failures, 10));
    const away = error instanceof StoreError && error.retryable;
    deps.log[away ? 'warn' : 'error'](
      { conversation: one.id, failures: one.failures, wait, err: error },
      'a conversation waits for the store',
    );
    busy.add(one);
    scheduler.after(wait, () => {
      one.failures = Math.max(1, one.failures);
      kick(one, true);
    });
  }

  function rest(one: Lane): void {
    const waits = one.failures > 0 && toStep(one);
    if (one.performing || waits || one.running) return;
    busy.delete(one);
    if (busy.size === 0) for (const wake of waiting.splice(0)) wake();
  }

  function kick(one: Lane, afterTrouble = false): void {
    // While the store is away a lane waits for its turn instead of asking with every message.
    if (one.failures > 0 && !afterTrouble) return;
    busy.add(one);
    if (one.running) {
      one.again = true;
      return;
    }
    one.running = run(one);
  }

  return {
    lane,
    peek: (id) => lanes.get(id),
    kick,
    forgetProfiles() {
      writtenByOthers += 1;
    },
    async idle() {
      for (;;) {
        while (unflushed.size + rested.size > 0) flushRested();
        if (busy.size === 0) return;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
