/** Brings a text into the form all comparing is done in: one script, one width, one case, no punctuation. */
import { simplified } from './traditional';

/** How a sentence trails off, which says nothing of what it asks: 「怎么开通啊」. */
const TRAILING = /[啊呀哇啦哦噢咯喽嘞哈呗哟]+(?=[^\p{L}\p{N}]|$)/gu;

/** One question is brought into this form by each who looks at it: the index, the classifier, whoever compares it word for word. */
let last = { text: '', plain: '' };

/** NFKC, simplified characters, lower case, everything but letters and digits to single spaces; particles at an end are dropped. */
export function normalise(text: string): string {
  if (text !== last.text && text !== last.plain) last = { text, plain: plainOf(text) };
  return last.plain;
}

function plainOf(text: string): string {
  return simplified(text.normalize('NFKC'))
    .toLowerCase()
    .replace(TRAILING, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The text without anything that may differ between two ways of typing the same question: for telling whether they are the same. */
export function bare(text: string): string {
  return normalise(text).replaceAll(' ', '');
}
