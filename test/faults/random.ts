/** Chance that a seed repeats: the same seed draws the same numbers. */
export type Random = Readonly<{
  /** From 0 to just below 1. */
  next(): number;
  /** A whole number from 0 to just below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  /** A source of its own, so that who draws how often here changes nothing there. */
  fork(name: string): Random;
}>;

/** Mulberry32, which is small and good enough to choose who is killed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
    fork: (name) => createRandom([...name].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), seed)),
  };
}
