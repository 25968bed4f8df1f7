/** Proves the articles against their own tests: what must find them, what must not, and which of them ask nearly the same. */
import type { Article } from './article';
import { createDeskRetriever } from './desk';
import type { Retriever } from './retriever';

/** From this score on two articles' questions are so close that one of them will be given for the other. */
const NEAR_DUPLICATE = 0.6;

/** `error` breaks a promise of the article; `warning` only deserves a look. `found` is the article that came first instead. */
export type CheckProblem = Readonly<{
  severity: 'error' | 'warning';
  article: string;
  question: string;
  found: string | null;
  message: string;
}>;

/** Runs mustMatch and mustNotMatch of every article and looks for near-duplicates. Empty when all is well. */
export function checkArticles(articles: readonly Article[]): readonly CheckProblem[] {
  const retriever = createDeskRetriever(articles);
  return [...brokenPromises(articles, retriever), ...nearDuplicates(articles, retriever)];
}

/** Runs mustMatch and mustNotMatch of every article against a base that holds them. */
export function brokenPromises(articles: readonly Article[], retriever: Pick<Retriever, 'search'>): readonly CheckProblem[] {
  return articles.flatMap((article) => broken(article, retriever));
}

function broken(article: Article, retriever: Pick<Retriever, 'search'>): readonly CheckProblem[] {
  const problems: CheckProblem[] = [];
  for (const question of article.mustMatch) {
    const { results, decision } = retriever.search(question, 1);
    const found = results[0]?.id ?? null;
    if (found !== article.id) {
      const message = `must find ${article.id} first, found ${found ?? 'nothing'}; add a variant worded like it`;
      problems.push({ severity: 'error', article: article.id, question, found, message });
    } else if (decision === 'none') {
      const message = `finds ${article.id} but too weakly to be shown; add a variant worded like it`;
      problems.push({ severity: 'warning', article: article.id, question, found, message });
    }
  }
  for (const question of article.mustNotMatch) {
    const { results, decision } = retriever.search(question, 1);
    if (results[0]?.id === article.id && decision === 'answer') {
      const message = `must not be answered with ${article.id}; reword the variant that draws it, or add it to the right article`;
      problems.push({ severity: 'error', article: article.id, question, found: article.id, message });
    }
  }
  return problems;
}

function nearDuplicates(articles: readonly Article[], retriever: Retriever): readonly CheckProblem[] {
  const problems: CheckProblem[] = [];
  for (const { id, question, variants } of articles) {
    for (const text of [question, ...variants]) {
      const other = retriever.search(text, 1, (entry) => (entry === id ? 0 : 1)).results[0];
      if (other && other.score >= NEAR_DUPLICATE) {
        const message = `is ${other.score.toFixed(2)} close to a question of ${other.id}; make them differ or join the articles`;
        problems.push({ severity: 'warning', article: id, question: text, found: other.id, message });
      }
    }
  }
  return problems;
}
