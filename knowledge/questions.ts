/** How like a customer's question is to each question written down: BM25 over all views, made independent of length. */
import { type Behind, collect, frequencyIn, NOTHING_BEHIND, type Postings, pack, perView, type Tallied } from './postings';
import { VIEW_NAMES, type ViewName, type Views } from './tokenize';

/** How much each view counts. Characters are the steadiest view of Chinese; pairs and words sharpen the order, ideas bridge synonyms. */
export const VIEW_WEIGHTS: Readonly<Record<ViewName, number>> = { chars: 1, pairs: 0.3, words: 0.5, ideas: 0.8 };

// Questions are short: repetition says little (K1) and length is mostly handled by the score itself (B).
const K1 = 0.6;
const B = 0.3;
// Share of the query in what a score is measured against. More than half: an unmatched word of the customer's weighs more than one of ours.
const QUERY_SHARE = 0.65;

export type Questions = Readonly<{
  postings: Postings;
  /** What each question scores against itself, in all views together and in each alone. */
  self: Float32Array;
  selfBy: Readonly<Record<ViewName, Float32Array>>;
  /** What a query scores against itself, per view. */
  selfOf: (query: Tallied) => Readonly<Record<ViewName, number>>;
  /** How long a question is on average, per view. */
  average: Lengths;
}>;
export type Lengths = Readonly<Record<ViewName, number>>;

export const idf = (frequency: number, total: number): number => Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));

/** 1 when query and question are the same, 0 when they share nothing. */
export const likeness = (sum: number, querySelf: number, questionSelf: number): number =>
  sum / (QUERY_SHARE * querySelf + (1 - QUERY_SHARE) * questionSelf || 1);

/** `behind` is the index these questions are added to: rarity is judged over both, and lengths against its average. */
export function indexQuestions(
  documents: readonly Views[],
  tallies: readonly Tallied[],
  behind: Behind & Readonly<{ average?: Lengths }> = NOTHING_BEHIND,
): Questions {
  const total = documents.length + behind.total;
  const average =
    behind.average ??
    perView((view) => Math.max(1, documents.reduce((sum, document) => sum + document[view].length, 0) / Math.max(1, documents.length)));
  const impact = (view: ViewName, frequency: number, count: number, length: number): number =>
    (VIEW_WEIGHTS[view] * idf(frequency, total) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / average[view]));
  const selfBy = perView(() => new Float32Array(documents.length));
  const postings = pack(
    collect(tallies),
    (view, frequency, document, count) => {
      const weight = impact(view, frequency, count, documents[document]?.[view].length ?? 0);
      selfBy[view][document] = (selfBy[view][document] ?? 0) + weight;
      return weight;
    },
    behind,
  );
  const self = new Float32Array(documents.length).map((_zero, document) =>
    VIEW_NAMES.reduce((sum, view) => sum + (selfBy[view][document] ?? 0), 0),
  );
  function selfOf(query: Tallied): Readonly<Record<ViewName, number>> {
    return perView((view) => {
      let length = 0;
      for (const count of query[view].values()) length += count;
      let sum = 0;
      for (const [text, count] of query[view]) {
        sum += impact(view, frequencyIn(postings, view, text) + behind.frequency(view, text), count, length);
      }
      return sum;
    });
  }
  return { postings, self, selfBy, selfOf, average };
}

/** The numbers of those terms of a query that the index knows, view by view. A plain loop: flatMap here took a quarter of the ranking. */
export const knownTerms = (postings: Postings, query: Tallied): Readonly<Record<ViewName, readonly number[]>> =>
  perView((view) => {
    const known: number[] = [];
    for (const text of query[view].keys()) {
      const term = postings.terms[view].get(text);
      if (term !== undefined) known.push(term);
    }
    return known;
  });

export const sumViews = (values: Readonly<Record<ViewName, number>>): number => VIEW_NAMES.reduce((sum, view) => sum + values[view], 0);
