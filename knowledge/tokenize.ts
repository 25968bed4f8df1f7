/** Cuts a text into the kinds of terms we search by: characters, neighbouring pairs, dictionary words, and the ideas behind synonyms. */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict';
import { common } from './dialect';
import { createIdeas } from './ideas';
import { bare, normalise } from './normalise';
import { SYNONYMS } from './synonyms';
import { DOMAIN_WORDS } from './words';

/** The views of one text; a Latin or digit run counts as one character. */
export type Views = Readonly<{ chars: readonly string[]; pairs: readonly string[]; words: readonly string[]; ideas: readonly string[] }>;
export type ViewName = keyof Views;
export const VIEW_NAMES = ['chars', 'pairs', 'words', 'ideas'] as const;

/** A Latin or digit run, or one character. */
export const UNIT = /[a-z\p{Script=Latin}\p{N}]+|[\p{L}\p{N}]/gu;

// Reading the dictionary takes 0.2 s, so it waits for the first text and is shared by all.
let jieba: Jieba | undefined;
function segmenter(): Jieba {
  if (jieba) return jieba;
  jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from(DOMAIN_WORDS.map((word) => `${word} 100000 n\n`).join('')));
  return jieba;
}

type Cut = Omit<Views, 'ideas'>;
/** The knowledge base and the classifier cut the same question one after the other. */
let last: Readonly<{ plain: string; cut: Cut }> | undefined;
function cutOf(plain: string): Cut {
  if (last?.plain !== plain) last = { plain, cut: cutAnew(plain) };
  return last.cut;
}

function cutAnew(plain: string): Cut {
  const chars = plain.match(UNIT) ?? [];
  const pairs = chars.slice(1).map((char, at) => `${chars[at]}${char}`);
  const words = plain === '' ? [] : segmenter().cut(plain, true);
  return { chars, pairs, words: words.filter((word) => word.trim() !== '') };
}

export type Tokenize = (text: string) => Views;
/** Rows of words that count as one another. */
export type Synonyms = readonly (readonly string[])[];

/** `more` are the synonyms of one knowledge base, beside those of the trade. */
export function createTokenizer(more: Synonyms = []): Tokenize {
  const ideasIn = createIdeas([...SYNONYMS, ...more.map((row) => row.map(bare))]);
  return (text) => {
    const cut = cutOf(common(normalise(text)));
    return { ...cut, ideas: ideasIn(cut.chars.join('')) };
  };
}

/** Cuts by the words of the trade alone. */
export const tokenize: Tokenize = createTokenizer();
