/** A text under rewriting that remembers where in the original each of its characters came from. */

export type Traced = Readonly<{ text: string; from: readonly number[]; to: readonly number[] }>;

/** NFKC, lower case, letters and digits only, each with its place in the original (UTF-16 units, `to` exclusive). */
export function trace(original: string): Traced {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const char of original) {
    for (const plain of char.normalize('NFKC').toLowerCase()) {
      if (!/[\p{L}\p{N}]/u.test(plain)) continue;
      for (let unit = 0; unit < plain.length; unit += 1) {
        from.push(at);
        to.push(at + char.length);
      }
      text += plain;
    }
    at += char.length;
  }
  return { text, from, to };
}

/** Replaces every match; each new character stands for the whole of what was replaced. */
export function replace(traced: Traced, pattern: RegExp, by: (match: string) => string): Traced {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  let done = 0;
  const keep = (end: number): void => {
    text += traced.text.slice(done, end);
    for (let at = done; at < end; at += 1) {
      from.push(traced.from[at] ?? 0);
      to.push(traced.to[at] ?? 0);
    }
  };
  for (const match of traced.text.matchAll(pattern)) {
    keep(match.index);
    const short = by(match[0]);
    const end = match.index + match[0].length;
    for (let unit = 0; unit < short.length; unit += 1) {
      from.push(traced.from[match.index] ?? 0);
      to.push(traced.to[end - 1] ?? 0);
    }
    text += short;
    done = end;
  }
  keep(traced.text.length);
  return { text, from, to };
}
