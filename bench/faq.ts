/**
 * Measures the retriever on a labelled question set: `npm run bench:faq -- --data PREFIX` reads PREFIX.kb.jsonl
 * ({id, question, similar}) and PREFIX.queries.jsonl ({q, gold, kind: in | ood-near | ood-far}); several prefixes may follow.
 */
import { parseArgs } from 'node:util';
import { createRetriever, type Search } from '../knowledge/retriever';
import { type FaqQuery, faqSet } from './labelled';

type Asked = FaqQuery & Search & Readonly<{ ms: number }>;

function measure(prefix: string): Readonly<Record<string, string | number>> {
  const { name, entries, queries } = faqSet(prefix);
  createRetriever(entries.slice(0, 1)); // reads the dictionary, which is no part of building an index
  const started = performance.now();
  const retriever = createRetriever(entries);
  const buildMs = performance.now() - started;
  for (const { q } of queries.slice(0, 300)) retriever.search(q, 10);
  const asked: Asked[] = queries.map((query) => {
    const before = performance.now();
    const found = retriever.search(query.q, 10);
    return { ...query, ...found, ms: performance.now() - before };
  });
  const of = (kind: Asked['kind']): Asked[] => asked.filter((one) => one.kind === kind);
  const answered = (some: readonly Asked[]): Asked[] => some.filter((one) => one.decision === 'answer');
  const right = (one: Asked): boolean => one.results[0]?.id === one.gold;
  const within3 = (one: Asked): boolean => one.results.slice(0, 3).some(({ id }) => id === one.gold);
  const share = (part: readonly Asked[], whole: readonly Asked[]): string => (part.length / Math.max(1, whole.length)).toFixed(3);
  const known = of('in');
  const answers = answered(asked);
  const clarified = known.filter((one) => one.decision === 'clarify');
  const precision = answers.filter(right).length / Math.max(1, answers.length);
  const recall = answers.filter(right).length / Math.max(1, known.length);
  const times = asked.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (quantile: number): string => (times[Math.floor(quantile * times.length)] ?? 0).toFixed(2);
  return {
    set: name,
    entries: entries.length,
    top1: share(known.filter(right), known),
    recall3: share(known.filter(within3), known),
    precision: precision.toFixed(3),
    recall: recall.toFixed(3),
    f1: ((2 * precision * recall) / Math.max(1e-9, precision + recall)).toFixed(3),
    answered: share(answered(known), known),
    wronglyAnswered: share(
      answered(known).filter((one) => !right(one)),
      known,
    ),
    clarified: share(clarified, known),
    clarifiedGold3: share(clarified.filter(within3), clarified),
    nearAnswered: share(answered(of('ood-near')), of('ood-near')),
    farAnswered: share(answered(of('ood-far')), of('ood-far')),
    p50ms: at(0.5),
    p99ms: at(0.99),
    buildMs: Math.round(buildMs),
  };
}

const { values } = parseArgs({ options: { data: { type: 'string', multiple: true } } });
if (!values.data) {
  process.stderr.write('Name the data: npm run bench:faq -- --data path/to/set (reads set.kb.jsonl and set.queries.jsonl)\n');
  process.exitCode = 1;
}
for (const prefix of values.data ?? []) process.stdout.write(`${JSON.stringify(measure(prefix), null, 2)}\n`);
