/** A clock that stands still until it is told to go on: timers of hours pass in a script without waiting. */
import type { Scheduler } from '../conversation/deps';

type Entry = { due: number; run: () => void; every?: number };

export type VirtualClock = Readonly<{
  now: () => number;
  scheduler: Scheduler;
  /** Passes `ms`, firing what falls due in order; `settled` is awaited after each. */
  advance(ms: number, settled: () => Promise<void>): Promise<void>;
}>;

export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  const entries = new Set<Entry>();
  const add = (entry: Entry) => {
    entries.add(entry);
    return () => void entries.delete(entry);
  };
  const next = (until: number): Entry | undefined =>
    [...entries].filter((entry) => entry.due <= until).reduce<Entry | undefined>((a, b) => (a && a.due <= b.due ? a : b), undefined);
  return {
    now: () => now,
    scheduler: {
      after: (ms, run) => add({ due: now + ms, run }),
      every: (ms, run) => add({ due: now + ms, run, every: ms }),
    },
    async advance(ms, settled) {
      const until = now + ms;
      for (let entry = next(until); entry; entry = next(until)) {
        now = Math.max(now, entry.due);
        if (entry.every) entry.due = now + entry.every;
        else entries.delete(entry);
        entry.run();
        await settled();
      }
      now = until;
    },
  };
}
