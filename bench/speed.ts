/**
 * How fast and how large the retriever is: `npm run bench:speed -- --data PREFIX --pool FILE` fills the entries of PREFIX up to 1,000, 10,000
 * and 100,000 with the questions of a gzipped list, one a line. On a shared machine look at `best`: the quickest of five asks of each question.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { createRetriever } from '../knowledge/index';
import { faqSet } from './labelled';

const SIZES = [1_000, 10_000, 100_000];
const ASKED = 1_500;
const REPEATS = 5;
const { values } = parseArgs({ options: { data: { type: 'string' }, pool: { type: 'string' }, size: { type: 'string' } } });

const sorted = (times: number[]): number[] => times.sort((a, b) => a - b);
const at = (times: readonly number[], quantile: number): string => (times[Math.floor(quantile * times.length)] ?? 0).toFixed(2);

function measure(data: string, pool: string, size: number): void {
  const { entries: known, queries } = faqSet(data);
  const more = gunzipSync(readFileSync(pool)).toString('utf8').split('\n');
  const entries = [...known, ...more.map((question, i) => ({ id: `pool ${i}`, question, similar: [] }))].slice(0, size);
  createRetriever(entries.slice(0, 1)); // reads the dictionary, which is no part of building an index
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const retriever = createRetriever(entries);
  const { search } = retriever;
  const buildMs = performance.now() - began;
  globalThis.gc?.();
  const grown = process.memoryUsage().rss - before;
  const texts = queries.slice(0, ASKED).map(({ q }) => q);
  const once = (q: string): number => {
    const start = performance.now();
    search(q, 10);
    return performance.now() - start;
  };
  for (const q of texts) once(q);
  const all = texts.map((q) => Array.from({ length: REPEATS }, () => once(q)));
  const putOne = performance.now();
  retriever.put([{ id: 'one more', question: '食堂的餐费在哪里充值', similar: ['饭卡没钱了怎么办'] }]);
  const putMs = performance.now() - putOne;
  const each = sorted(all.flat());
  const best = sorted(all.map((times) => Math.min(...times)));
  process.stdout.write(
    `${entries.length} entries: p50 ${at(each, 0.5)} p99 ${at(each, 0.99)} ms | best p50 ${at(best, 0.5)} p99 ${at(best, 0.99)} ms | ` +
      `build ${(buildMs / 1000).toFixed(2)} s, ${Math.round(grown / 1e6)} MB, one entry added in ${putMs.toFixed(2)} ms\n`,
  );
}

if (!values.data || !values.pool) {
  process.stderr.write('Name the data: npm run bench:speed -- --data path/to/set --pool path/to/questions.txt.gz\n');
  process.exitCode = 1;
} else if (values.size) measure(values.data, values.pool, Number(values.size));
else {
  // A process each, so that no size inherits the memory of another.
  for (const size of SIZES)
    execFileSync(process.execPath, ['--expose-gc', __filename, '--data', values.data, '--pool', values.pool, '--size', String(size)], {
      stdio: 'inherit',
    });
}
