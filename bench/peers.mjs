/**
 * What the decision makes of each set, and then the retriever beside search libraries, all on the same questions in one run:
 * `npm run bench:faq -- --data PREFIX …`; and beside them at
 * growing sizes with `--pool FILE` (a gzipped list of questions, one a line). Each is built in a process of its own, so that none inherits
 * another's memory. The libraries get the best tokens we found for them; `default` is their own idea of Chinese.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const { faqSet } = require('../dist/bench/labelled.js');

const K = 10;
/** Asked of a peer that is too slow for all; and entries from which on such a one is not built at all. */
const SLOW_ASKS = 120;
const SLOW_ENTRIES = 1_500;
const SIZES = [1_000, 10_000, 100_000];

const ours = () => require('../dist/knowledge/tokenize.js');
const terms = (text) => {
  const { pairs, words } = ours().tokenize(text);
  return [...pairs, ...words];
};
const all = (text) => [...ours().tokenize(text).chars, ...terms(text)];

/** The textbook's BM25 over one kind of term. */
function bm25(documents, cut) {
  const [k1, b] = [1.2, 0.75];
  const postings = new Map();
  const lengths = documents.map(({ text }, id) => {
    const counts = new Map();
    const tokens = cut(text);
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
    for (const [token, count] of counts) postings.set(token, [...(postings.get(token) ?? []), [id, count]]);
    return tokens.length;
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / documents.length;
  return (q) => {
    const scores = new Map();
    for (const token of new Set(cut(q))) {
      const found = postings.get(token) ?? [];
      const idf = Math.log(1 + (documents.length - found.length + 0.5) / (found.length + 0.5));
      for (const [id, count] of found) {
        const gain = (idf * count * (k1 + 1)) / (count + k1 * (1 - b + (b * lengths[id]) / average));
        scores.set(id, (scores.get(id) ?? 0) + gain);
      }
    }
    return [...scores]
      .sort((x, y) => y[1] - x[1])
      .slice(0, 3 * K)
      .map(([id, score]) => [documents[id].entry, score]);
  };
}

const mini = (options) => async (documents) => {
  const { default: MiniSearch } = await import('minisearch');
  const index = new MiniSearch({ fields: ['text'], storeFields: ['entry'], ...options });
  index.addAll(documents);
  return (q) => index.search(q).map(({ entry, score }) => [entry, score]);
};

const tfidf = (documents) => {
  const { TfIdf } = require('natural/lib/natural/tfidf');
  const index = new TfIdf();
  for (const { text } of documents) index.addDocument(terms(text));
  return (q) => {
    const scores = [];
    index.tfidfs(terms(q), (id, score) => scores.push([documents[id].entry, score]));
    return scores.sort((x, y) => y[1] - x[1]).slice(0, 3 * K);
  };
};

const bayes = (documents) => {
  const { BayesClassifier } = require('natural/lib/natural/classifiers');
  const classifier = new BayesClassifier();
  for (const { text, entry } of documents) classifier.addDocument(terms(text), entry);
  classifier.train();
  return (q) =>
    classifier
      .getClassifications(terms(q))
      .slice(0, K)
      .map(({ label, value }) => [label, value]);
};

/** Each gives a search: the entries found, best first, with their scores where there are any. `slow` ones are asked little. */
const peers = {
  qiao: {
    build: (_documents, entries) => {
      const { createRetriever } = require('../dist/knowledge/index.js');
      const retriever = createRetriever(entries);
      return (q) => {
        const { results, decision, sure } = retriever.search(q, K);
        return Object.assign(
          results.map(({ id, score }) => [id, score]),
          { decision, sure },
        );
      };
    },
  },
  'plain BM25, characters': { build: (documents) => bm25(documents, (text) => ours().tokenize(text).chars) },
  'plain BM25, words': { build: (documents) => bm25(documents, (text) => ours().tokenize(text).words) },
  'minisearch default': { build: mini({}) },
  'minisearch pairs + words': { build: mini({ tokenize: terms }) },
  'minisearch chars + pairs + words': { build: mini({ tokenize: all }) },
  'flexsearch pairs + words': {
    build: async (documents) => {
      const { default: FlexSearch } = await import('flexsearch');
      const index = new FlexSearch.Index({ tokenize: 'strict', encode: terms });
      for (const { id, text } of documents) index.add(id, text);
      return (q) => index.search(q, { limit: 3 * K, suggest: true }).map((id) => [documents[id].entry]);
    },
  },
  'orama mandarin': {
    slow: true,
    build: async (documents) => {
      const { create, insertMultiple, search } = await import('@orama/orama');
      const { createTokenizer } = await import('@orama/tokenizers/mandarin');
      const index = create({ schema: { text: 'string', entry: 'string' }, components: { tokenizer: createTokenizer() } });
      await insertMultiple(
        index,
        documents.map(({ text, entry }) => ({ text, entry })),
        5_000,
      );
      return async (q) => {
        const { hits } = await search(index, { term: q, properties: ['text'], limit: 3 * K, threshold: 1 });
        return hits.map(({ document, score }) => [document.entry, score]);
      };
    },
  },
  'fuse.js default': {
    slow: true,
    build: async (documents) => {
      const { default: Fuse } = await import('fuse.js');
      const index = new Fuse(documents, { keys: ['text'], threshold: 1, ignoreLocation: true, includeScore: true });
      return (q) => index.search(q, { limit: 3 * K }).map(({ item, score }) => [item.entry, 1 - (score ?? 1)]);
    },
  },
  'natural TfIdf, pairs + words': { slow: true, build: tfidf },
  'natural Bayes, pairs + words': { slow: true, small: true, build: bayes },
  'node-nlp zh': {
    slow: true,
    small: true,
    build: async (documents) => {
      const { NlpManager } = require('node-nlp');
      const manager = new NlpManager({ languages: ['zh'], forceNER: false, nlu: { log: false }, autoSave: false });
      for (const { text, entry } of documents) manager.addDocument('zh', text, entry);
      await manager.train();
      return async (q) => (await manager.process('zh', q)).classifications.map(({ intent, score }) => [intent, score]);
    },
  },
};

/** The chance that a known question scores above a foreign one. */
function auroc(known, foreign) {
  if (foreign.length === 0 || known.some((score) => score === undefined)) return null;
  const ranked = [...known.map((score) => [score, 1]), ...foreign.map((score) => [score ?? 0, 0])].sort((x, y) => x[0] - y[0]);
  let below = 0;
  let won = 0;
  for (let at = 0; at < ranked.length; ) {
    let end = at;
    while (end < ranked.length && ranked[end][0] === ranked[at][0]) end += 1;
    const equal = ranked.slice(at, end);
    const foreigners = equal.filter(([, is]) => is === 0).length;
    won += (equal.length - foreigners) * (below + foreigners / 2);
    below += foreigners;
    at = end;
  }
  return won / (known.length * foreign.length);
}

const documentsOf = (entries) =>
  entries
    .flatMap(({ id, question, similar }) => [question, ...similar].map((text) => ({ entry: id, text })))
    .map((one, id) => ({ ...one, id }));

async function measure(name, prefix, size, pool) {
  const { build, slow } = peers[name];
  const set = faqSet(prefix);
  const more = pool ? gunzipSync(readFileSync(pool)).toString('utf8').split('\n') : [];
  const padded = [...set.entries, ...more.map((question, n) => ({ id: `pool ${n}`, question, similar: [] }))];
  const entries = size ? padded.slice(0, size) : set.entries;
  const documents = documentsOf(entries);
  ours().tokenize('字典'); // reading the dictionary is no part of building an index
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const search = await build(documents, entries);
  const buildMs = performance.now() - began;
  globalThis.gc?.();
  const mb = (process.memoryUsage().rss - before) / 1e6;
  const asked = (kind) => set.queries.filter((one) => one.kind === kind).slice(0, slow || size ? SLOW_ASKS : undefined);
  for (const { q } of asked('in').slice(0, 50)) await search(q);
  const times = [];
  const ask = async ({ q, gold }) => {
    const start = performance.now();
    const found = await search(q);
    times.push(performance.now() - start);
    const ids = [...new Set(found.map(([id]) => id))];
    return { rank: ids.indexOf(gold), best: found.sure ?? found[0]?.[1], decision: found.decision };
  };
  const kinds = {};
  for (const kind of ['in', 'ood-far', 'ood-near']) {
    kinds[kind] = [];
    for (const query of asked(kind)) kinds[kind].push(await ask(query));
  }
  const known = kinds.in;
  times.sort((x, y) => x - y);
  const scores = (kind) => kinds[kind].map(({ best }) => best ?? (kind === 'in' ? 0 : undefined));
  const scored = known.some(({ best }) => best !== undefined);
  return {
    asked: known.length,
    first: known.filter(({ rank }) => rank === 0).length / known.length,
    three: known.filter(({ rank }) => rank >= 0 && rank < 3).length / known.length,
    mrr: known.reduce((sum, { rank }) => sum + (rank >= 0 && rank < K ? 1 / (rank + 1) : 0), 0) / known.length,
    far: scored ? auroc(scores('in'), scores('ood-far')) : null,
    near: scored ? auroc(scores('in'), scores('ood-near')) : null,
    p50: times[times.length >> 1],
    p99: times[Math.floor(times.length * 0.99)],
    build: buildMs / 1_000,
    mb,
  };
}

const { values } = parseArgs({
  options: { data: { type: 'string', multiple: true }, pool: { type: 'string' }, peer: { type: 'string' }, size: { type: 'string' } },
});

const figure = (value, digits = 3) => (value === null || value === undefined ? '–' : value.toFixed(digits));
function child(peer, prefix, size) {
  const own = ['--expose-gc', fileURLToPath(import.meta.url), '--peer', peer, '--data', prefix];
  const more = size ? ['--size', String(size), '--pool', values.pool] : [];
  return JSON.parse(
    execFileSync(process.execPath, [...own, ...more], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n')
      .at(-1),
  );
}

if (values.peer) {
  const row = await measure(values.peer, values.data[0], Number(values.size ?? 0), values.pool);
  process.stdout.write(`\n${JSON.stringify(row)}\n`);
} else {
  const own = fileURLToPath(new URL('../dist/bench/faq.js', import.meta.url));
  execFileSync(process.execPath, [own, ...(values.data ?? []).flatMap((prefix) => ['--data', prefix])], { stdio: 'inherit' });
  for (const prefix of values.data ?? []) {
    const { name, entries } = faqSet(prefix);
    process.stdout.write(
      `${name}, ${entries.length} entries | first / in three | MRR@10 | AUROC far / near | p50 / p99 ms | build s, MB\n`,
    );
    for (const [peer, { small }] of Object.entries(peers)) {
      if (small && entries.length > SLOW_ENTRIES) {
        process.stdout.write(`  ${peer} | not built: it takes minutes at this size\n`);
        continue;
      }
      const row = child(peer, prefix);
      process.stdout.write(
        `  ${peer}${row.asked <= SLOW_ASKS ? `, first ${row.asked}` : ''} | ${figure(row.first)} / ${figure(row.three)} | ${figure(row.mrr)} | ` +
          `${figure(row.far)} / ${figure(row.near)} | ${figure(row.p50, 2)} / ${figure(row.p99, 2)} | ${figure(row.build, 2)}, ${figure(row.mb, 0)}\n`,
      );
    }
    for (const size of values.pool ? SIZES : []) {
      process.stdout.write(`${name}, filled up to ${size} entries | p50 / p99 ms | build s, MB\n`);
      for (const [peer, { slow }] of Object.entries(peers)) {
        if (slow && size > 1_000) continue;
        if (peers[peer].small) continue;
        const row = child(peer, prefix, size);
        process.stdout.write(`  ${peer} | ${figure(row.p50, 2)} / ${figure(row.p99, 2)} | ${figure(row.build, 2)}, ${figure(row.mb, 0)}\n`);
      }
    }
  }
}
