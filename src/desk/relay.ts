/** Tells every desk what happened to its tickets, in order and from the tickets' own events, so that nothing said to a desk can be lost. */

import type { Entry } from '../../adapters/channel';
import { type Desk, DeskError } from '../../adapters/desk';
import { maskEntry } from '../../adapters/mask';
import { isOpen, OPEN_STATUSES } from '../../dialogs/vocabulary';
import { type CrashPoint, endable, type Log, type Scheduler } from '../conversation/deps';
import type { Latest } from '../conversation/history';
import type { Board, NoticeDoc, TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { TicketBook } from './book';
import { cardOf } from './card';
import { lineOf } from './lines';
import type { Reach } from './reach';
import { createTellingLease, type Held, LeaseLost } from './tellingLease';

export type Relay = Readonly<{
  /** Begins to tell; resolves to the function that stops it. */
  start(): Promise<() => Promise<void>>;
  /** Resolves when every desk knows everything that can be told now. */
  idle(): Promise<void>;
}>;

const SWEEP_MS = 1_000;
const SWEEP_AT_MOST = 100;
/** Tickets told at the same time. */
const ABREAST = 16;
/** Lines of a conversation that go with a new card. */
const LINES_BEFORE = 40;
/** Tickets whose last line is remembered for desks that keep nothing. */
const LIVE_KNOWN = 5_000;
const LEASE_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export function createRelay(
  deps: Readonly<{
    store: Pick<Store, 'tickets' | 'notices'>;
    book: TicketBook;
    desks: readonly Desk[];
    latest: Latest;
    reach?: Reach;
    now: () => number;
    scheduler: Scheduler;
    log: Log;
    worker: string;
    /** Whether another worker lives that may still be telling, although its lease ran out: a desk may keep it waiting in its line. */
    slow?: (worker: string) => boolean;
    /** No other process works on this store. */
    exclusive: boolean;
    /** How long telling one ticket to all desks may take before another process takes it over. */
    leaseMs?: number;
    crash?: ((point: CrashPoint) => void) | undefined;
  }>,
): Relay {
  const { store, now } = deps;
  const scheduler = endable(deps.scheduler);
  const { lease, hold, mine } = createTellingLease({ ...deps, leaseMs: deps.leaseMs ?? LEASE_MS });
  const kept = deps.desks.filter(({ watched }) => watched === undefined);
  const live = deps.desks.filter(({ watched }) => watched !== undefined);
  /** What the desks that keep nothing were told by this process: the number of a ticket's events. */
  const liveBoards = new Map<string, Board>();
  let changedSince = now();
  /** To be told soon, those opened just now before all others: somebody waits for a person. */
  const opened = new Set<string>();
  const wanted = new Set<string>();
  const busy = new Map<string, Promise<void>>();
  const idlers: (() => void)[] = [];
  let stopped = true;
  let stopping = false;

  /** What was said before the ticket was opened, which was in the log before it. */
  async function saidBefore({ conversation, createdAt }: TicketDoc): Promise<readonly Entry[]> {
    return (await deps.latest(conversation, { until: createdAt.getTime(), lines: LINES_BEFORE })).map(maskEntry);
  }

  async function tellDesk(desk: Desk, ticket: TicketDoc, before: Board | undefined, cutOff: boolean, held?: Held): Promise<Board> {
    const card = { ...cardOf(ticket, now()), ...(await deps.reach?.(ticket)) };
    let { refs = [], told = 0 } = before ?? {};
    const attempts = before?.attempts ?? 0;
    // A try that failed may have got through all the same.
    const again = cutOff || attempts > 0;
    try {
      let ref = refs.at(-1);
      if (ref === undefined) {
        const said = await saidBefore(ticket);
        if (held) await hold(held);
        ref = await desk.offer(card, said, again);
        refs = [ref];
      }
      for (; told < ticket.events.length; told += 1) {
        const event = ticket.events[told];
        const line = event && lineOf(event);
        if (!line) continue;
        if (held) await hold(held);
        await desk.relay(ref, card, line, again);
        deps.crash?.('told');
      }
      const moved = await desk.update(ref, card);
      if (moved !== ref) refs = [...refs, moved];
      return { refs, told, attempts: 0 };
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      // A desk that took some of it is there: it is not kept waiting for the rest as one that is away.
      const failures = refs.length > (before?.refs.length ?? 0) || told > (before?.told ?? 0) ? 0 : attempts;
      const wait = waitOf(error, failures);
      deps.log.warn({ ticket: ticket._id, desk: desk.name, attempts: failures + 1, wait, err: error }, 'a desk could not be told');
      return { refs, told, attempts: failures + 1, error: reasonOf(error), notBefore: now() + wait };
    }
  }

  async function tell(number: string): Promise<void> {
    const leased = await lease(number);
    if (!leased) return;
    const { held } = leased;
    for (let { ticket, cutOff } = leased; ; cutOff = false) {
      const boards = await tellKept(ticket, cutOff, held);
      const waits = Object.values(boards).flatMap(({ notBefore }) => notBefore ?? []);
      const deskAt = waits.length > 0 ? Math.min(...waits) : null;
      const set = Object.fromEntries(kept.flatMap(({ name }) => (boards[name] ? [[`boards.${name}`, boards[name]]] : [])));
      const done = { ...set, deskAt, relay: null };
      if (await store.tickets.change({ _id: number, version: ticket.version, ...mine }, { $set: done })) {
        if (deskAt !== null) scheduler.after(Math.max(0, deskAt - now()), () => kick(number));
        return;
      }
      // Something happened meanwhile: what was told is kept, the rest is told now.
      const next = await store.tickets.update({ _id: number, ...mine }, { $set: set });
      if (!next) throw new LeaseLost();
      ticket = next;
    }
  }

  async function tellKept(ticket: TicketDoc, cutOff: boolean, held: Held): Promise<TicketDoc['boards']> {
    const at = now();
    const boards = { ...ticket.boards };
    const open = isOpen(ticket);
    await Promise.all(
      kept.map(async (desk) => {
        const board = boards[desk.name];
        // A matter that was over before this desk was there is not put up any more, unless somebody was cut off while putting it up.
        if (!board && !open && !cutOff) return;
        if (board?.notBefore !== undefined && board.notBefore > at) return;
        if (board && board.told >= ticket.events.length && board.attempts === 0) return;
        boards[desk.name] = await tellDesk(desk, ticket, board, cutOff, held);
      }),
    );
    return boards;
  }

  /** Whoever looks at a page now sees it at once; nobody else is waited for. */
  async function tellLive(number: string): Promise<void> {
    const watched = live.filter((desk) => desk.watched?.());
    const ticket = watched.length > 0 ? await deps.book.get(number) : null;
    if (!ticket) return;
    for (const desk of watched) {
      const key = `${desk.name}/${number}`;
      const fresh = ticket.events.length === 1;
      const known = liveBoards.get(key) ?? { refs: fresh ? [] : [number], told: fresh ? 0 : ticket.events.length - 1, attempts: 0 };
      liveBoards.delete(key);
      liveBoards.set(key, await tellDesk(desk, ticket, known, false));
      const [oldest] = liveBoards.keys();
      if (liveBoards.size > LIVE_KNOWN && oldest !== undefined) liveBoards.delete(oldest);
    }
  }

  /** The write before telling is the lease and the wait until the next try in one. */
  async function tellNotice({ _id, tries, notBefore }: NoticeDoc): Promise<void> {
    const next = now() + waitOf(null, tries);
    const row = await store.notices.update({ _id, open: true, notBefore }, { $set: { tries: tries + 1, notBefore: next } });
    if (!row) return;
    const told = new Set(row.told);
    for (const desk of deps.desks) {
      if (told.has(desk.name) || desk.watched?.() === false) continue;
      try {
        await desk.notify(row.notice, tries > 0);
        told.add(desk.name);
      } catch (error) {
        deps.log.warn({ notice: _id, desk: desk.name, err: error }, 'a desk could not be told');
      }
    }
    // A desk that keeps nothing is waited for only while nobody else has shown it: then whoever looks next does.
    const open = kept.some(({ name }) => !told.has(name)) || (deps.desks.length > 0 && told.size === 0);
    await store.notices.update({ _id }, { $set: { told: [...told], open } });
  }

  function kick(number: string, fresh = false): void {
    (fresh ? opened : wanted).add(number);
    pump();
  }

  function* inTurn(): Generator<string> {
    yield* opened;
    yield* wanted;
  }

  function pump(): void {
    if (stopped) return;
    for (const number of inTurn()) {
      if (busy.size >= ABREAST) return;
      if (busy.has(number)) continue;
      opened.delete(number);
      wanted.delete(number);
      const telling = Promise.all([kept.length > 0 ? tell(number) : null, live.length > 0 ? tellLive(number) : null])
        .then(() => undefined)
        .catch((error) => deps.log.warn({ ticket: number, err: error }, 'telling the desks waits for the store'))
        .finally(() => {
          busy.delete(number);
          pump();
        });
      busy.set(number, telling);
    }
    if (busy.size === 0 && opened.size === 0 && wanted.size === 0) for (const wake of idlers.splice(0)) wake();
  }

  async function sweep(): Promise<void> {
    if (kept.length > 0) {
      const due = await store.tickets.find({ deskAt: { $lte: now() } }, { sort: { deskAt: 1 }, limit: SWEEP_AT_MOST });
      for (const { _id } of due) kick(_id);
    }
    if (live.length > 0 && !deps.exclusive) {
      const since = changedSince;
      // Clocks of processes differ a little; being told twice is nothing to a page.
      changedSince = now() - SWEEP_MS;
      for (const { _id } of await store.tickets.find({ updatedAt: { $gt: new Date(since) } }, { limit: SWEEP_AT_MOST })) kick(_id);
    }
    for (const row of await store.notices.find(
      { open: true, notBefore: { $lte: now() } },
      { sort: { notBefore: 1 }, limit: SWEEP_AT_MOST },
    )) {
      if (stopping) return;
      await tellNotice(row);
    }
  }

  return {
    async start() {
      [stopped, stopping] = [false, false];
      for (const { name } of kept) {
        const unknown = { status: { $in: OPEN_STATUSES }, [`boards.${name}`]: { $exists: false }, deskAt: null };
        await store.tickets.updateMany(unknown, { $set: { deskAt: now() } });
      }
      const unlisten = deps.book.onWritten(kick);
      let sweeping: Promise<void> | null = null;
      const look = (): void => {
        sweeping ??= sweep()
          .catch((error) => deps.log.warn({ err: error }, 'the desks wait for the store'))
          .finally(() => {
            sweeping = null;
          });
      };
      // A desk that does not answer keeps nobody from starting.
      look();
      const cancel = scheduler.every(SWEEP_MS, look);
      return async () => {
        cancel();
        unlisten();
        [stopped, stopping] = [true, true];
        scheduler.end();
        await sweeping;
        await Promise.all(busy.values());
        scheduler.end();
      };
    },
    async idle() {
      await sweep();
      if (busy.size === 0 && opened.size === 0 && wanted.size === 0) return;
      await new Promise<void>((resolve) => idlers.push(resolve));
    },
  };
}

/** A desk that refuses for good is asked again from time to time: somebody may mend its settings. */
function waitOf(error: unknown, attempts: number): number {
  const asked = error instanceof DeskError ? (error.retryAfterMs ?? 0) : 0;
  const hopeless = error instanceof DeskError && !error.retryable;
  return Math.max(asked, hopeless ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10)));
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 300) : 'unknown failure');
