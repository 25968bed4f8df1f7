/** Work in lanes: what belongs together is done in order, one after the other; of what does not, so many things go on at a time. */

/**
 * Resolves, once nothing is left to do, to what could not be done and why. Where `work` rejects, its lane ends there and the others go on.
 * `atMost`: lanes at a time.
 */
export async function inLanes<T>(
  items: readonly T[],
  laneOf: (item: T) => string,
  atMost: number,
  work: (item: T) => Promise<void>,
): Promise<ReadonlyMap<T, unknown>> {
  const lanes = new Map<string, T[]>();
  for (const item of items) lanes.set(laneOf(item), [...(lanes.get(laneOf(item)) ?? []), item]);
  const waiting = [...lanes.values()].values();
  const failures = new Map<T, unknown>();

  async function walk(lane: readonly T[]): Promise<void> {
    for (const item of lane) {
      try {
        await work(item);
      } catch (error) {
        failures.set(item, error);
        return;
      }
    }
  }

  const worker = async (): Promise<void> => {
    for (const lane of waiting) await walk(lane);
  };
  await Promise.all(Array.from({ length: Math.min(atMost, lanes.size) }, worker));
  return failures;
}
