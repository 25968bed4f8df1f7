/** Shows that somebody is writing while a turn takes long. */
import type { Accepted, Settle } from '../channel';

/** The longest a turn is waited for. */
const TURN_MS = 15_000;
/** Platforms take the dots away after a few seconds. */
const AGAIN_MS = 3_000;

/** `show` is called until the turn is saved; what becomes of it matters to nobody. */
export function whileTurning(accepted: Accepted, settle: Settle, afterMs: number, show: () => Promise<void>): void {
  let timer: NodeJS.Timeout | null = setTimeout(next, afterMs);
  timer.unref();
  const done = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  function next(): void {
    show().catch(() => undefined);
    timer = setTimeout(next, AGAIN_MS);
    timer.unref();
  }
  settle(accepted, TURN_MS).then(done, done);
}
