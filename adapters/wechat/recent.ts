/** The latest of many things, each remembered for a while and no more than so many. */

export type Recent<T> = Readonly<{
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  size(): number;
}>;

export function createRecent<T>({ most, forMs, now }: Readonly<{ most: number; forMs: number; now: () => number }>): Recent<T> {
  const kept = new Map<string, Readonly<{ value: T; until: number }>>();
  return {
    get(key) {
      const found = kept.get(key);
      return found && found.until > now() ? found.value : undefined;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, { value, until: now() + forMs });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    delete: (key) => void kept.delete(key),
    size: () => kept.size,
  };
}
