/** Scores every entry that shares a term with the query and keeps the best few, together with the signals the decision rests on. */
import { indexCoverage } from './coverage';
import { add, clear, createSums, perView, tallyViews, weightOf } from './postings';
import { indexQuestions, knownTerms, likeness, sumViews } from './questions';
import { VIEW_NAMES, type ViewName, type Views } from './tokenize';

/** How the two opinions mix: likeness to the best single question, coverage by the entry as a whole. */
const COVERAGE_SHARE = 0.5;
/** Agreement of the views is asked of this many leading entries. */
const LEADERS = 10;

/** `entry` and `document` are positions (document -1: only the answer matched); `score` is 1 for the very same text, 0 for nothing shared. */
export type Ranked = Readonly<{ entry: number; document: number; score: number; likeness: number; coverage: number }>;
/** `weight` of an entry multiplies its score; 0 hides the entry. */
export type Weight = (entry: number) => number;
/** `bestBy`: the leader that each view alone would put first, -1 when it sees none. */
export type Ranking = Readonly<{ ranked: readonly Ranked[]; bestBy: Readonly<Record<ViewName, number>> }>;
export type Ranker = Readonly<{ rank: (query: Views, k: number, weight?: Weight) => Ranking }>;
/** One entry cut into terms: each of its questions, and the answer when that may be searched too. */
export type EntryViews = Readonly<{ questions: readonly Views[]; answer?: Views }>;

/** Accumulators are shared between searches: a search never waits, so no two overlap. */
export function createRanker(entries: readonly EntryViews[]): Ranker {
  const documents = entries.flatMap(({ questions }) => questions);
  const entryOf = Int32Array.from(entries.flatMap(({ questions }, entry) => questions.map(() => entry)));
  const tallies = documents.map(tallyViews);
  const questions = indexQuestions(documents, tallies);
  let first = 0;
  const coverage = indexCoverage(
    entries.map((entry) => {
      const own = tallies.slice(first, first + entry.questions.length);
      first += entry.questions.length;
      return { questions: own, ...(entry.answer && { answer: tallyViews(entry.answer) }) };
    }),
  );
  const documentSums = createSums(documents.length);
  const entrySums = createSums(entries.length);
  const bestLikeness = new Float32Array(entries.length);
  const bestDocument = new Int32Array(entries.length).fill(-1);

  function rank(query: Views, k: number, weight?: Weight): Ranking {
    const tally = tallyViews(query);
    const terms = knownTerms(questions.postings, tally);
    const coverTerms = knownTerms(coverage.postings, tally);
    for (const view of VIEW_NAMES) {
      for (const term of terms[view]) add(questions.postings, term, documentSums);
      for (const term of coverTerms[view]) add(coverage.postings, term, entrySums);
    }
    const self = questions.selfOf(tally);
    const whole = coverage.wholeOf(tally) || 1;
    const querySelf = sumViews(self);
    for (let i = 0; i < documentSums.count; i += 1) {
      const document = documentSums.touched[i] ?? 0;
      const entry = entryOf[document] ?? 0;
      const alike = likeness(documentSums.of[document] ?? 0, querySelf, questions.self[document] ?? 0);
      if (alike > (bestLikeness[entry] ?? 0)) {
        bestLikeness[entry] = alike;
        bestDocument[entry] = document;
      }
    }
    const leaders: Ranked[] = [];
    for (let i = 0; i < entrySums.count; i += 1) {
      const entry = entrySums.touched[i] ?? 0;
      const covered = (entrySums.of[entry] ?? 0) / whole;
      const alike = bestLikeness[entry] ?? 0;
      const factor = weight ? weight(entry) : 1;
      const score = factor * ((1 - COVERAGE_SHARE) * alike + COVERAGE_SHARE * covered);
      if (factor > 0)
        insert(leaders, { entry, document: bestDocument[entry] ?? -1, score, likeness: alike, coverage: covered }, Math.max(k, LEADERS));
      bestLikeness[entry] = 0;
      bestDocument[entry] = -1;
    }
    clear(documentSums);
    clear(entrySums);
    const bestBy = perView((view) => favourite(view, leaders.slice(0, LEADERS), terms[view], self[view]));
    return { ranked: leaders.slice(0, k), bestBy };
  }

  /** Which leader one view alone would put first. */
  function favourite(view: ViewName, leaders: readonly Ranked[], terms: readonly number[], querySelf: number): number {
    let best = 0;
    let found = -1;
    for (const { entry, document } of leaders) {
      if (document < 0) continue;
      const sum = terms.reduce((total, term) => total + weightOf(questions.postings, term, document), 0);
      const alike = likeness(sum, querySelf, questions.selfBy[view][document] ?? 0);
      if (alike > best) {
        best = alike;
        found = entry;
      }
    }
    return found;
  }
  return { rank };
}

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
