/** What a change of the articles changes in the answers: promises it breaks, and questions that find something else than before. */
import type { Article } from './article';
import { brokenPromises, type CheckProblem } from './check';
import { createLanguages, LANGUAGES, type Language, type Languages, wordingOf } from './languages';
import type { RetrieverOptions } from './retriever';

/** What a question finds: the first article and what would be done with it. */
export type Finding = Readonly<{ article: string | null; decision: 'answer' | 'clarify' | 'none' }>;
export type Shift = Readonly<{ question: string; before: Finding; after: Finding }>;
/** A question in the language it is asked in. */
export type Question = Readonly<{ text: string; language: Language }>;
/** `broken` holds only what the change breaks, not what was broken before. */
export type Comparison = Readonly<{ broken: readonly CheckProblem[]; shifts: readonly Shift[]; asked: number }>;

/**
 * Asks both bases every question the articles promise to match and every one of `logged`. `pause` is awaited after each question, for a
 * process that answers customers meanwhile.
 */
export async function compareBases(
  before: readonly Article[],
  after: readonly Article[],
  logged: readonly Question[],
  { pause, ...options }: RetrieverOptions & Readonly<{ pause?: () => Promise<void> }> = {},
): Promise<Comparison> {
  const base = createLanguages(before, options);
  const questions = distinct([...after.flatMap(promisedBy), ...logged]);
  const each = async <T, R>(values: readonly T[], ask: (value: T) => R): Promise<R[]> => {
    const answers: R[] = [];
    for (const value of values) {
      answers.push(ask(value));
      await pause?.();
    }
    return answers;
  };
  const promisesBroken = async (articles: readonly Article[]): Promise<readonly CheckProblem[]> =>
    (await each(articles, (article) => brokenPromises([article], base))).flat().filter(({ severity }) => severity === 'error');
  const findings = (): Promise<Finding[]> => each(questions, (question) => finding(base, question));

  const known = new Set((await promisesBroken(before)).map(keyOf));
  const found = await findings();
  // The same base is changed as a running one would be: building a second takes longer than all the questions.
  const stayed = new Set(before);
  const ids = new Set(after.map(({ id }) => id));
  for (const { id } of before) if (!ids.has(id)) base.remove(id);
  base.put(after.filter((article) => !stayed.has(article)));
  const broken = (await promisesBroken(after)).filter((problem) => !known.has(keyOf(problem)));
  const now = await findings();
  const shifts = questions.flatMap((question, n): Shift[] => {
    const shift = { question: question.text, before: found[n] ?? NOTHING, after: now[n] ?? NOTHING };
    return same(shift.before, shift.after) ? [] : [shift];
  });
  return { broken, shifts, asked: questions.length };
}

const NOTHING: Finding = { article: null, decision: 'none' };
const keyOf = ({ article, question }: CheckProblem): string => `${article} ${question}`;

const promisedBy = (article: Article): readonly Question[] =>
  LANGUAGES.flatMap((language) => (wordingOf(article, language)?.mustMatch ?? []).map((text) => ({ text, language })));

const distinct = (questions: readonly Question[]): readonly Question[] => [
  ...new Map(questions.map((question) => [`${question.language} ${question.text}`, question])).values(),
];

/** Which article came first matters only when it would be shown. */
function finding({ search }: Languages, { text, language }: Question): Finding {
  const { results, decision } = search(language, text, 1);
  return { article: decision === 'none' ? null : (results[0]?.id ?? null), decision };
}

const same = (a: Finding, b: Finding): boolean => a.article === b.article && a.decision === b.decision;
