/**
 * Sets the retriever beside search libraries, all on the same questions in one run: `npm run bench:peers -- --data PREFIX …`. The
 * libraries get the best tokens we found for them, characters with their pairs and jieba's words; `default` is their own idea of Chinese.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import FlexSearch from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';

const require = createRequire(import.meta.url);
const { createRetriever } = require('../dist/knowledge/index.js');
const { tokenize } = require('../dist/knowledge/tokenize.js');
const { faqSet } = require('../dist/bench/labelled.js');

const K = 10;
const SLOW_ASKS = 120;
const terms = (text) => {
  const { pairs, words } = tokenize(text);
  return [...pairs, ...words];
};
const all = (text) => [...tokenize(text).chars, ...terms(text)];

const mini = (options) => (documents) => {
  const index = new MiniSearch({ fields: ['text'], storeFields: ['entry'], ...options });
  index.addAll(documents);
  return (q) => index.search(q).map(({ entry }) => entry);
};

const peers = {
  qiao: (_documents, entries) => {
    const retriever = createRetriever(entries);
    return (q) => retriever.search(q, K).results.map(({ id }) => id);
  },
  'minisearch default': mini({}),
  'minisearch pairs + words': mini({ tokenize: terms }),
  'minisearch chars + pairs + words': mini({ tokenize: all }),
  'flexsearch pairs + words': (documents) => {
    const index = new FlexSearch.Index({ tokenize: 'strict', encode: terms });
    for (const { id, text } of documents) index.add(id, text);
    return (q) => index.search(q, { limit: 3 * K, suggest: true }).map((id) => documents[id].entry);
  },
  'fuse.js default': (documents) => {
    const index = new Fuse(documents, { keys: ['text'], threshold: 1, ignoreLocation: true });
    return Object.assign((q) => index.search(q, { limit: 3 * K }).map(({ item }) => item.entry), { slow: true });
  },
};

const { values } = parseArgs({ options: { data: { type: 'string', multiple: true } } });
for (const prefix of values.data ?? []) {
  const { name, entries, queries } = faqSet(prefix);
  const documents = entries.flatMap(({ id, question, similar }) => [question, ...similar].map((text) => ({ entry: id, text })));
  documents.forEach((document, id) => {
    document.id = id;
  });
  for (const [peer, build] of Object.entries(peers)) {
    const began = performance.now();
    const search = build(documents, entries);
    const buildMs = performance.now() - began;
    const known = queries.filter(({ kind }) => kind === 'in').slice(0, search.slow ? SLOW_ASKS : undefined);
    let first = 0;
    let three = 0;
    const times = known.map(({ q, gold }) => {
      const start = performance.now();
      const found = [...new Set(search(q))];
      const ms = performance.now() - start;
      if (found[0] === gold) first += 1;
      if (found.slice(0, 3).includes(gold)) three += 1;
      return ms;
    });
    times.sort((a, b) => a - b);
    const figure = (n) => (n / known.length).toFixed(3);
    process.stdout.write(
      `${name} | ${peer}${search.slow ? ` (first ${known.length})` : ''} | first ${figure(first)} three ${figure(three)} | ` +
        `p50 ${times[times.length >> 1].toFixed(2)} p99 ${times[Math.floor(times.length * 0.99)].toFixed(2)} ms | build ${(buildMs / 1000).toFixed(2)} s\n`,
    );
  }
}
