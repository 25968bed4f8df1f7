/** Reads the ideas in a text: which rows of the synonym list its words belong to. */
import { SYNONYMS } from './synonyms';

const rows = new Map<string, string[]>();
SYNONYMS.forEach((words, row) => {
  for (const word of words) {
    const known = rows.get(word);
    if (known) known.push(String(row));
    else rows.set(word, [String(row)]);
  }
});
const longest = Math.max(...[...rows.keys()].map((word) => word.length));

/** The numbers of the rows found, longest word first from left to right. A word in several rows gives several ideas. */
export function ideasIn(plain: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < plain.length; ) {
    const length = wordAt(plain, at);
    found.push(...(rows.get(plain.slice(at, at + length)) ?? []));
    at += Math.max(1, length);
  }
  return found;
}

function wordAt(plain: string, at: number): number {
  for (let length = Math.min(longest, plain.length - at); length > 0; length -= 1) {
    if (rows.has(plain.slice(at, at + length))) return length;
  }
  return 0;
}
