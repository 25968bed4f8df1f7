/** Teaching the desk: a wording or an article is tried against every promise and every logged question before it is kept. */
import { type Article, conflicts, parseArticle } from '../../knowledge/article';
import { type Comparison, compareBases } from '../../knowledge/compare';
import { bare } from '../../knowledge/normalise';
import type { RetrieverOptions } from '../../knowledge/retriever';
import type { Store } from '../store/store';
import { writtenIn } from './language';
import type { Pause } from './pace';
import { lessonGiven, questionsOf, taughtBase, withWording } from './taught';

type Taught = Pick<Store, 'variants' | 'articles' | 'counters' | 'gaps' | 'answers'>;
/** What a lesson would do, or why it cannot be given: `problem` says what to do about it. */
export type Trial = Readonly<{ ok: true; comparison: Comparison } | { ok: false; problem: string }>;
export type Teaching = Readonly<{ store: Taught; shipped: readonly Article[]; options?: RetrieverOptions & Readonly<{ pause?: Pause }> }>;

const LOGGED_AT_MOST = 5_000;

/** Tries a wording for an article. */
export async function tryVariant(teaching: Teaching, id: string, text: string): Promise<Trial> {
  const { articles } = await taughtBase(teaching.store, teaching.shipped);
  const article = articles.find((one) => one.id === id);
  if (!article) return { ok: false, problem: `there is no article ${id}; qiao ask "${text}" shows those that come near` };
  const plain = bare(text);
  if (plain === '') return { ok: false, problem: 'the wording has no words; write what people ask' };
  const owner = articles.find((one) => questionsOf(one).some((known) => bare(known) === plain));
  if (owner) return { ok: false, problem: `"${text}" is a question of ${owner.id} already` };
  const next = withWording(article, text.trim());
  if (!next) return { ok: false, problem: `${id} has no English part; publish it with "en" first: qiao articles add` };
  return compared(teaching, articles, [...articles.filter((one) => one !== article), next]);
}

/** Keeps a wording; false when somebody taught the same meanwhile. */
export async function keepVariant({ store }: Teaching, article: string, text: string, by: string, at: Date): Promise<boolean> {
  const { inserted } = await store.variants.insert({ _id: bare(text), article, text: text.trim(), by, at });
  if (inserted) await lessonGiven(store);
  return inserted;
}

/** Takes a taught wording back; false when it was never taught. */
export async function forgetVariant({ store }: Teaching, text: string): Promise<boolean> {
  const removed = await store.variants.remove({ _id: bare(text) });
  if (removed > 0) await lessonGiven(store);
  return removed > 0;
}

/** Tries an article given as the text of its file; one of the same id is replaced. */
export async function tryArticle(teaching: Teaching, text: string): Promise<Trial & Readonly<{ id?: string }>> {
  const { articles } = await taughtBase(teaching.store, teaching.shipped);
  const named = /^id:\s*(\S+)\s*$/m.exec(text)?.[1] ?? 'article';
  const { article, problems } = parseArticle(`${named}.md`, text);
  if (!article) return { ok: false, problem: problems.map(({ problem }) => problem).join('; ') };
  const next = [...articles.filter(({ id }) => id !== article.id), article];
  const clash = conflicts(next).map(({ problem }) => problem);
  if (clash.length > 0) return { ok: false, problem: clash.join('; ') };
  return { ...(await compared(teaching, articles, next)), id: article.id };
}

/** Publishes an article that was tried. */
export async function keepArticle({ store }: Teaching, id: string, text: string, by: string, at: Date): Promise<void> {
  await store.articles.update({ _id: id }, { $set: { text, by, at } }, { upsert: true });
  await lessonGiven(store);
}

/** Takes a published article back; what came with the program under its id is answered again. False when there is none. */
export async function withdrawArticle({ store }: Teaching, id: string): Promise<boolean> {
  const removed = await store.articles.remove({ _id: id });
  if (removed > 0) await lessonGiven(store);
  return removed > 0;
}

async function compared({ store, options }: Teaching, before: readonly Article[], after: readonly Article[]): Promise<Trial> {
  const page = { sort: { at: -1 as const }, limit: LOGGED_AT_MOST };
  const [gaps, answers] = await Promise.all([store.gaps.find({}, page), store.answers.find({ question: { $exists: true } }, page)]);
  const logged = [...gaps, ...answers].flatMap(({ question }) =>
    question === undefined ? [] : [{ text: question, language: writtenIn(question) }],
  );
  return { ok: true, comparison: await compareBases(before, after, logged, options) };
}
