/**
 * Fits the weights of `knowledge/confidence.ts`: `npm run bench:fit -- --data PREFIX --data PREFIX` prints them.
 *
 * The material: public sets as `bench/faq.ts` reads them, whole and cut down to the size of a desk's own base; our articles, asked
 * each of their variants while it is left out, and their mustMatch; the dev half of our short questions. A third of what our
 * articles are asked is asked again with the right one hidden, a fifth of what a set cut down has lost is asked of what is left, and
 * the public sets' small talk is asked of our articles too. For what many ways of asking add also: the dev half of the voices, what of
 * both dev halves comes from outside once more, and what articles promise not to answer.
 */
import { parseArgs } from 'node:util';
import type { Article } from '../knowledge/article';
import { COMPARED, SIGNALS } from '../knowledge/confidence';
import { entryOf } from '../knowledge/index';
import { loadArticles } from '../knowledge/load';
import { createRetriever, type Entry, type Retriever } from '../knowledge/retriever';
import { type FaqQuery, faqSet, questionsOf } from './labelled';
import { fit, type Group, type Sample, sampleOf, surprise } from './logistic';

type Question = Readonly<{ q: string; gold: readonly string[] }>;

const FOLDS = 4;
const HIDE_EVERY = 3;
const LOST_EVERY = 5;
const CUT_DOWN = [3000, 600, 200];

function asked(entries: readonly Entry[], queries: readonly Question[]): Sample[] {
  const retriever = createRetriever(entries);
  return queries
    .map(({ q, gold }) => ({ ranking: retriever.rank(q, COMPARED), gold }))
    .filter(({ ranking }) => ranking.ranked.length > 0)
    .map(({ ranking, gold }) => sampleOf(ranking, (position) => gold.includes(entries[position]?.id ?? '')));
}

/** The questions of whichever entries are left, every question from outside, and some whose entry is gone. */
function cutDown(entries: readonly Entry[], queries: readonly FaqQuery[], size: number): Sample[] {
  const wanted = new Set(queries.map(({ gold }) => gold));
  const step = Math.max(1, Math.floor([...wanted].length / size));
  const kept = entries.filter(({ id }) => wanted.has(id)).filter((_entry, at) => at % step === 0);
  const ids = new Set(kept.map(({ id }) => id));
  return asked(
    kept,
    queries.flatMap(({ q, gold }, at) => {
      if (gold !== null && ids.has(gold)) return [{ q, gold: [gold] }];
      return gold === null || at % LOST_EVERY === 0 ? [{ q, gold: [] }] : [];
    }),
  );
}

/** Each third question again, with its own article hidden. */
function hidden(retriever: Retriever, queries: readonly Question[]): Sample[] {
  return queries
    .filter((_one, at) => at % HIDE_EVERY === 0)
    .map(({ q, gold }) => retriever.rank(q, COMPARED, (id) => (gold.includes(id) ? 0 : 1)))
    .filter(({ ranked }) => ranked.length > 0)
    .map((ranking) => sampleOf(ranking, () => false));
}

/** Every variant asked while it is left out. */
function leftOut(entries: readonly Entry[]): Sample[] {
  return Array.from({ length: FOLDS }, (_none, fold) => fold).flatMap((fold) => {
    const held = (at: number): boolean => at % FOLDS === fold;
    const known = entries.map((entry) => ({ ...entry, similar: entry.similar.filter((_text, at) => !held(at)) }));
    const queries = entries.flatMap(({ id, similar }) => similar.filter((_text, at) => held(at)).map((q) => ({ q, gold: [id] })));
    return [...asked(known, queries), ...hidden(createRetriever(known), queries)];
  });
}

/** Whose own question each found first although the article promises not to be the answer. */
function mustNot(articles: readonly Article[], entries: readonly Entry[]): Sample[] {
  const { rank } = createRetriever(entries);
  return articles.flatMap(({ id, mustNotMatch }) =>
    mustNotMatch
      .map((q) => rank(q, COMPARED))
      .filter(({ ranked: [first] }) => first !== undefined && entries[first.entry]?.id === id)
      .map((ranking) => sampleOf(ranking, () => false)),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string', multiple: true } } });
  const articles = await loadArticles('knowledge/articles');
  const own = articles.map(entryOf);
  const mustMatch = articles.flatMap(({ id, mustMatch: texts }) => texts.map((q) => ({ q, gold: [id] })));
  const short = questionsOf('questions', 'dev').map(({ text, articles: gold }) => ({ q: text, gold }));
  const voices = questionsOf('voices', 'dev').map(({ text, articles: gold }) => ({ q: text, gold }));
  const sets = (values.data ?? []).map(faqSet);
  const talk = sets.flatMap(({ queries }) => queries.filter(({ kind }) => kind === 'ood-far').map(({ q }) => ({ q, gold: [] })));
  const groups: readonly Group[] = [
    ...sets.flatMap(({ name, entries, queries }) => [
      {
        name,
        weight: 1,
        samples: asked(
          entries,
          queries.map(({ q, gold }) => ({ q, gold: gold === null ? [] : [gold] })),
        ),
      },
      ...CUT_DOWN.map((size) => ({ name: `${name} ${size}`, weight: 0.5, samples: cutDown(entries, queries, size) })),
    ]),
    { name: 'own variants', weight: 2.5, samples: leftOut(own) },
    { name: 'own mustMatch', weight: 1, samples: [...asked(own, mustMatch), ...hidden(createRetriever(own), mustMatch)] },
    { name: 'own short', weight: 1.5, samples: asked(own, short) },
    ...(talk.length > 0 ? [{ name: 'small talk', weight: 1, samples: asked(own, talk) }] : []),
  ];
  // What many ways of asking add is found last, with all else in its place: only our own base has them, and a weight found together with
  // the others would tell the sets apart instead.
  const last = SIGNALS.indexOf('knownLead') + 1;
  const all = [0, ...SIGNALS.map((_signal, i) => i + 1)];
  const plain = all.filter((at) => at !== last);
  const beside: readonly Group[] = [
    { name: 'own voices', weight: 1.5, samples: asked(own, voices) },
    {
      name: 'own outside',
      weight: 1,
      samples: asked(
        own,
        [...short, ...voices].filter(({ gold }) => gold.length === 0),
      ),
    },
    { name: 'own mustNotMatch', weight: 0.5, samples: mustNot(articles, own) },
  ];
  const weights = fit(
    [...groups, ...beside],
    fit(
      groups,
      all.map(() => 0),
      plain,
    ),
    [last],
  );
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  for (const { name, samples } of [...groups, ...beside])
    print(
      `${name}: ${samples.length} asked, ${samples.filter(({ right }) => right).length} right, loss ${surprise(weights, samples).toFixed(3)}`,
    );
  print(`BIAS = ${weights[0]?.toFixed(2)}`);
  for (const [i, name] of SIGNALS.entries()) print(`  ${name}: ${weights[i + 1]?.toFixed(3)},`);
}

void main();
