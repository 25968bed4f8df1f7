/** Scores every entry that shares a term with the query and keeps the best few, together with the signals the decision rests on. */
import { indexCoverage } from './coverage';
import { add, type Behind, clear, createSums, frequencyIn, frequencyOf, type Postings, perView, tallyViews, weightOf } from './postings';
import { indexQuestions, knownTerms, type Lengths, likeness, type Questions, sumViews } from './questions';
import type { ViewName, Views } from './tokenize';

/**
 * How the two opinions mix for an entry with many questions: likeness to the best one, coverage by all of them together. The fewer
 * its questions, the less the second says that the first has not said.
 */
const COVERAGE_SHARE = 0.6;
/**
 * How much the second and third most alike question of an entry count beside the first: one question may resemble the customer's by chance, three hardly do. An
 * entry with fewer is judged by those it has.
 */
const SECOND = 0.6;
const THIRD = 0.36;
/** So many documents are compared whole; what shares only commoner terms with the query than they do stands no chance. */
const CANDIDATES = 500;

/** `entry` and `document` are positions (document -1: only the answer matched); `score` is 1 for the very same text, 0 for nothing shared. */
export type Ranked = Readonly<{ entry: number; document: number; score: number; likeness: number; coverage: number }>;
/** `weight` of an entry multiplies its score; 0 hides the entry. */
export type Weight = (entry: number) => number;
/**
 * `size` counts the entries there are, `length` the characters of the query: how easily something is found by chance. `ways` counts the
 * questions of the entry that came first.
 */
export type Ranking = Readonly<{
  ranked: readonly Ranked[];
  views: Readonly<Record<ViewName, Opinion>>;
  size: number;
  length: number;
  ways: number;
}>;
/** What one view alone says of the entry that came first: how much it shares with the query, as a sum and as shares. */
export type Opinion = Readonly<{ ofQuestion: number; dice: number; shared: number; coverage: number }>;
const NOTHING: Opinion = { ofQuestion: 0, dice: 0, shared: 0, coverage: 0 };
export type Ranker = Readonly<{
  rank: (query: Views, k: number, weight?: Weight) => Ranking;
  /** How many questions hold a term. */
  frequency: (view: ViewName, term: string) => number;
  /** What a further index beside this one must know of it. */
  corpus: Corpus;
}>;
/** Counts over questions and over entries, for an index that adds to this one. */
export type Corpus = Readonly<{ questions: Behind & Readonly<{ average: Lengths }>; entries: Behind }>;
/** One entry cut into terms: each of its questions, and the answer when that may be searched too, with what a term in it alone counts. */
export type EntryViews = Readonly<{ questions: readonly Views[]; answer?: Views; answerWorth?: number }>;

