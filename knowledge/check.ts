/** Proves the articles against their own tests, in every language: what must find them, what must not, and which of them ask nearly the same. */
import type { Article } from './article';
import { createLanguages, LANGUAGES, type Language, type Languages, wordingOf } from './languages';

/** From this score on two articles’ questions are so close that one of them will be given for the other; English ones are told apart by fewer terms. */
const NEAR_DUPLICATE: Readonly<Record<Language, number>> = { zh: 0.6, en: 0.75 };

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
  const base = createLanguages(articles);
  return [
    ...brokenPromises(articles, base),
    ...LANGUAGES.flatMap((language) => articles.flatMap((article) => nearDuplicates(article, language, base))),
  ];
}

/** Runs mustMatch and mustNotMatch of every article against a base that holds them. */
export function brokenPromises(articles: readonly Article[], base: Pick<Languages, 'search'>): readonly CheckProblem[] {
  return articles.flatMap((article) => LANGUAGES.flatMap((language) => broken(article, language, base)));
}

function broken(article: Article, language: Language, { search }: Pick<Languages, 'search'>): readonly CheckProblem[] {
  const problems: CheckProblem[] = [];
  const promised = wordingOf(article, language);
  for (const question of promised?.mustMatch ?? []) {
    const { results, decision } = search(language, question, 1);
    const found = results[0]?.id ?? null;
    if (found !== article.id) {
      const message = `must find ${article.id} first, found ${found ?? 'nothing'}; add a variant worded like it`;
      problems.push({ severity: 'error', article: article.id, question, found, message });
    } else if (decision === 'none') {
      const message = `finds ${article.id} but too weakly to be shown; add a variant worded like it`;
      problems.push({ severity: 'warning', article: article.id, question, found, message });
    }
  }
  for (const question of promised?.mustNotMatch ?? []) {
    const { results, decision } = search(language, question, 1);
    if (results[0]?.id === article.id && decision === 'answer') {
      const message = `must not be answered with ${article.id}; reword the variant that draws it, or add it to the right article`;
      problems.push({ severity: 'error', article: article.id, question, found: article.id, message });
    }
  }
  return problems;
}

function nearDuplicates(article: Article, language: Language, { search }: Pick<Languages, 'search'>): readonly CheckProblem[] {
  const { id } = article;
  const wording = wordingOf(article, language);
  return (wording ? [wording.question, ...wording.variants] : []).flatMap((text): CheckProblem[] => {
    const other = search(language, text, 1, (entry) => (entry === id ? 0 : 1)).results[0];
    if (!other || other.score < NEAR_DUPLICATE[language]) return [];
    const message = `is ${other.score.toFixed(2)} close to a question of ${other.id}; make them differ or join the articles`;
    return [{ severity: 'warning', article: id, question: text, found: other.id, message }];
  });
}
