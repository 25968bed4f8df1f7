/** Plain text with its web addresses made into links; everything else stays text. */
import type { Reply } from '../../dialogs/vocabulary';
import type { Copy } from './copy';
import { h } from './dom';

export type Piece = Readonly<{ text: string; href?: string }>;

/** The full http(s) address, or null: javascript: and data: are no places to go. URL.canParse is too new for phones in use. */
export function webAddress(text: string, from?: string): string | null {
  try {
    const { href, protocol } = new URL(text, from);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

/** Addresses end before punctuation that belongs to the sentence, Chinese or Latin. Pure. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/g)) {
    const address = match[0].replace(/[.,;:!?'")\]]+$/, '');
    if (webAddress(address) === null) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: address, href: address });
    end = match.index + address.length;
  }
  return end < text.length ? [...found, { text: text.slice(end) }] : found;
}

export function richText(text: string, copy: Copy): readonly Node[] {
  return pieces(text).map(({ text: words, href }) =>
    href === undefined
      ? document.createTextNode(words)
      : h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', title: words + copy.newTab }, words),
  );
}

/** What a card's text says beside its title and rows, before and after them: a notice to agree to, the question at the end. Pure. */
export function besideRows({ text, title, rows }: Extract<Reply, { kind: 'card' }>): Readonly<{ before: string[]; after: string[] }> {
  // A remark may have several lines; its label stands before the first.
  const isRow = (line: string): boolean =>
    rows.some(({ label, value }) => {
      const [head = '', ...more] = value.split('\n').map((part) => part.trim());
      return (line.startsWith(label) && line.endsWith(head)) || more.includes(line);
    });
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== title);
  const first = lines.findIndex(isRow);
  const others = (part: readonly string[]): string[] => part.filter((line) => !isRow(line));
  return { before: others(lines.slice(0, Math.max(first, 0))), after: others(lines.slice(Math.max(first, 0))) };
}
