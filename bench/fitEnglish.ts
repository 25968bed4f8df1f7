/**
 * Fits the weights English questions are answered by: `npm run bench:fit-english` prints them, and what they do to wordings they have not seen.
 *
 * The material: every English wording of every article, asked of a base that does not hold it (a fifth of the wordings is taken out at a
 * time), once more with its article hidden; what the articles must match; and the questions from outside of our own lists.
 */
import type { Article } from '../knowledge/article';
import { COMPARED, decide, SIGNALS } from '../knowledge/confidence';
import { createEnglish, ENGLISH_THRESHOLDS } from '../knowledge/english';
import { loadArticles } from '../knowledge/load';
import { questionsOf } from './labelled';
import { fit, probability, type Sample, sampleOf } from './logistic';

type Kind = 'wording' | 'promise' | 'asked' | 'hidden' | 'outside';
type Asked = Sample & Readonly<{ kind: Kind; fold: number; score: number }>;

const FOLDS = 5;
/** What is answered although it comes from outside does the most harm; wordings alone say too little of what whole questions look like. */
const WEIGHTS: Readonly<Record<Kind, number>> = { wording: 0.3, promise: 0.5, asked: 0.5, hidden: 0.15, outside: 4 };
const PULL = 0.01;

/** What the signals say when `articles` are asked; `ids` in the order the base knows them. */
function asker(articles: readonly Article[], fold: number) {
  const { rank } = createEnglish(articles, {});
  const ids = articles.map(({ id }) => id);
  return (kind: Kind, text: string, own: string): readonly Asked[] => {
    const ranking = rank(text, COMPARED, kind === 'hidden' ? (id) => (id === own ? 0 : 1) : undefined);
    return ranking.ranked
      .slice(0, 1)
      .map(({ score }) => ({ ...sampleOf(ranking, (position) => ids[position] === own), kind, fold, score }));
  };
}

function material(articles: readonly Article[]): readonly Asked[] {
  const asked: Asked[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const left = articles.map((article) =>
      article.en ? { ...article, en: { ...article.en, variants: article.en.variants.filter((_, n) => n % FOLDS !== fold) } } : article,
    );
    const ask = asker(left, fold);
    for (const { id, en } of articles) {
      for (const [n, text] of (en?.variants ?? []).entries())
        if (n % FOLDS === fold) asked.push(...ask('wording', text, id), ...ask('hidden', text, id));
    }
  }
  const ask = asker(articles, 0);
  for (const { id, en } of articles)
    for (const text of en?.mustMatch ?? []) asked.push(...ask('promise', text, id), ...ask('hidden', text, id));
  const ours = ['english', 'english-voices'].flatMap((name) => questionsOf(name, 'dev'));
  for (const [
    n,
    {
      text,
      articles: [own],
    },
  ] of ours.entries())
    if (own !== undefined)
      asked.push(...[...ask('asked', text, own), ...ask('hidden', text, own)].map((one) => ({ ...one, fold: n % FOLDS })));
  const outside = ours.filter((one) => one.articles.length === 0);
  for (const [n, { text }] of outside.entries()) asked.push(...ask('outside', text, '').map((one) => ({ ...one, fold: n % FOLDS })));
  return asked;
}

// How many articles there are hardly changes at a desk, so that signal tells nothing.
const FREE = [0, ...SIGNALS.flatMap((name, i) => (name === 'crowd' ? [] : [i + 1]))];

function weigh(asked: readonly Asked[]): readonly number[] {
  const groups = Object.entries(WEIGHTS).map(([name, weight]) => {
    const samples = asked.filter(({ kind }) => kind === name);
    return { name, weight: weight * samples.length * PULL, samples };
  });
  return fit(groups, [0, ...SIGNALS.map(() => 0)], FREE);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const asked = material(await loadArticles('knowledge/articles'));
  const decided = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = weigh(asked.filter((one) => one.fold !== fold));
    return asked
      .filter((one) => one.fold === fold)
      .map((one) => ({ ...one, decision: decide(probability(weights, one.x), one.score, ENGLISH_THRESHOLDS) }));
  }).flat();
  for (const name of Object.keys(WEIGHTS)) {
    const of = decided.filter(({ kind }) => kind === name);
    const share = (test: (one: (typeof of)[number]) => boolean): string => (of.filter(test).length / of.length).toFixed(3);
    print(
      `${name}: ${of.length}, first ${share(({ right }) => right)}, answered ${share(({ decision }) => decision === 'answer')}` +
        ` wrongly ${share(({ decision, right }) => decision === 'answer' && !right)} offered ${share(({ decision }) => decision === 'clarify')}`,
    );
  }
  const weights = weigh(asked);
  print(`bias: ${weights[0]?.toFixed(2)}`);
  for (const [i, name] of SIGNALS.entries()) print(`  ${name}: ${weights[i + 1]?.toFixed(3)},`);
}

void main();
