/** Puts the parts of this folder together. */
import { hostname } from 'node:os';
import { nextAlarm, type Terms } from '../desk/alarms';
import { createTicketBook } from '../desk/book';
import { calendarOf } from '../desk/calendar';
import { type Due, dueAt } from '../desk/due';
import { createNumbers } from '../desk/numbers';
import { createMergeNotes } from '../people/mergeNotes';
import { createPeople } from '../people/people';
import { createInbox } from './accept';
import { createAct } from './acts';
import { audit } from './audit';
import type { Conversations } from './conversations';
import { type Deps, defaults, endable, type Options } from './deps';
import { createGather } from './gather';
import { createHistory, createSettle } from './history';
import { createLoop } from './loop';
import { createMergeAct } from './mergeActs';
import { createOutbox } from './outbox';
import { createPerform } from './perform';
import { createSave } from './save';
import { createSettledBook } from './settled';
import { createSweeper } from './timers';
import { createTurns } from './turn';
import { createWorkers } from './workers';

/** Ticket numbers taken from the store at once: what a restart leaves unused is a gap. */
const NUMBERS_AT_ONCE = 20;
/** Messages whose replies can still be asked for without reading the log. */
const REMEMBERED = 5_000;

export function createConversations(given: Deps): Conversations {
  const scheduler = endable(given.scheduler);
  const deps: Deps = { ...given, scheduler };
  const options: Options = { ...defaults, worker: `${hostname()}:${process.pid}:${deps.newId()}`, ...deps.options };
  const numbers = createNumbers({
    store: deps.store,
    now: deps.now,
    timeZone: () => deps.settings().timeZone,
    block: NUMBERS_AT_ONCE,
  });
  const book = createSettledBook(REMEMBERED);
  const calendar = calendarOf(deps.settings);
  const due: Due = (priority, from) => dueAt(priority, from, deps.settings(), calendar());
  const people = createPeople(deps.store, { reachable: (channel) => deps.channels.has(channel), secret: deps.secret, now: deps.now });
  const gather = createGather(deps, { numbers, calendar, due, people });
  const terms = (): Terms => ({ calendar: calendar(), ackMinutes: deps.settings().ackMinutes });
  const tickets = createTicketBook(deps.store, deps.now, (ticket) => nextAlarm(ticket, terms(), deps.now())?.at ?? null);
  const mergeNotes = createMergeNotes(deps.store, tickets);
  const mergeAct = createMergeAct(deps.store, { people, notes: mergeNotes, log: deps.log });
  const perform = createPerform(deps, options, { book: tickets, due, people, mergeNotes });
  const workers = createWorkers(deps, options);
  const loop = createLoop(deps, options, {
    turns: createTurns(deps, options, { gather, numbers, act: createAct(tickets, due, mergeAct, deps.crash), perform }),
    save: createSave(deps, options, workers),
    outbox: createOutbox(deps, options, { perform, numbers, book: tickets }),
    numbers,
    book,
    workers,
  });
  const inbox = createInbox(deps, options, loop, book);
  const sweeper = createSweeper(deps, options, loop, workers);

  return {
    tickets,
    people,
    worker: options.worker,
    slow: workers.slow,
    accept: inbox.accept,
    take: inbox.take,
    deliver: async (event, request) => (await inbox.take(event, request)).outcome,
    ...createHistory(deps, loop),
    settle: createSettle(deps, book),
    audit: () => audit(deps.store, deps.now()),
    forgetProfiles: loop.forgetProfiles,
    idle: loop.idle,
    async start() {
      await sweeper.sweep(options.exclusive ? null : options.graceMs);
      let sweeping: Promise<void> | null = null;
      const cancel = deps.scheduler.every(options.sweepMs, () => {
        sweeping ??= sweeper
          .sweep(options.graceMs)
          .catch((error) => deps.log.warn({ err: error }, 'the sweeper waits for the store'))
          .finally(() => {
            sweeping = null;
          });
      });
      return async () => {
        cancel();
        await sweeping;
        await loop.idle();
        scheduler.end();
        await workers.leave();
      };
    },
  };
}
