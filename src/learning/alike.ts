/** Which of the questions seen so far asks the same: rarity of words is judged by the articles, of which a few questions alone say nothing. */
import type { Article } from '../../knowledge/article';
import { entryOf } from '../../knowledge/index';
import { createRetriever, type RetrieverOptions } from '../../knowledge/retriever';

/** From this likeness on two questions count as one. */
const SAME = 0.5;
const MARK = 'seen ';

export type Alike = Readonly<{
  /** The id of the question seen that this one is most like, when it is like enough. */
  nearest(question: string): string | undefined;
  add(id: string, question: string): void;
}>;

export function createAlike(articles: readonly Article[], options: RetrieverOptions = {}): Alike {
  const base = createRetriever(articles.map(entryOf), options);
  return {
    nearest(question) {
      const [first] = base.search(question, 1, (id) => (id.startsWith(MARK) ? 1 : 0)).results;
      return first && first.score >= SAME ? first.id.slice(MARK.length) : undefined;
    },
    add(id, question) {
      base.put([{ id: `${MARK}${id}`, question, similar: [] }]);
    },
  };
}
