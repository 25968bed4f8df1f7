/** Which of the questions seen so far asks the same: rarity of words is judged by the articles, of which a few questions alone say nothing. */
import type { Article } from '../../knowledge/article';
import { entryOf } from '../../knowledge/index';
import { createRetriever, type RetrieverOptions } from '../../knowledge/retriever';

/** From this likeness on two questions count as one. */
const SAME = 0.5;
const MARK = 'seen ';

export type Question = Readonly<{ id: string; question: string }>;
export type Alike = Readonly<{
  /** The id of the question seen that this one is most like, when it is like enough. */
  nearest(question: string): string | undefined;
  /** From now on the question of this id counts as seen. */
  see(id: string): void;
}>;
/** `questions` are all that may be seen: they are indexed once, for an index built anew with each would take minutes for thousands. */
export type AlikeAmong = (questions: readonly Question[]) => Alike;

export function createAlike(articles: readonly Article[], options: RetrieverOptions = {}): AlikeAmong {
  return (questions) => {
    const index = createRetriever(articles.map(entryOf), options);
    index.put(questions.map(({ id, question }) => ({ id: `${MARK}${id}`, question, similar: [] })));
    const seen = new Set<string>();
    return {
      nearest(question) {
        const [first] = index.search(question, 1, (id) => (seen.has(id) ? 1 : 0)).results;
        return first && first.score >= SAME ? first.id.slice(MARK.length) : undefined;
      },
      see: (id) => void seen.add(`${MARK}${id}`),
    };
  };
}
