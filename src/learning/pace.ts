/** Long work beside customers who wait for answers: after every few milliseconds whatever else is due goes first. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export type Pause = () => Promise<void>;

/** For a process with nothing else to do. */
export const withoutPause: Pause = async () => undefined;

const SLICE_MS = 20;

export function createPace(now: () => number): Pause {
  let since = now();
  return async () => {
    if (now() - since < SLICE_MS) return;
    await nextTurn();
    since = now();
  };
}
