/** Fits a reply into what a channel can carry: long text is split on natural borders, choices that do not fit become a numbered list. Pure. */
import type { Option, Reply } from '../dialogs/vocabulary';
import type { Limits } from './channel';

/** How a platform counts the length of a text. */
export type Measure = (text: string) => number;
/** UTF-16 units, as JavaScript and most chat platforms count. */
export const units: Measure = (text) => text.length;
/** UTF-8 bytes, as WeChat counts: one Chinese character is three. */
export const bytes: Measure = (text) => Buffer.byteLength(text, 'utf8');

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Best place to cut first: after a paragraph, a line, a sentence, a clause, a word. Escapes are the full-width marks ！ ？ ” ’ ） ； ， ：. */
const borders: readonly RegExp[] = [
  /\n\s*\n/g,
  /\n/g,
  /[\u3002\uff01\uff1f\u2026!?]+[\u300d\u300f\u201d\u2019\uff09)]*|\.\s/g,
  /[\uff1b\uff0c\u3001\uff1a;,:]/g,
  /\s/g,
];

/** The longest run of whole graphemes from the start that fits, at least one grapheme so that a split always ends. */
function longestFit(text: string, limit: number, measure: Measure): string {
  let end = 0;
  let length = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    length += measure(segment);
    if (length > limit && index > 0) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Where to cut `head`: behind the last border of the best kind that leaves at least half of it, else at its end. */
function cutAt(head: string): number {
  for (const border of borders) {
    const last = [...head.matchAll(border)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    if (end >= head.length / 2) return end;
  }
  return head.length;
}

/** Parts of at most `limit`, none empty; white space at a cut is dropped, nothing else is. A single grapheme longer than the limit stays whole. */
export function splitText(text: string, limit: number, measure: Measure = units): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  // Nearly every reply fits; segmenting it into graphemes would cost more than all else here.
  while (measure(rest) > limit) {
    const head = longestFit(rest, limit, measure);
    const end = head.length === rest.length ? rest.length : cutAt(head);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest ? [...parts, rest] : parts;
}

/** 「（可回复「跳过」「取消」）」: the words that leave a question, in the language of the words themselves. */
function bySaying(labels: readonly string[]): string {
  if (labels.every((label) => /^[ -~]+$/.test(label))) return `(or reply ${labels.map((label) => `"${label}"`).join(' or ')})`;
  return `（可回复${labels.map((label) => `「${label}」`).join('')}）`;
}

/** The text with its options as a numbered list; the number is what the customer may answer. What is answered by a word has none. */
export function numbered(text: string, options: readonly Option[]): string {
  const counted = options.filter(({ said }) => !said).map(({ label }, index) => `${index + 1}. ${label}`);
  const words = options.filter(({ said }) => said).map(({ label }) => label);
  return [text, ...counted, ...(words.length > 0 ? [bySaying(words)] : [])].join('\n');
}

const optionsOf = (reply: Reply): readonly Option[] => reply.options ?? [];

/** For channels that carry nothing but text: the whole meaning of the reply, in as many texts as it takes. */
export function plainTexts(reply: Reply, limits: Limits, measure: Measure = units): readonly string[] {
  return splitText(numbered(reply.text, optionsOf(reply)), limits.textLength, measure);
}

/**
 * For channels with buttons: the same reply, or several that fit. Leading parts of a long text are plain text; buttons,
 * form or card stay with the last part. More options than the channel shows become a numbered list without buttons.
 */
export function fitReply(reply: Reply, limits: Limits, measure: Measure = units): readonly Reply[] {
  if (reply.kind === 'file') return [reply];
  const options = optionsOf(reply);
  const tooMany = options.length > limits.options;
  const parts = splitText(tooMany ? numbered(reply.text, options) : reply.text, limits.textLength, measure);
  const last = { ...reply, text: parts.at(-1) ?? '', ...(tooMany && { options: [] }) };
  return [...parts.slice(0, -1).map((text): Reply => ({ kind: 'text', text })), last];
}
