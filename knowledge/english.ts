/** Questions in English: an index of their own beside the Chinese one, by the stems of their words. */
import { stem } from 'natural/lib/natural/stemmers/porter_stemmer';
import { fillAnswer } from './answer';
import type { Article } from './article';
import { THRESHOLDS } from './confidence';
import { createRetriever, type Entry, type Retriever, type RetrieverOptions } from './retriever';

/** What every English sentence is held together by: it says nothing of what is asked. */
const FRAME = new Set(
  'a an the i you he she it we they me him her us them my your his its our their is are am was were be been do does did can could will would to of in on at for with and or this that there please s ve re m ll'.split(
    ' ',
  ),
);

/** 「cards」 and 「card」, 「cancelled」 and 「cancelling」 ask the same; words of the frame alone are left as they are. */
export function stemmed(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const words =
    plain
      .replace(/n[’']t\b/g, ' not')
      .replace(/cannot/g, 'not')
      .match(/[a-z0-9]+/g) ?? [];
  const telling = words.filter((word) => !FRAME.has(word));
  return (telling.length > 0 ? telling : words).map(stem).join(' ');
}

function entryOf({ id, en }: Article): readonly Entry[] {
  if (!en) return [];
  return [{ id, question: stemmed(en.question), similar: en.variants.map(stemmed), answer: stemmed(fillAnswer(en.answer, {})) }];
}

/** Speaks of those articles that have an English part; of the others it knows nothing. */
export type English = Readonly<{
  search: Retriever['search'];
  put: (articles: readonly Article[]) => void;
  remove: (id: string) => void;
}>;

/** In a question of so few telling words one never heard makes it another question: a bank card is no student card. */
const FEW = 4;

export function createEnglish(articles: readonly Article[], { thresholds }: Pick<RetrieverOptions, 'thresholds'>): English {
  // A choice among English questions must be as alike as in any base: few words are told at length.
  const set = thresholds && { thresholds: { ...thresholds, alike: Math.max(thresholds.alike, THRESHOLDS.alike) } };
  const retriever = createRetriever(articles.flatMap(entryOf), { matters: articles.length, ...set });
  let heard = wordsOf(retriever.entries());
  const changed = (): void => {
    heard = wordsOf(retriever.entries());
  };
  return {
    search(query, k, prefer) {
      const plain = stemmed(query);
      const found = retriever.search(plain, k, prefer);
      const words = plain.split(' ');
      const strange = words.length <= FEW && words.some((word) => !heard.has(word));
      return strange && found.decision === 'answer' ? { ...found, decision: 'clarify' } : found;
    },
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
  new Set(entries.flatMap(({ question, similar, answer = '' }) => [question, ...similar, answer]).flatMap((text) => text.split(' ')));
