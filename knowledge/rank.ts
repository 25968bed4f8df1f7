/** Scores every entry that shares a term with the query and keeps the best few, together with the signals the decision rests on. */
import type { ViewName, Views } from './tokenize';
import { buildView, prepare, type View, type ViewQuery } from './view';

/** How much each view counts. Characters are the steadiest view of Chinese; pairs and words sharpen the order. */
const WEIGHTS: Readonly<Record<ViewName, number>> = { chars: 1, pairs: 0.6, words: 0.6 };
const VIEW_NAMES = ['chars', 'pairs', 'words'] as const;

/** `entry` and `document` are positions; `score` is 1 for the very same text and 0 for nothing shared. */
export type Ranked = Readonly<{ entry: number; document: number; score: number }>;
/** `weight` of an entry multiplies its score; 0 hides the entry. */
export type Weight = (entry: number) => number;
export type Ranking = Readonly<{
  ranked: readonly Ranked[];
  /** Share of the query's rarity that stands in the best document, 0…1. */
  coverage: number;
  /** The best entry seen through one view alone, -1 when nothing matches. */
  bestBy: Readonly<Record<ViewName, number>>;
  /** Length-normalised score of the best document in each view alone. */
  scoreBy: Readonly<Record<ViewName, number>>;
}>;

type Lane = Readonly<{ name: ViewName; weight: number; view: View; sums: Float32Array }>;

export type Ranker = Readonly<{ rank: (query: Views, k: number, weight?: Weight) => Ranking }>;

/** `entryOf[d]` is the entry that document d asks for. Accumulators are shared between searches: a search never waits, so none overlap. */
export function createRanker(documents: readonly Views[], entryOf: Int32Array, entries: number): Ranker {
  const lanes: readonly Lane[] = VIEW_NAMES.map((name) => ({
    name,
    weight: WEIGHTS[name],
    view: buildView(documents.map((document) => document[name])),
    sums: new Float32Array(documents.length),
  }));
  const self = new Float32Array(documents.length);
  for (const { view, weight } of lanes)
    for (let doc = 0; doc < self.length; doc += 1) self[doc] = (self[doc] ?? 0) + weight * (view.self[doc] ?? 0);
  const touched = new Int32Array(documents.length);
  const seen = new Uint8Array(documents.length);
  const entryScore = new Float32Array(entries);
  const entryDocument = new Int32Array(entries);

  function rank(query: Views, k: number, weight?: Weight): Ranking {
    const prepared = lanes.map((lane) => prepare(lane.view, query[lane.name]));
    let reached = 0;
    lanes.forEach((lane, at) => {
      for (const term of prepared[at]?.terms ?? []) reached = addPostings(lane, term, touched, seen, reached);
    });
    const querySelf = lanes.reduce((sum, lane, at) => sum + lane.weight * (prepared[at]?.self ?? 0), 0);
    const best: Ranked[] = [];
    const bestBy = { chars: -1, pairs: -1, words: -1 };
    const topBy = { chars: 0, pairs: 0, words: 0 };
    for (let i = 0; i < reached; i += 1) {
      const document = touched[i] ?? 0;
      const entry = entryOf[document] ?? 0;
      const factor = weight ? weight(entry) : 1;
      if (factor === 0) continue;
      let sum = 0;
      for (let at = 0; at < lanes.length; at += 1) {
        const lane = lanes[at] as Lane; // noUncheckedIndexedAccess cannot see the loop's bound
        const own = lane.sums[document] ?? 0;
        if (own === 0) continue;
        sum += lane.weight * own;
        const alone = (factor * 2 * own) / ((prepared[at]?.self ?? 0) + (lane.view.self[document] ?? 0));
        if (alone > topBy[lane.name]) {
          topBy[lane.name] = alone;
          bestBy[lane.name] = entry;
        }
      }
      const score = (factor * 2 * sum) / (querySelf + (self[document] ?? 0));
      if (score > (entryScore[entry] ?? 0)) {
        entryScore[entry] = score;
        entryDocument[entry] = document;
      }
    }
    for (let i = 0; i < reached; i += 1) {
      const entry = entryOf[touched[i] ?? 0] ?? 0;
      const score = entryScore[entry] ?? 0;
      if (score > 0) insert(best, { entry, document: entryDocument[entry] ?? 0, score }, k);
      entryScore[entry] = 0;
    }
    const signals = describe(lanes, prepared, best[0]);
    for (let i = 0; i < reached; i += 1) {
      const document = touched[i] ?? 0;
      seen[document] = 0;
      for (const lane of lanes) lane.sums[document] = 0;
    }
    return { ranked: best, bestBy, ...signals };
  }
  return { rank };
}

function addPostings({ view, sums }: Lane, term: number, touched: Int32Array, seen: Uint8Array, reached: number): number {
  const end = view.starts[term + 1] ?? 0;
  let count = reached;
  for (let at = view.starts[term] ?? 0; at < end; at += 1) {
    const document = view.docs[at] ?? 0;
    sums[document] = (sums[document] ?? 0) + (view.impacts[at] ?? 0);
    if (seen[document] === 0) {
      seen[document] = 1;
      touched[count] = document;
      count += 1;
    }
  }
  return count;
}

/** Keeps `best` sorted and at most k long; equal scores keep the order of the entries, so that results are stable. */
function insert(best: Ranked[], candidate: Ranked, k: number): void {
  const beats = (a: Ranked, b: Ranked): boolean => a.score > b.score || (a.score === b.score && a.entry < b.entry);
  const last = best[best.length - 1];
  if (best.length === k && last && !beats(candidate, last)) return;
  let at = best.length;
  while (at > 0 && beats(candidate, best[at - 1] ?? candidate)) at -= 1;
  best.splice(at, 0, candidate);
  if (best.length > k) best.pop();
}

function describe(lanes: readonly Lane[], prepared: readonly ViewQuery[], top: Ranked | undefined): Pick<Ranking, 'coverage' | 'scoreBy'> {
  const scoreBy = { chars: 0, pairs: 0, words: 0 };
  let coverage = 0;
  if (!top) return { coverage, scoreBy };
  lanes.forEach((lane, at) => {
    const query = prepared[at];
    if (!query) return;
    scoreBy[lane.name] = (2 * (lane.sums[top.document] ?? 0)) / (query.self + (lane.view.self[top.document] ?? 0) || 1);
    if (lane.name === 'chars') {
      const held = query.terms.filter((term) => holds(lane.view, term, top.document));
      coverage = held.reduce((sum, term) => sum + (lane.view.idf[term] ?? 0), 0) / (query.idf || 1);
    }
  });
  return { coverage, scoreBy };
}

/** Whether a document holds a term: binary search in its postings. */
function holds(view: View, term: number, document: number): boolean {
  let low = view.starts[term] ?? 0;
  let high = (view.starts[term + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = view.docs[middle] ?? 0;
    if (found === document) return true;
    if (found < document) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
