/** Cuts a text into the kinds of terms we search by: characters, neighbouring pairs, dictionary words, and the ideas behind synonyms. */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict';
import { ideasIn } from './ideas';
import { normalise } from './normalise';
import { DOMAIN_WORDS } from './words';

/** The views of one text; a Latin or digit run counts as one character. */
export type Views = Readonly<{ chars: readonly string[]; pairs: readonly string[]; words: readonly string[]; ideas: readonly string[] }>;
export type ViewName = keyof Views;
export const VIEW_NAMES = ['chars', 'pairs', 'words', 'ideas'] as const;

const UNIT = /[a-z\p{Script=Latin}\p{N}]+|[\p{L}\p{N}]/gu;

// Reading the dictionary takes 0.2 s, so it waits for the first text and is shared by all.
let jieba: Jieba | undefined;
function segmenter(): Jieba {
  if (jieba) return jieba;
  jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from(DOMAIN_WORDS.map((word) => `${word} 100000 n\n`).join('')));
  return jieba;
}

export function tokenize(text: string): Views {
  const plain = normalise(text);
  const chars = plain.match(UNIT) ?? [];
  const pairs = chars.slice(1).map((char, at) => `${chars[at]}${char}`);
  const words =
    plain === ''
      ? []
      : segmenter()
          .cut(plain, true)
          .filter((word) => word.trim() !== '');
  return { chars, pairs, words, ideas: ideasIn(chars.join('')) };
}
