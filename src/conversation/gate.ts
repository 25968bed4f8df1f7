/** Lets only so many calls to one party go on at a time, so that each is waited for and not the crowd before it; nobody is held up for long. */
import type { Scheduler } from './deps';

/** Runs `work` once there is room for one more under this key, or after `longestMs` whatever the crowd. */
export type Gate = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createGate(given: Readonly<{ abreast: number; longestMs: number; scheduler: Pick<Scheduler, 'after'> }>): Gate {
  const inside = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();

  function turn(key: string): Promise<void> {
    const crowd = waiting.get(key) ?? new Set();
    waiting.set(key, crowd);
    return new Promise((resolve) => {
      const enter = (): void => {
        cancel();
        crowd.delete(enter);
        if (crowd.size === 0) waiting.delete(key);
        resolve();
      };
      crowd.add(enter);
      const cancel = given.scheduler.after(given.longestMs, enter);
    });
  }

  return async (key, work) => {
    if ((inside.get(key) ?? 0) >= given.abreast) await turn(key);
    inside.set(key, (inside.get(key) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (inside.get(key) ?? 1) - 1;
      if (left > 0) inside.set(key, left);
      else inside.delete(key);
      const [next] = waiting.get(key) ?? [];
      if (next && left < given.abreast) next();
    }
  };
}
