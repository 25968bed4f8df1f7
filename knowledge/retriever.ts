/** Finds the entries that ask what a customer asks, and says whether the first of them may be given as the answer. */
import { confidence, type Decision, decide, THRESHOLDS, type Thresholds } from './confidence';
import { bare } from './normalise';
import { createRanker, type Ranking } from './rank';
import { tokenize } from './tokenize';

export type Entry = Readonly<{ id: string; question: string; similar: readonly string[] }>;
export type Found = Readonly<{ id: string; score: number }>;
/** `results` best first; `sure` is the probability that the first is right, from which `decision` follows. */
export type Search = Readonly<{ results: readonly Found[]; decision: Decision; sure: number }>;
/** Multiplies an entry's score: 0 hides it, a little over 1 prefers it among equals. */
export type Preference = (id: string) => number;
export type Retriever = Readonly<{
  search: (query: string, k: number, prefer?: Preference) => Search;
  /** The ranking with its signals, for measuring and for fitting the confidence. */
  rank: (query: string, k: number, prefer?: Preference) => Ranking;
  entries: readonly Entry[];
}>;

/** Each question and each similar question is one document; an entry scores as its best document. */
export function createRetriever(entries: readonly Entry[], thresholds: Thresholds = THRESHOLDS): Retriever {
  const texts = entries.flatMap(({ question, similar }, entry) => [question, ...similar].map((text) => ({ entry, text })));
  const ranker = createRanker(
    texts.map(({ text }) => tokenize(text)),
    Int32Array.from(texts, ({ entry }) => entry),
    entries.length,
  );
  const exact = soleOwners(texts);
  const idOf = (entry: number): string => entries[entry]?.id ?? '';

  const rank = (query: string, k: number, prefer?: Preference): Ranking =>
    ranker.rank(tokenize(query), k, prefer && ((entry) => prefer(idOf(entry))));

  function search(query: string, k: number, prefer?: Preference): Search {
    // The lead over the second entry is a signal, so at least two are ranked.
    const ranking = rank(query, Math.max(2, k), prefer);
    const results = ranking.ranked.slice(0, k).map(({ entry, score }) => ({ id: idOf(entry), score: Math.min(1, score) }));
    const first = ranking.ranked[0];
    // Word for word a question of the first entry and of no other: nothing to be unsure about.
    const sure = first && exact.get(bare(query)) === first.entry ? 1 : confidence(ranking);
    return { results, decision: decide(sure, thresholds), sure };
  }
  return { search, rank, entries };
}

function soleOwners(texts: readonly Readonly<{ entry: number; text: string }>[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const { entry, text } of texts) {
    const plain = bare(text);
    const owner = owners.get(plain);
    owners.set(plain, owner === undefined || owner === entry ? entry : -1);
  }
  return owners;
}
