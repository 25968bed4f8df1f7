/** Finds in the store what nobody works on: timers that are due, messages and effects that a stopped worker left behind. */
import type { Deps, Options } from './deps';
import type { Loop } from './loop';
import type { Workers } from './workers';

const AT_MOST = 200;

export type Sweeper = Readonly<{
  /** One look. Null takes up everything whatever its time says, which is right when no other worker can be alive. */
  sweep(graceMs: number | null): Promise<void>;
}>;

export function createSweeper(deps: Deps, options: Options, loop: Loop, workers: Workers): Sweeper {
  const { store, now } = deps;

  function look(conversation: string, at: 'log' | 'timers' | 'outbox'): void {
    const known = loop.peek(conversation);
    if (at !== 'timers' && (known?.running || known?.performing)) return;
    const lane = known ?? loop.lane(conversation);
    if (at === 'log') lane.readLog = true;
    if (at === 'timers') lane.timersDue = true;
    if (at === 'outbox' && !options.exclusive) lane.doc = null;
    if (!lane.doc) lane.readLog = true;
    loop.kick(lane);
  }

  return {
    async sweep(graceMs) {
      await workers.look();
      const at = now();
      // What another worker took in and is alive to handle is not left behind.
      const others = workers.living();
      const [due, stuck, unheard] = await Promise.all([
        store.conversations.find({ wakeAt: { $lte: at } }, { sort: { wakeAt: 1 }, limit: AT_MOST }),
        store.conversations.find(
          { outboxAt: graceMs === null ? { $ne: null } : { $lte: at - graceMs } },
          { sort: { outboxAt: 1 }, limit: AT_MOST },
        ),
        store.messages.find(
          {
            status: 'received',
            ...(graceMs !== null && { receivedAt: { $lte: new Date(at - graceMs) } }),
            ...(others.length > 0 && { by: { $nin: others } }),
          },
          { sort: { receivedAt: 1 }, limit: AT_MOST },
        ),
      ]);
      for (const { _id } of due) look(_id, 'timers');
      for (const { _id, lease } of stuck)
        if (options.exclusive || !lease || (lease.until <= at && !workers.theirs(lease))) look(_id, 'outbox');
      for (const conversation of new Set(unheard.map((row) => row.conversation))) look(conversation, 'log');
    },
  };
}
