/** A map that forgets what was set longest ago, so that nothing grows for ever. */

export type Recent<V> = Readonly<{ get(key: string): V | undefined; set(key: string, value: V): void; delete(key: string): void }>;

export function createRecent<V>(atMost: number): Recent<V> {
  const kept = new Map<string, V>();
  return {
    get: (key) => kept.get(key),
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > atMost && oldest !== undefined) kept.delete(oldest);
    },
    delete: (key) => void kept.delete(key),
  };
}
