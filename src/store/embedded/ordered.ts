/** The ids of a collection in their order, put up when a range of them is first asked for: of most collections never is. */

export type Ordered = Readonly<{
  add(id: string): void;
  remove(id: string): void;
  /** From the one to the other, both included; null leaves that side open. */
  between(from: string | null, to: string | null): readonly string[];
}>;

/** `ids` are those that stand when they are first asked for. */
export function createOrdered(ids: () => Iterable<string>): Ordered {
  let sorted: string[] | null = null;

  /** How many are before it. */
  function before(list: readonly string[], id: string): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(id) {
      if (sorted) sorted.splice(before(sorted, id), 0, id);
    },
    remove(id) {
      if (sorted) sorted.splice(before(sorted, id), 1);
    },
    between(from, to) {
      sorted ??= [...ids()].sort();
      const end = to === null ? sorted.length : before(sorted, to);
      return sorted.slice(from === null ? 0 : before(sorted, from), sorted[end] === to ? end + 1 : end);
    },
  };
}
