/** What judges share: how journals and books are read, and what they blame. Pure. */

export type Violation = Readonly<{
  kind: 'lost' | 'doubled' | 'out of order' | 'ticket' | 'shown' | 'dead letter' | 'unfinished';
  what: string;
}>;
export type Blame = (kind: Violation['kind'], what: string) => void;

/** The event an effect came of. */
export const eventOf = (effect: string): string => effect.slice(0, effect.lastIndexOf(':'));

export const ofKind = <E extends { kind: string }, K extends E['kind']>(entries: readonly E[], kind: K) =>
  entries.filter((entry): entry is Extract<E, { kind: K }> => entry.kind === kind);

export function groups<T>(entries: readonly T[], by: (entry: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const entry of entries) {
    const known = found.get(by(entry));
    if (known) known.push(entry);
    else found.set(by(entry), [entry]);
  }
  return found;
}

export function firstOf<T>(entries: readonly T[], by: (entry: T) => string): T[] {
  const known = new Set<string>();
  return entries.filter((entry) => {
    const key = by(entry);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