/** Accumulators are shared between searches: a search never waits, so no two overlap. */
export function createRanker(entries: readonly EntryViews[], behind?: Corpus): Ranker {
  const documents = entries.flatMap(({ questions }) => questions);
  const entryOf = Int32Array.from(entries.flatMap(({ questions }, entry) => questions.map(() => entry)));
  const tallies = documents.map(tallyViews);
  const questions = indexQuestions(documents, tallies, behind?.questions);
  const shares = Float32Array.from(entries, (entry) => COVERAGE_SHARE * (1 - 1 / sourcesOf(entry)));
  let first = 0;
  const coverage = indexCoverage(
    entries.map((entry) => {
      const own = tallies.slice(first, first + entry.questions.length);
      first += entry.questions.length;
      return sourcesOf(entry) === 1 ? { questions: [] } : { ...entry, questions: own, answer: entry.answer && tallyViews(entry.answer) };
    }),
    behind?.entries,
  );
  const documentSums = createSums(documents.length);
  const entrySums = createSums(entries.length);
  const candidates = createSums(entries.length);
  const second = new Float32Array(entries.length);
  const third = new Float32Array(entries.length);
  const bestDocument = new Int32Array(entries.length).fill(-1);

  /** The most alike document of every entry that was touched, and how alike the two after it are. */
  function bestDocuments(querySelf: number): void {
    const { of, touched } = candidates;
    for (let i = 0; i < documentSums.count; i += 1) {
      const document = documentSums.touched[i] ?? 0;
      const entry = entryOf[document] ?? 0;
      const alike = likeness(documentSums.of[document] ?? 0, querySelf, questions.self[document] ?? 0);
      const before = of[entry] ?? 0;
      if (before === 0) {
        touched[candidates.count] = entry;
        candidates.count += 1;
      }
      if (alike > before) {
        third[entry] = second[entry] ?? 0;
        second[entry] = before;
        of[entry] = alike;
        bestDocument[entry] = document;
      } else if (alike > (second[entry] ?? 0)) {
        third[entry] = second[entry] ?? 0;
        second[entry] = alike;
      } else if (alike > (third[entry] ?? 0)) third[entry] = alike;
    }
  }

  /** What the best three questions of an entry say together. */
  function witnessed(entry: number): number {
    const ways = entries[entry]?.questions.length ?? 0;
    const best = candidates.of[entry] ?? 0;
    if (ways < 2) return best;
    const both = best + SECOND * (second[entry] ?? 0);
    return ways === 2 ? both / (1 + SECOND) : (both + THIRD * (third[entry] ?? 0)) / (1 + SECOND + THIRD);
  }

  function rank(query: Views, k: number, weight?: Weight): Ranking {
    const tally = tallyViews(query);
    const terms = knownTerms(questions.postings, tally);
    const coverTerms = knownTerms(coverage.postings, tally);
    for (const term of rarestFirst(questions.postings, terms)) {
      add(questions.postings, term, documentSums, documentSums.count < CANDIDATES);
    }
    const self = questions.selfOf(tally);
    const querySelf = sumViews(self);
    bestDocuments(querySelf);
    for (const term of rarestFirst(coverage.postings, coverTerms)) {
      add(coverage.postings, term, entrySums, entrySums.count < CANDIDATES);
    }
    const wholes = coverage.wholeOf(tally);
    const whole = sumViews(wholes) || 1;
    const ranked: Ranked[] = [];
    let least = 0;
    function consider(entry: number): void {
      const document = bestDocument[entry] ?? -1;
      const share = shares[entry] ?? 0;
      const alike = witnessed(entry);
      const covered = share === 0 ? (documentSums.of[document] ?? 0) / querySelf : (entrySums.of[entry] ?? 0) / whole;
      const score = (weight ? weight(entry) : 1) * ((1 - share) * alike + share * covered);
      // Most entries fall short; only the others are worth an object.
      if (score > 0 && score >= least) {
        insert(ranked, { entry, document, score, likeness: alike, coverage: covered }, k);
        if (ranked.length === k) least = ranked[k - 1]?.score ?? 0;
      }
    }
    for (let i = 0; i < candidates.count; i += 1) consider(candidates.touched[i] ?? 0);
    for (let i = 0; i < entrySums.count; i += 1) {
      const entry = entrySums.touched[i] ?? 0;
      if ((candidates.of[entry] ?? 0) === 0) consider(entry);
    }
    for (let i = 0; i < candidates.count; i += 1) {
      const entry = candidates.touched[i] ?? 0;
      bestDocument[entry] = -1;
      second[entry] = 0;
      third[entry] = 0;
    }
    clear(candidates);
    clear(documentSums);
    clear(entrySums);
    const [leader] = ranked;
    const views = perView((view) => {
      if (!leader) return NOTHING;
      const opinion = throughView(questions, view, leader, terms[view], self[view]);
      const covered =
        (shares[leader.entry] ?? 0) === 0
          ? opinion.shared / (self[view] || 1)
          : sumFor(coverage.postings, coverTerms[view], leader.entry) / (wholes[view] || 1);
      return { ...opinion, coverage: covered };
    });
    const ways = entries[leader?.entry ?? -1]?.questions.length ?? 0;
    return { ranked, views, size: entries.length, length: query.chars.length, ways };
  }

  const frequency = (view: ViewName, text: string): number => frequencyIn(questions.postings, view, text);
  const corpus: Corpus = {
    questions: { total: documents.length, frequency, average: questions.average },
    entries: { total: entries.length, frequency: (view, text) => frequencyIn(coverage.postings, view, text) },
  };
  return { rank, frequency, corpus };
}

/** Questions and answer: how many texts speak for an entry. */
const sourcesOf = ({ questions, answer }: EntryViews): number => questions.length + (answer ? 1 : 0);

function rarestFirst(postings: Postings, terms: Readonly<Record<ViewName, readonly number[]>>): readonly number[] {
  const all = [...terms.chars, ...terms.pairs, ...terms.words, ...terms.ideas];
  return all.sort((a, b) => frequencyOf(postings, a) - frequencyOf(postings, b));
}

/** How much the query and the leader's best question share in one view alone. */
function throughView(
  { postings, selfBy }: Questions,
  view: ViewName,
  leader: Ranked,
  terms: readonly number[],
  querySelf: number,
): Omit<Opinion, 'coverage'> {
  const shared = leader.document < 0 ? 0 : sumFor(postings, terms, leader.document);
  const questionSelf = selfBy[view][leader.document] ?? 0;
  return {
    ofQuestion: shared / (questionSelf || 1),
    dice: (2 * shared) / (querySelf + questionSelf || 1),
    shared,
  };
}

const sumFor = (postings: Postings, terms: readonly number[], target: number): number =>
  terms.reduce((total, term) => total + weightOf(postings, term, target), 0);

/** Keeps `best` sorted and at most k long; equal scores keep the order of the entries, so that results are stable. */
function insert(best: Ranked[], candidate: Ranked, k: number): void {
  const last = best[best.length - 1];
  if (best.length === k && last && !beats(candidate, last)) return;
  let at = best.length;
  while (at > 0 && beats(candidate, best[at - 1] ?? candidate)) at -= 1;
  best.splice(at, 0, candidate);
  if (best.length > k) best.pop();
}

const beats = (a: Ranked, b: Ranked): boolean => a.score > b.score || (a.score === b.score && a.entry < b.entry);
