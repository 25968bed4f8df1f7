/** Plain text with its web addresses made into links; everything else stays text. */
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
