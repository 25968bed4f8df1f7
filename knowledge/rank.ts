/** Scores every entry that shares a term with the query and keeps the best few, together with the signals the decision rests on. */
import { indexCoverage } from './coverage';
import { add, clear, createSums, type Postings, perView, tallyViews, weightOf } from './postings';
import { indexQuestions, knownTerms, likeness, type Questions, sumViews } from './questions';
import { VIEW_NAMES, type ViewName, type Views } from './tokenize';

/** How the two opinions mix: likeness to the best single question, coverage by the entry as a whole. */
const COVERAGE_SHARE = 0.5;

/** `entry` and `document` are positions (document -1: only the answer matched); `score` is 1 for the very same text, 0 for nothing shared. */
export type Ranked = Readonly<{ entry: number; document: number; score: number; likeness: number; coverage: number }>;
/** `weight` of an entry multiplies its score; 0 hides the entry. */
export type Weight = (entry: number) => number;
export type Ranking = Readonly<{ ranked: readonly Ranked[]; views: Readonly<Record<ViewName, Opinion>> }>;
/** What one view alone says of the entry that came first: how much it shares with the query, as a sum and as shares. */
export type Opinion = Readonly<{ ofQuestion: number; dice: number; shared: number; coverage: number }>;
const NOTHING: Opinion = { ofQuestion: 0, dice: 0, shared: 0, coverage: 0 };
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
    const wholes = coverage.wholeOf(tally);
    const whole = sumViews(wholes) || 1;
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
    const ranked: Ranked[] = [];
    let least = 0;
    for (let i = 0; i < entrySums.count; i += 1) {
      const entry = entrySums.touched[i] ?? 0;
      const covered = (entrySums.of[entry] ?? 0) / whole;
      const alike = bestLikeness[entry] ?? 0;
      const factor = weight ? weight(entry) : 1;
      const score = factor * ((1 - COVERAGE_SHARE) * alike + COVERAGE_SHARE * covered);
      // Most entries fall short; only the others are worth an object.
      if (score > 0 && score >= least) {
        insert(ranked, { entry, document: bestDocument[entry] ?? -1, score, likeness: alike, coverage: covered }, k);
        if (ranked.length === k) least = ranked[k - 1]?.score ?? 0;
      }
      bestLikeness[entry] = 0;
      bestDocument[entry] = -1;
    }
    clear(documentSums);
    clear(entrySums);
    const views = perView((view) => {
      if (!ranked[0]) return NOTHING;
      const covered = sumFor(coverage.postings, coverTerms[view], ranked[0].entry) / (wholes[view] || 1);
      return { ...throughView(questions, view, ranked[0], terms[view], self[view]), coverage: covered };
    });
    return { ranked, views };
  }

  return { rank };
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
