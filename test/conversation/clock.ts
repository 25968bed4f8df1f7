/** Time that moves only when a test says so. */
import type { Scheduler } from '../../src/conversation/deps';

type Planned = { at: number; run: () => void; every?: number };

/** A Sunday morning: the desk is closed. */
export const SUNDAY = Date.parse('2026-11-22T10:00:00+08:00');
/** A Monday morning within desk hours. */
export const MONDAY = Date.parse('2026-11-23T10:00:00+08:00');

export function createClock(start: number = MONDAY) {
  let now = start;
  let planned: Planned[] = [];
  const plan = (one: Planned) => {
    planned.push(one);
    return () => {
      planned = planned.filter((other) => other !== one);
    };
  };
  const scheduler: Scheduler = {
    after: (ms, run) => plan({ at: now + ms, run }),
    every: (ms, run) => plan({ at: now + ms, run, every: ms }),
  };
  return {
    now: () => now,
    scheduler,
    /** Moves on and runs what falls due, in order. */
    advance(ms: number): void {
      const until = now + ms;
      for (;;) {
        const [next] = planned.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        planned = planned.filter((other) => other !== next);
        if (next.every !== undefined) plan({ ...next, at: next.at + next.every });
        next.run();
      }
      now = until;
    },
  };
}
export type Clock = ReturnType<typeof createClock>;
