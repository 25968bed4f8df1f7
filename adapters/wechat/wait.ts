/** Waits that end early when nobody wants them any more. */

export type Stopping = Readonly<{
  /** Whether it was said to stop. */
  now(): boolean;
  readonly stopped: Promise<void>;
  /** Resolves after so many milliseconds, or at once when it is said to stop; to whether it was. */
  within(ms: number): Promise<boolean>;
  /** Says to stop: all waits are over. */
  stop(): void;
}>;

export function createStopping(): Stopping {
  let stopped = false;
  const waits = new Set<() => void>();
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    now: () => stopped,
    stopped: told,
    within(ms) {
      if (stopped) return Promise.resolve(true);
      return new Promise((resolve) => {
        const over = (): void => {
          clearTimeout(timer);
          waits.delete(over);
          resolve(stopped);
        };
        const timer = setTimeout(over, ms);
        waits.add(over);
      });
    },
    stop() {
      stopped = true;
      tell();
      for (const over of [...waits]) over();
    },
  };
}

/** The n-th wait of a row whose last goes on for ever. */
export const nth = (waits: readonly number[], n: number): number => waits[Math.min(n, waits.length - 1)] ?? 0;

/** Rejects when it takes longer. */
export function within<T>(ms: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
