/** The articles a desk answers from: those that come with the program, with what its people taught and published on top. */
import { type Article, type ArticleProblem, conflicts, parseArticle } from '../../knowledge/article';
import { LANGUAGES, wordingOf } from '../../knowledge/languages';
import { bare } from '../../knowledge/normalise';
import type { VariantDoc } from '../store/documents';
import type { Store } from '../store/store';
import { writtenIn } from './language';

type Taught = Pick<Store, 'variants' | 'articles' | 'counters'>;

/** Grows with every lesson: a process that answers looks at it to see whether it must read anew. */
const LESSONS = 'lessons';

/** `problems` names stored lessons that do not fit (any more); the others hold. */
export type TaughtBase = Readonly<{ articles: readonly Article[]; problems: readonly ArticleProblem[] }>;

export async function taughtBase(store: Taught, shipped: readonly Article[]): Promise<TaughtBase> {
  const [published, variants] = await Promise.all([
    store.articles.find({}, { sort: { _id: 1 } }),
    store.variants.find({}, { sort: { at: 1, _id: 1 } }),
  ]);
  const parsed = published.map(({ _id, text }) => parseArticle(`${_id}.md`, text));
  const ours = parsed.flatMap(({ article }) => (article ? [article] : []));
  const replaced = new Set(ours.map(({ id }) => id));
  const all = [...shipped.filter(({ id }) => !replaced.has(id)), ...ours];
  const wordings = byArticle(variants);
  const taken = new Set(all.flatMap(questionsOf).map(bare));
  const articles = all.map((article) => {
    const more = (wordings.get(article.id) ?? []).filter(({ _id }) => !taken.has(_id));
    return more.reduce((taught, { text }) => withWording(taught, text) ?? taught, article);
  });
  return { articles, problems: [...parsed.flatMap(({ problems }) => problems), ...conflicts(articles)] };
}

/** All ways an article is asked, in every language. */
export const questionsOf = (article: Article): readonly string[] =>
  LANGUAGES.flatMap((language) => {
    const wording = wordingOf(article, language);
    return wording ? [wording.question, ...wording.variants] : [];
  });

/** The article with one more way of asking it, in the language that is written in; nothing when the article does not speak it. */
export function withWording(article: Article, text: string): Article | undefined {
  if (writtenIn(text) === 'zh') return { ...article, variants: [...article.variants, text] };
  return article.en && { ...article, en: { ...article.en, variants: [...article.en.variants, text] } };
}

function byArticle(variants: readonly VariantDoc[]): ReadonlyMap<string, readonly VariantDoc[]> {
  const groups = new Map<string, VariantDoc[]>();
  for (const variant of variants) groups.set(variant.article, [...(groups.get(variant.article) ?? []), variant]);
  return groups;
}

/** How many lessons there were so far. */
export async function lessonsSoFar(store: Pick<Store, 'counters'>): Promise<number> {
  return (await store.counters.get(LESSONS))?.value ?? 0;
}

/** Tells every process that answers to read the lessons anew. */
export async function lessonGiven(store: Pick<Store, 'counters'>): Promise<void> {
  await store.counters.update({ _id: LESSONS }, { $inc: { value: 1 } }, { upsert: true });
}
