/** Reads the ideas in a text: which rows of a synonym list its words belong to. */

/** The numbers of the rows found, longest word first from left to right. A word in several rows gives several ideas. */
export type Ideas = (plain: string) => readonly string[];

export function createIdeas(synonyms: readonly (readonly string[])[]): Ideas {
  const rows = new Map<string, string[]>();
  synonyms.forEach((words, row) => {
    for (const word of words) rows.set(word, [...(rows.get(word) ?? []), String(row)]);
  });
  const longest = Math.max(0, ...[...rows.keys()].map((word) => word.length));

  function wordAt(plain: string, at: number): number {
    for (let length = Math.min(longest, plain.length - at); length > 0; length -= 1) {
      if (rows.has(plain.slice(at, at + length))) return length;
    }
    return 0;
  }

  return (plain) => {
    const found: string[] = [];
    for (let at = 0; at < plain.length; ) {
      const length = wordAt(plain, at);
      found.push(...(rows.get(plain.slice(at, at + length)) ?? []));
      at += Math.max(1, length);
    }
    return found;
  };
}
