/** How much of a customer's question an entry speaks of anywhere: in any of its questions, or less surely in its answer. Entries given no questions are left out. */
import { type Behind, collect, frequencyIn, NOTHING_BEHIND, type Postings, pack, perView, type Tallied } from './postings';
import { idf, VIEW_WEIGHTS } from './questions';
import type { ViewName } from './tokenize';

// A term in one of fourteen of an entry's questions already counts half; in all of them, whole.
const HALF_SHARE = 0.07;
const IN_ANSWER_ONLY = 0.15;

export type Coverage = Readonly<{
  postings: Postings;
  /** The rarity of all terms of a query together, per view: what a full coverage would sum to. */
  wholeOf: (query: Tallied) => Readonly<Record<ViewName, number>>;
}>;
export type EntryTallies = Readonly<{ questions: readonly Tallied[]; answer?: Tallied | undefined; answerWorth?: number }>;

export function indexCoverage(entries: readonly EntryTallies[], behind: Behind = NOTHING_BEHIND): Coverage {
  const total = entries.length + behind.total;
  const strengths = entries.map(({ questions, answer, answerWorth = IN_ANSWER_ONLY }) =>
    perView((view) => {
      const counts = new Map<string, number>();
      for (const question of questions) for (const term of question[view].keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
      for (const [term, count] of counts) {
        const share = count / questions.length;
        counts.set(term, (share * (1 + HALF_SHARE)) / (share + HALF_SHARE));
      }
      for (const term of answer?.[view].keys() ?? []) if (!counts.has(term)) counts.set(term, answerWorth);
      return counts;
    }),
  );
  const postings = pack(
    collect(strengths),
    (view, frequency, _entry, strength) => VIEW_WEIGHTS[view] * idf(frequency, total) * strength,
    behind,
  );
  const wholeOf = (query: Tallied): Readonly<Record<ViewName, number>> =>
    perView((view) => {
      let whole = 0;
      for (const text of query[view].keys()) {
        whole += VIEW_WEIGHTS[view] * idf(frequencyIn(postings, view, text) + behind.frequency(view, text), total);
      }
      return whole;
    });
  return { postings, wholeOf };
}
