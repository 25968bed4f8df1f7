/** Finds the entries that ask what a customer asks, and says whether the first of them may be given as the answer. */
import { ANY_BASE, type Calibration, COMPARED, confidence, type Decision, decide, THRESHOLDS, type Thresholds } from './confidence';
import { createGrowing } from './growing';
import { normalise } from './normalise';
import type { EntryViews, Ranking } from './rank';
import { readPinyin } from './spelled';
import { createTokenizer, type Synonyms, type Tokenize, type Views } from './tokenize';

/** `answer`, when given, is searched too, as a weaker witness of what the entry is about. */
export type Entry = Readonly<{ id: string; question: string; similar: readonly string[]; answer?: string }>;
export type Found = Readonly<{ id: string; score: number }>;
/** `results` best first; `sure` is the probability that the first is right, from which `decision` follows. */
export type Search = Readonly<{ results: readonly Found[]; decision: Decision; sure: number }>;
/** Multiplies an entry's score: 0 hides it, a little over 1 prefers it among equals. */
export type Preference = (id: string) => number;
/** What a place may set: from when on the desk is sure, and what people there call the same thing. */
export type RetrieverOptions = Readonly<{
  thresholds?: Thresholds;
  synonyms?: Synonyms;
  /** Cuts questions of another language; `synonyms` are those of the Chinese one. */
  tokenize?: Tokenize;
  /** What a term counts that stands in the answer alone, beside 1 for one in every question. */
  answerWorth?: number;
  /** How sure the signals make: by default what holds for any base. */
  calibration?: Calibration;
}>;
export type Retriever = Readonly<{
  search: (query: string, k: number, prefer?: Preference) => Search;
  /** The ranking with its signals, for measuring and for fitting the confidence. */
  rank: (query: string, k: number, prefer?: Preference) => Ranking;
  /** Adds entries, each in place of the one of its id. What was there at the start is not built again. */
  put: (entries: readonly Entry[]) => void;
  /** Takes an entry out; one that is not there stays away. */
  remove: (id: string) => void;
  /** All there are now. */
  entries: () => readonly Entry[];
}>;

/** An entry and what it was cut into. */
type Cut = Readonly<{ entry: Entry; views: EntryViews }>;

/** Each question and each similar question is one document; an entry scores by its best documents and by what all of them speak of. */
export function createRetriever(
  start: readonly Entry[],
  { thresholds = THRESHOLDS, synonyms, tokenize = createTokenizer(synonyms), calibration = ANY_BASE, answerWorth }: RetrieverOptions = {},
): Retriever {
  const viewsOf = ({ question, similar, answer }: Entry): EntryViews => ({
    questions: [question, ...similar].map(tokenize),
    ...(answer !== undefined && { answer: tokenize(answer), ...(answerWorth !== undefined && { answerWorth }) }),
  });
  const atStart = start.map((entry) => ({ entry, views: viewsOf(entry) }));
  const ranker = createGrowing(atStart.map(({ views }) => views));
  const ownersAtStart = ownersOf(atStart);
  /** Ids of the start that were taken out or replaced. */
  const gone = new Set<string>();
  /** What came later, by id. */
  const later = new Map<string, Cut>();
  let laterIds: readonly string[] = [];
  let ownersLater = ownersOf([]);

  const idOf = (entry: number): string => start[entry]?.id ?? laterIds[entry - start.length] ?? '';
  const hidden = (entry: number): boolean => entry < start.length && gone.has(idOf(entry));

  const read = (query: string): Views => tokenize(readPinyin(normalise(query), ranker.frequency));
  const rank = (views: Views, k: number, prefer?: Preference): Ranking => {
    const weight = prefer || gone.size > 0 ? (entry: number) => (hidden(entry) ? 0 : (prefer?.(idOf(entry)) ?? 1)) : undefined;
    return ranker.rank(views, k, weight);
  };

  /** Whose question it is word for word, when it is one entry's and no other's. */
  function soleOwner(query: Views): string | undefined {
    const plain = wordForWord(query);
    const stayed = (ownersAtStart.get(plain) ?? []).filter((id) => !gone.has(id));
    const owners = new Set([...stayed, ...(ownersLater.get(plain) ?? [])]);
    return owners.size === 1 ? [...owners][0] : undefined;
  }

  function search(query: string, k: number, prefer?: Preference): Search {
    const views = read(query);
    const ranking = rank(views, Math.max(COMPARED, k), prefer);
    const found = ranking.ranked.map(({ entry, score }) => ({ id: idOf(entry), score: Math.min(1, score) }));
    // Word for word a question of one entry and of no other: nothing to be unsure about.
    const sole = soleOwner(views);
    const owner = sole === undefined ? undefined : found.find(({ id }) => id === sole);
    const ordered = owner ? [{ ...owner, score: 1 }, ...found.filter((one) => one !== owner)] : found;
    const sure = owner ? 1 : confidence(ranking, calibration);
    const results = ordered.slice(0, k);
    return { results, decision: decide(sure, results[0]?.score ?? 0, thresholds), sure };
  }

  function changed(): void {
    const all = [...later.values()];
    laterIds = [...later.keys()];
    ownersLater = ownersOf(all);
    ranker.beside(all.map(({ views }) => views));
  }

  const startIds = new Set(start.map(({ id }) => id));
  return {
    search,
    rank: (query, k, prefer) => rank(read(query), k, prefer),
    put(entries) {
      for (const entry of entries) {
        if (startIds.has(entry.id)) gone.add(entry.id);
        later.set(entry.id, { entry, views: viewsOf(entry) });
      }
      if (entries.length > 0) changed();
    },
    remove(id) {
      if (startIds.has(id)) gone.add(id);
      if (later.delete(id)) changed();
    },
    entries: () => [...start.filter(({ id }) => !gone.has(id)), ...[...later.values()].map(({ entry }) => entry)],
  };
}

/** What two texts share that are the same but for punctuation, width and dialect. */
const wordForWord = ({ chars }: Views): string => chars.join('');

/** For every text the entries that hold it. */
function ownersOf(cut: readonly Cut[]): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const { entry, views } of cut) {
    for (const question of views.questions) {
      const plain = wordForWord(question);
      const known = owners.get(plain);
      if (!known) owners.set(plain, [entry.id]);
      else if (!known.includes(entry.id)) known.push(entry.id);
    }
  }
  return owners;
}
