/** Lets tickets' alarms go off from the due time that stands in the store: no restart forgets one, and of several processes one tells. */
import type { Log, Scheduler } from '../conversation/deps';
import type { TicketEvent } from '../store/documents';
import type { Store } from '../store/store';
import { type Alarm, nextAlarm, type Terms } from './alarms';
import { alarmText } from './alarmText';
import type { TicketBook } from './book';

export type Watch = Readonly<{
  /** One look at everything that is due. */
  look(): Promise<void>;
  /** Begins to look; resolves to the function that stops it. */
  start(): Promise<() => Promise<void>>;
}>;

const LOOK_MS = 1_000;
const ROUND_MS = 30_000;
const AT_MOST = 100;
const paging: ReadonlySet<Alarm['kind']> = new Set(['page', 'second', 'overdue']);

export function createWatch(
  deps: Readonly<{
    store: Pick<Store, 'tickets'>;
    book: TicketBook;
    terms: () => Terms & Readonly<{ timeZone: string }>;
    /** What is looked after besides, less often. */
    rounds: () => Promise<void>;
    now: () => number;
    scheduler: Scheduler;
    log: Log;
  }>,
): Watch {
  const { store, book, now } = deps;

  async function watch(number: string): Promise<void> {
    for (;;) {
      const ticket = await book.get(number);
      if (!ticket) return;
      const terms = deps.terms();
      const alarm = nextAlarm(ticket, terms, now());
      if (!alarm || alarm.at > now()) {
        // Whoever wrote meanwhile has worked it out anew.
        await store.tickets.change({ _id: number, version: ticket.version }, { $set: { alarmAt: alarm?.at ?? null } });
        return;
      }
      const { id, kind } = alarm;
      const data = { kind, page: paging.has(kind), text: alarmText(alarm, ticket, terms.timeZone) };
      const event: TicketEvent = { id, kind: 'alarmed', at: new Date(now()), by: 'clock', data };
      if (await book.write(ticket, { set: {}, event })) deps.log.info({ ticket: number, alarm: kind }, 'a clock called');
    }
  }

  async function look(): Promise<void> {
    const due = await store.tickets.find({ alarmAt: { $lte: now() } }, { sort: { alarmAt: 1 }, limit: AT_MOST });
    for (const { _id } of due) {
      await watch(_id).catch((error) => deps.log.warn({ ticket: _id, err: error }, 'the clocks of a ticket wait'));
    }
  }

  /** Again and again, one at a time; returns what ends it. */
  function repeat(ms: number, run: () => Promise<void>): () => Promise<void> {
    let running: Promise<void> | null = null;
    const cancel = deps.scheduler.every(ms, () => {
      running ??= run()
        .catch((error) => deps.log.warn({ err: error }, 'the clocks wait for the store'))
        .finally(() => {
          running = null;
        });
    });
    return async () => {
      cancel();
      await running;
    };
  }

  return {
    look,
    async start() {
      // Tickets of before there were alarms.
      await store.tickets.updateMany({ alarmAt: { $exists: false } }, { $set: { alarmAt: 0 } });
      const stops = [repeat(LOOK_MS, look), repeat(ROUND_MS, deps.rounds)];
      return async () => {
        for (const stop of stops) await stop();
      };
    },
  };
}
