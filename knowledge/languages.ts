/** The languages an article is asked in: what it says in each, and an index for each that answers in none of the others. */
import type { Article } from './article';
import { createDeskRetriever, entryOf } from './desk';
import { createEnglish } from './english';
import type { Preference, Retriever, RetrieverOptions, Search } from './retriever';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How an article is asked in one language, and what it promises there. */
export type Wording = Readonly<Pick<Article, 'question' | 'variants' | 'mustMatch' | 'mustNotMatch' | 'answer'>>;
export const wordingOf = (article: Article, language: Language): Wording | undefined => (language === 'en' ? article.en : article);

export type Languages = Readonly<{
  search: (language: Language, query: string, k: number, prefer?: Preference) => Search;
  put: (articles: readonly Article[]) => void;
  remove: (id: string) => void;
  /** The Chinese one, which knows every article. */
  retriever: Retriever;
}>;

export function createLanguages(articles: readonly Article[], options: RetrieverOptions = {}): Languages {
  const retriever = createDeskRetriever(articles, options);
  const english = createEnglish(articles, options);
  return {
    search: (language, query, k, prefer) => (language === 'en' ? english : retriever).search(query, k, prefer),
    put(added) {
      retriever.put(added.map(entryOf));
      english.put(added);
    },
    remove(id) {
      retriever.remove(id);
      english.remove(id);
    },
    retriever,
  };
}
