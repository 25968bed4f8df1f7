/**
 * Fits the weights the desk's own articles are answered by: `npm run bench:fit-desk -- --data PREFIX …` prints them, and before them what
 * they do for each author whose questions they have not seen.
 *
 * The material: questions of four authors (three of `fresh-questions`; ours of `voices`, `questions` and `blind-questions`), each
 * asked once more with the right article hidden; their questions from outside and what our messages ask of the world; mustMatch and
 * mustNotMatch; of each public set named the small talk. The weights printed are found on all of it.
 */
import { parseArgs } from 'node:util';
import type { Article } from '../knowledge/article';
import { COMPARED, DESK_THRESHOLDS, decide, SIGNALS } from '../knowledge/confidence';
import { createDeskRetriever } from '../knowledge/desk';
import { loadArticles } from '../knowledge/load';
import type { Retriever } from '../knowledge/retriever';
import { faqSet, questionsOf, SPLITS, utterances } from './labelled';
import { fit, probability, type Sample, sampleOf } from './logistic';

/** Known, known with the right article hidden, from outside the desk's matters, or promised not to be answered. */
type Kind = 'known' | 'hidden' | 'outside' | 'not';
type Asked = Sample & Readonly<{ author: string; kind: Kind; score: number; three: boolean }>;
type Question = Readonly<{ author: string; text: string; articles: readonly string[] }>;

/** What one question of a kind weighs. What is answered although it comes from outside does the most harm; articles are rarely missing. */
const WEIGHTS: Readonly<Record<Kind, number>> = { known: 1, hidden: 0.3, outside: 1.5, not: 1 };
/** Promises of articles were read while variants were written, and small talk is plenty. */
const SEEN = 0.5;
const TALK = 0.1;
/** Counts all samples together as some twenty, about what the groups of `bench/fit.ts` weigh: the same pull towards zero. */
const PULL = 0.01;
const weightOf = ({ author, kind }: Asked): number => WEIGHTS[kind] * (author === 'articles' ? SEEN : author.startsWith('talk') ? TALK : 1);

const OUT_OF_SCOPE = new Set(['out-of-scope', 'chitchat']);

function material(articles: readonly Article[], data: readonly string[]): readonly Question[] {
  const both = (name: string) => SPLITS.flatMap((split) => questionsOf(name, split));
  const world = ['intents', 'hard-intents', 'blind-intents'].flatMap((name) => SPLITS.flatMap((split) => utterances(name, split)));
  return [
    ...both('fresh-questions').map(({ author = '', text, articles: gold }) => ({ author, text, articles: gold })),
    ...['voices', 'questions', 'blind-questions']
      .flatMap(both)
      .map(({ text, articles: gold }) => ({ author: 'ours', text, articles: gold })),
    ...world.filter(({ intent }) => OUT_OF_SCOPE.has(intent)).map(({ text }) => ({ author: 'ours', text, articles: [] })),
    ...articles.flatMap(({ id, mustMatch }) => mustMatch.map((text) => ({ author: 'articles', text, articles: [id] }))),
    ...data
      .map(faqSet)
      .flatMap(({ name, queries }) =>
        queries.filter(({ kind }) => kind === 'ood-far').map(({ q }) => ({ author: `talk ${name}`, text: q, articles: [] })),
      ),
  ];
}

function ask({ rank }: Retriever, ids: readonly string[], { author, text, articles: gold }: Question): readonly Asked[] {
  const as = (kind: Kind): Asked[] => {
    const ranking = rank(text, COMPARED, kind === 'hidden' ? (id) => (gold.includes(id) ? 0 : 1) : undefined);
    const right = (position: number): boolean => gold.includes(ids[position] ?? '');
    const three = ranking.ranked.some(({ entry }) => right(entry));
    return ranking.ranked.slice(0, 1).map(({ score }) => ({ ...sampleOf(ranking, right), author, kind, score, three }));
  };
  return gold.length > 0 ? [...as('known'), ...as('hidden')] : as('outside');
}

/** What an article found first although it promises not to be the answer. */
function promised({ rank }: Retriever, articles: readonly Article[]): readonly Asked[] {
  return articles.flatMap(({ id, mustNotMatch }) =>
    mustNotMatch.flatMap((text) => {
      const ranking = rank(text, COMPARED);
      const [first] = ranking.ranked;
      if (!first || articles[first.entry]?.id !== id) return [];
      return [{ ...sampleOf(ranking, () => false), author: 'articles', kind: 'not' as const, score: first.score, three: false }];
    }),
  );
}

// How many articles there are hardly changes at a desk, so that signal tells nothing.
const FREE = [0, ...SIGNALS.flatMap((name, i) => (name === 'crowd' ? [] : [i + 1]))];

function weigh(asked: readonly Asked[]): readonly number[] {
  const groups = [...new Set(asked.map(weightOf))].map((weight) => {
    const samples = asked.filter((one) => weightOf(one) === weight);
    return { name: String(weight), weight: weight * samples.length * PULL, samples };
  });
  return fit(groups, [0, ...SIGNALS.map(() => 0)], FREE);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function report(name: string, asked: readonly Asked[], weights: readonly number[]): void {
  const decided = asked.map((one) => ({ ...one, decision: decide(probability(weights, one.x), one.score, DESK_THRESHOLDS) }));
  const of = (kind: Kind): typeof decided => decided.filter((one) => one.kind === kind);
  const share = (some: typeof decided, test: (one: (typeof decided)[number]) => boolean): string =>
    some.length === 0 ? '-' : (some.filter(test).length / some.length).toFixed(3);
  const [known, outside, hidden] = [of('known'), of('outside'), of('hidden')];
  print(
    `${name}: ${known.length} known, first ${share(known, ({ right }) => right)}, answered ${share(known, ({ decision }) => decision === 'answer')}` +
      ` wrongly ${share(known, ({ decision, right }) => decision === 'answer' && !right)}` +
      ` offered ${share(known, ({ decision }) => decision === 'clarify')} | ${outside.length} outside, answered` +
      ` ${share(outside, ({ decision }) => decision === 'answer')} offered ${share(outside, ({ decision }) => decision === 'clarify')}` +
      ` | article hidden, answered ${share(hidden, ({ decision }) => decision === 'answer')}`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string', multiple: true } } });
  const articles = await loadArticles('knowledge/articles');
  const retriever = createDeskRetriever(articles);
  const ids = articles.map(({ id }) => id);
  const asked = [
    ...material(articles, values.data ?? []).flatMap((question) => ask(retriever, ids, question)),
    ...promised(retriever, articles),
  ];
  for (const author of new Set(asked.map((one) => one.author))) {
    const unseen = asked.filter((one) => one.author === author);
    report(author, unseen, weigh(asked.filter((one) => one.author !== author)));
  }
  const weights = weigh(asked);
  print(`bias: ${weights[0]?.toFixed(2)}`);
  for (const [i, name] of SIGNALS.entries()) print(`  ${name}: ${weights[i + 1]?.toFixed(3)},`);
}

void main();
