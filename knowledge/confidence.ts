/** How sure we are that the first entry answers the question, and what follows from it. All thresholds stand here. */
import type { Ranking } from './rank';

export type Thresholds = Readonly<{ answer: number; clarify: number; alike: number }>;
export type Decision = 'answer' | 'clarify' | 'none';

/**
 * At or above `answer` the first entry is given as the answer; at or above `clarify` the customer chooses among the first three,
 * unless even the first scores less than `alike`: it may stand out clearly among entries that all have nothing to do with the question.
 */
export const THRESHOLDS: Thresholds = { answer: 0.66, clarify: 0.2, alike: 0.25 };

/** Logistic regression, fitted by `bench/fit.ts` (the material is named there). Refit after any change of the scores in `rank.ts`. */
const WEIGHTS = {
  lead: 3.32,
  clearance: 2.97,
  coverageLead: 2.96,
  charCoverage: 5.33,
  charOfQuestion: 3.04,
  length: 0.061,
  crowd: -0.811,
  knownLead: 0.938,
};
const BIAS = -1.41;

export type Signal = keyof typeof WEIGHTS;
export const SIGNALS = Object.keys(WEIGHTS) as readonly Signal[]; // keys of a literal above

/** How many of the first the signals compare: rank at least so many. */
export const COMPARED = 3;

// Longer questions say no more about themselves; larger bases were not measured.
const LONGEST = 30;
const LARGEST = 10_000;

/**
 * What the decision looks at: how much of the query and of our question is shared, and by how much the first stands out. The lead
 * over the third counts beside that over the second: two neighbours of one matter share most of their words. The more entries there
 * are and the shorter the question, the likelier is a resemblance by chance. An entry that knows many ways of asking rarely leads by
 * chance: the same lead says more, and nothing more where there is but one way.
 */
export function signalsOf({ ranked, views, size, length, ways }: Ranking): Readonly<Record<Signal, number>> {
  const [first, second, third] = ranked;
  const score = first?.score ?? 0;
  const lead = score - (second?.score ?? 0);
  return {
    lead,
    clearance: score - (third?.score ?? 0),
    coverageLead: (first?.coverage ?? 0) - (second?.coverage ?? 0),
    charCoverage: views.chars.coverage,
    charOfQuestion: views.chars.ofQuestion,
    length: Math.min(LONGEST, length),
    crowd: Math.log(Math.min(LARGEST, size)),
    knownLead: lead * Math.log(Math.max(1, ways)),
  };
}

/** Probability, 0…1, that the first entry is the right one. */
export function confidence(ranking: Ranking): number {
  if (ranking.ranked.length === 0) return 0;
  const signals = signalsOf(ranking);
  const sum = SIGNALS.reduce((total, name) => total + WEIGHTS[name] * signals[name], BIAS);
  return 1 / (1 + Math.exp(-sum));
}

export function decide(sure: number, score: number, thresholds: Thresholds): Decision {
  if (sure >= thresholds.answer) return 'answer';
  return sure >= thresholds.clarify && score >= thresholds.alike ? 'clarify' : 'none';
}
