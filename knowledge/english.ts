/** Questions in English: an index of their own beside the Chinese one, by the stems of their words and by what the words mean. */
import { stem } from 'natural/lib/natural/stemmers/porter_stemmer';
import { fillAnswer } from './answer';
import type { Article } from './article';
import type { Calibration, Thresholds } from './confidence';
import { FRAME, JOINED, SAME } from './englishWords';
import { createRetriever, type Entry, type Retriever, type RetrieverOptions } from './retriever';
import type { Views } from './tokenize';

/** 「cards」 and 「card」, 「cancelled」 and 「cancelling」 ask the same; words of the frame alone are left as they are. */
export function stems(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ');
  const joined = JOINED.reduce((sentence, [form, one]) => sentence.replace(form, one), plain);
  const words = joined.match(/[a-z0-9]+/g) ?? [];
  const telling = words.filter((word) => !FRAME.has(word));
  return (telling.length > 0 ? telling : words).map(stemOf);
}

// The same two thousand words are stemmed again and again while an index is built; what customers write beyond them is not kept for ever.
const KEPT = 5_000;
const known = new Map<string, string>();
function stemOf(word: string): string {
  const found = known.get(word) ?? stem(word);
  if (known.size < KEPT) known.set(word, found);
  return found;
}

const meanings = new Map<string, string[]>();
SAME.forEach((words, row) => {
  for (const word of new Set(words.map(stem))) meanings.set(word, [...(meanings.get(word) ?? []), String(row)]);
});

function viewsOf(text: string): Views {
  const chars = stems(text);
  const pairs = chars.slice(1).map((word, at) => `${chars[at]} ${word}`);
  return { chars, pairs, words: chars, ideas: chars.flatMap((word) => meanings.get(word) ?? []) };
}

function entryOf({ id, en }: Article): readonly Entry[] {
  return en ? [{ id, question: en.question, similar: en.variants, answer: fillAnswer(en.answer, {}) }] : [];
}

/** Speaks of those articles that have an English part; of the others it knows nothing. */
export type English = Readonly<{
  search: Retriever['search'];
  rank: Retriever['rank'];
  put: (articles: readonly Article[]) => void;
  remove: (id: string) => void;
}>;

/** From when on an English question is answered or offered as a choice; fitted, like the weights, by `bench/fitEnglish.ts`. */
export const ENGLISH_THRESHOLDS: Thresholds = { answer: 0.7, clarify: 0.15, alike: 0.12 };
const ENGLISH_BASE: Calibration = {
  bias: -4.78,
  weights: {
    lead: 0.75,
    clearance: 8.69,
    coverageLead: -0.56,
    charCoverage: 3.19,
    charOfQuestion: -0.27,
    length: 0.21,
    crowd: 0,
    knownLead: 3.19,
  },
};

/** What a word counts that stands in an article's answer alone: whole sentences say in English what few wordings do. */
const ANSWER_WORTH = 0.5;

/** In a question of so few telling words one never heard makes it another question: a bank card is no student card. */
const FEW = 4;

export function createEnglish(
  articles: readonly Article[],
  { thresholds = ENGLISH_THRESHOLDS }: Pick<RetrieverOptions, 'thresholds'> = {},
): English {
  const retriever = createRetriever(articles.flatMap(entryOf), {
    thresholds,
    tokenize: viewsOf,
    calibration: ENGLISH_BASE,
    answerWorth: ANSWER_WORTH,
  });
  let heard = wordsOf(retriever.entries());
  const changed = (): void => {
    heard = wordsOf(retriever.entries());
  };
  return {
    search(query, k, prefer) {
      const found = retriever.search(query, k, prefer);
      const words = stems(query);
      const strange = words.length <= FEW && words.some((word) => !heard.has(word));
      return strange && found.decision === 'answer' ? { ...found, decision: 'clarify' } : found;
    },
    rank: retriever.rank,
    put(added) {
      for (const article of added) if (!article.en) retriever.remove(article.id);
      retriever.put(added.flatMap(entryOf));
      changed();
    },
    remove(id) {
      retriever.remove(id);
      changed();
    },
  };
}

const wordsOf = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(entries.flatMap(({ question, similar, answer = '' }) => [question, ...similar, answer]).flatMap(stems));
