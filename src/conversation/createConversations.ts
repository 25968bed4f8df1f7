/** Puts the parts of this folder together. */
import { hostname } from 'node:os';
import { createNumbers } from '../desk/numbers';
import { createInbox } from './accept';
import { createAct } from './acts';
import { audit } from './audit';
import type { Conversations } from './conversations';
import { type Deps, defaults, type Options } from './deps';
import { calendarOf, createGather } from './gather';
import { createHistory, createSettle } from './history';
import { createLoop } from './loop';
import { createOutbox } from './outbox';
import { createPerform } from './perform';
import { createSave } from './save';
import { createSettledBook } from './settled';
import { createSweeper } from './timers';
import { createTurns } from './turn';

/** Ticket numbers taken from the store at once: what a restart leaves unused is a gap. */
const NUMBERS_AT_ONCE = 20;
/** Messages whose replies can still be asked for without reading the log. */
const REMEMBERED = 5_000;

export function createConversations(deps: Deps): Conversations {
  const options: Options = { ...defaults, worker: `${hostname()}:${process.pid}:${deps.newId()}`, ...deps.options };
  const numbers = createNumbers({
    store: deps.store,
    now: deps.now,
    timeZone: () => deps.settings().timeZone,
    block: NUMBERS_AT_ONCE,
  });
  const gather = createGather(deps, numbers);
  const book = createSettledBook(REMEMBERED);
  const loop = createLoop(deps, options, {
    turns: createTurns(deps, options, { gather, numbers, act: createAct(deps.store) }),
    save: createSave(deps, options),
    outbox: createOutbox(deps, options, { perform: createPerform(deps, options, calendarOf(deps.settings)), numbers }),
    numbers,
    book,
  });
  const inbox = createInbox(deps, loop, book);
  const sweeper = createSweeper(deps, options, loop);

  return {
    accept: inbox.accept,
    deliver: inbox.deliver,
    history: createHistory(deps, loop),
    settle: createSettle(deps, book),
    audit: () => audit(deps.store, deps.now()),
    idle: loop.idle,
    async start() {
      await sweeper.sweep(options.exclusive ? 0 : options.graceMs);
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
      };
    },
  };
}
