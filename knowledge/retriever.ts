/** Finds the entries that ask what a customer asks, and says whether the first of them may be given as the answer. */
import { COMPARED, confidence, type Decision, decide, THRESHOLDS, type Thresholds } from './confidence';
import { bare, normalise } from './normalise';
import { createRanker, type Ranking } from './rank';
import { readPinyin } from './spelled';
import { createTokenizer, type Synonyms } from './tokenize';

/** `answer`, when given, is searched too, as a weaker witness of what the entry is about. */
export type Entry = Readonly<{ id: string; question: string; similar: readonly string[]; answer?: string }>;
export type Found = Readonly<{ id: string; score: number }>;
/** `results` best first; `sure` is the probability that the first is right, from which `decision` follows. */
export type Search = Readonly<{ results: readonly Found[]; decision: Decision; sure: number }>;
/** Multiplies an entry's score: 0 hides it, a little over 1 prefers it among equals. */
export type Preference = (id: string) => number;
/** What a place may set: from when on the desk is sure, and what people there call the same thing. */
export type RetrieverOptions = Readonly<{ thresholds?: Thresholds; synonyms?: Synonyms }>;
export type Retriever = Readonly<{
  search: (query: string, k: number, prefer?: Preference) => Search;
  /** The ranking with its signals, for measuring and for fitting the confidence. */
  rank: (query: string, k: number, prefer?: Preference) => Ranking;
  entries: readonly Entry[];
}>;

/** Each question and each similar question is one document; an entry scores by its best document and by what all of them speak of. */
export function createRetriever(entries: readonly Entry[], { thresholds = THRESHOLDS, synonyms }: RetrieverOptions = {}): Retriever {
  const tokenize = createTokenizer(synonyms);
  const ranker = createRanker(
    entries.map(({ question, similar, answer }) => ({
      questions: [question, ...similar].map(tokenize),
      ...(answer !== undefined && { answer: tokenize(answer) }),
    })),
  );
  const exact = soleOwners(entries);
  const idOf = (entry: number): string => entries[entry]?.id ?? '';

  const rank = (query: string, k: number, prefer?: Preference): Ranking =>
    ranker.rank(tokenize(readPinyin(normalise(query), ranker.frequency)), k, prefer && ((entry) => prefer(idOf(entry))));

  function search(query: string, k: number, prefer?: Preference): Search {
    const ranking = rank(query, Math.max(COMPARED, k), prefer);
    const found = ranking.ranked.map(({ entry, score }) => ({ entry, score: Math.min(1, score) }));
    // Word for word a question of one entry and of no other: nothing to be unsure about.
    const owner = found.find(({ entry }) => entry === exact.get(bare(query)));
    const ordered = owner ? [{ ...owner, score: 1 }, ...found.filter((one) => one !== owner)] : found;
    const sure = owner ? 1 : confidence(ranking);
    const results = ordered.slice(0, k).map(({ entry, score }) => ({ id: idOf(entry), score }));
    return { results, decision: decide(sure, results[0]?.score ?? 0, thresholds), sure };
  }
  return { search, rank, entries };
}

/** For every text that stands in one entry only, that entry; for the others -1. */
function soleOwners(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  entries.forEach(({ question, similar }, entry) => {
    for (const text of [question, ...similar]) {
      const plain = bare(text);
      const owner = owners.get(plain);
      owners.set(plain, owner === undefined || owner === entry ? entry : -1);
    }
  });
  return owners;
}
