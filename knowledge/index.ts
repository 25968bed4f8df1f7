/** The knowledge base: ask it in a customer's words, get articles back with their answers filled in. */
import { fillAnswer, inEnglish, type Settings } from './answer';
import type { Article } from './article';
import type { Decision } from './confidence';
import { fragmentIn, preferFragment } from './fragment';
import { createLanguages, type Language, wordingOf } from './languages';
import type { Retriever, RetrieverOptions } from './retriever';
import { versionOf } from './version';

export { entryOf } from './desk';
export type { Language } from './languages';
export { createRetriever, type Entry, type Retriever, type RetrieverOptions, type Search } from './retriever';

/** Same shape as `Hit` of the dialog vocabulary, which this folder may not import. */
export type Hit = Readonly<{
  article: string;
  title: string;
  answer: string;
  score: number;
  department: string;
  version: string;
  form?: NonNullable<Article['form']>;
}>;
/**
 * Who asks and when (ms since the epoch), and the article given last, which a fragment is read with; `k` limits the hits. Without `at`
 * the dates of articles are not looked at. A question in English is looked for among English ones first, words that
 * may be either are looked for there when they are nothing in Chinese. `only` leaves out what is for
 * another audience, as whoever was asked who they are expects.
 */
export type Asking = Readonly<{ audience?: string; only?: boolean; at?: number; topic?: string; k?: number; language?: Language }>;
export type KnowledgeOptions = RetrieverOptions & Readonly<{ settings?: Settings }>;
export type Answered = Readonly<{ decision: Decision; hits: readonly Hit[] }>;
export type KnowledgeBase = Readonly<{
  ask: (text: string, context?: Asking) => Answered;
  /** One article by its id, whatever its dates, in the language asked for where it has it; null when there is none. */
  article: (id: string, language?: Language) => Hit | null;
  /** Adds articles while questions are answered, each in place of the one of its id; without a rebuild. */
  put: (articles: readonly Article[]) => void;
  /** Takes an article out. */
  remove: (id: string) => void;
  articles: () => readonly Article[];
  retriever: Retriever;
}>;

// Tips the scale between articles that fit about equally; a parent may well ask what a teacher usually asks.
const OWN_AUDIENCE = 1.03;
/** From this share of the best score on, who asks decides more than the words do. */
const NEARLY = 0.9;
const DEFAULT_HITS = 5;

export function createKnowledge(articles: readonly Article[], options: KnowledgeOptions = {}): KnowledgeBase {
  const settings = options.settings ?? {};
  const englishSettings = inEnglish(settings);
  const byId = new Map(articles.map((article) => [article.id, article]));
  const languages = createLanguages(articles, options);
  const { retriever } = languages;

  /** By wording: an article, or its English part. */
  const filled = new WeakMap<object, string>();
  function answerOf(wording: Readonly<{ answer: string }>, language: Language): string {
    const answer = filled.get(wording) ?? fillAnswer(wording.answer, language === 'en' ? englishSettings : settings);
    filled.set(wording, answer);
    return answer;
  }

  const hit = (article: Article, score: number, language: Language): Hit => {
    const spoken = language === 'en' && article.en ? 'en' : 'zh';
    const wording = wordingOf(article, spoken) ?? article;
    return {
      article: article.id,
      title: wording.question,
      answer: answerOf(wording, spoken),
      score,
      department: article.department,
      version: versionOf(article),
      ...(article.form && { form: article.form }),
    };
  };

  /** Two about equally good answers, one for each kind of customer: without knowing who asks, they choose. */
  function isTornBetweenAudiences([first, second]: readonly Hit[]): boolean {
    if (!first || !second || second.score < first.score * NEARLY) return false;
    const others = byId.get(second.article)?.audience ?? [];
    return !byId.get(first.article)?.audience.some((one) => others.includes(one));
  }

  function preference({ audience, only, at }: Asking): (id: string) => number {
    return (id) => {
      const article = byId.get(id);
      if (!article || (at !== undefined && !validAt(article, at))) return 0;
      if (article.audience.some((one) => one === audience)) return OWN_AUDIENCE;
      return only && article.audience.length > 0 ? 0 : 1;
    };
  }

  /** Nothing when no English question comes near: pinyin, or a matter that has no English article. */
  function askInEnglish(text: string, context: Asking): Answered | undefined {
    const { results, decision } = languages.search('en', text, context.k ?? DEFAULT_HITS, preference(context));
    const hits = results.flatMap(({ id, score }) => {
      const article = byId.get(id);
      return article ? [hit(article, score, 'en')] : [];
    });
    return decision === 'none' ? undefined : { decision, hits };
  }

  return {
    ask(text, context = {}) {
      const found = context.language === 'en' && askInEnglish(text, context);
      if (found) return found;
      const prefer = preference(context);
      const topic = byId.get(context.topic ?? '');
      const fragment = topic && fragmentIn(text);
      const { results, decision } =
        topic && fragment
          ? retriever.search(
              `${fragment} ${topic.question}`,
              context.k ?? DEFAULT_HITS,
              preferFragment(retriever, fragment, topic.id, prefer),
            )
          : retriever.search(text, context.k ?? DEFAULT_HITS, prefer);
      const hits = results.flatMap(({ id, score }) => {
        const article = byId.get(id);
        return article ? [hit(article, score, 'zh')] : [];
      });
      // A word or two of English tell no language, and are no pinyin either.
      const latin = decision === 'none' && context.language !== 'en' && !/\p{Script=Han}/u.test(text) && askInEnglish(text, context);
      if (latin) return latin;
      return { decision: decision === 'answer' && !context.audience && isTornBetweenAudiences(hits) ? 'clarify' : decision, hits };
    },
    article(id, language) {
      const article = byId.get(id);
      return article ? hit(article, 1, language ?? 'zh') : null;
    },
    put(added) {
      for (const article of added) byId.set(article.id, article);
      languages.put(added);
    },
    remove(id) {
      byId.delete(id);
      languages.remove(id);
    },
    articles: () => [...byId.values()],
    retriever,
  };
}

function validAt({ validFrom, validTo }: Article, at: number): boolean {
  return (validFrom === undefined || at >= validFrom) && (validTo === undefined || at < validTo);
}
