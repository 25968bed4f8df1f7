/** How sure we are that the first entry answers the question, and what follows from it. All thresholds and weights stand here. */
import type { Ranking } from './rank';

export type Thresholds = Readonly<{ answer: number; clarify: number; alike: number }>;
export type Decision = 'answer' | 'clarify' | 'none';

/**
 * At or above `answer` the first entry is given as the answer; at or above `clarify` the customer chooses among the first three,
 * unless even the first scores less than `alike`: it may stand out clearly among entries that all have nothing to do with the question.
 */
export const THRESHOLDS: Thresholds = { answer: 0.68, clarify: 0.2, alike: 0.25 };
/**
 * Those of the desk's own articles. What people tell at length scores low against any article, and where every article knows dozens of
 * ways of asking the lead says whether it is the right one all the same.
 */
export const DESK_THRESHOLDS: Thresholds = { answer: 0.7, clarify: 0.15, alike: 0.12 };

export const SIGNALS = ['lead', 'clearance', 'coverageLead', 'charCoverage', 'charOfQuestion', 'length', 'crowd', 'knownLead'] as const;
export type Signal = (typeof SIGNALS)[number];
/** A logistic regression over the signals. */
export type Calibration = Readonly<{ bias: number; weights: Readonly<Record<Signal, number>> }>;

/** For any base of questions, fitted by `bench/fit.ts` (the material is named there). Refit after any change of the scores in `rank.ts`. */
export const ANY_BASE: Calibration = {
  bias: -2.28,
  weights: {
    lead: 4.1,
    clearance: 3.6,
    coverageLead: 2.44,
    charCoverage: 5.12,
    charOfQuestion: 2.52,
    length: 0.081,
    crowd: -0.69,
    knownLead: 0.83,
  },
};

/** For the desk's own articles, fitted by `bench/fitDesk.ts`; how many there are hardly changes, so that signal is left out. */
export const DESK_BASE: Calibration = {
  bias: -10.38,
  weights: {
    lead: 0.7,
    clearance: 9.63,
    coverageLead: 3.88,
    charCoverage: 6.53,
    charOfQuestion: 3.43,
    length: 0.25,
    crowd: 0,
    knownLead: 2.92,
  },
};

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
export function confidence(ranking: Ranking, { bias, weights }: Calibration): number {
  if (ranking.ranked.length === 0) return 0;
  const signals = signalsOf(ranking);
  const sum = SIGNALS.reduce((total, name) => total + weights[name] * signals[name], bias);
  return 1 / (1 + Math.exp(-sum));
}

export function decide(sure: number, score: number, thresholds: Thresholds): Decision {
  if (sure >= thresholds.answer) return 'answer';
  return sure >= thresholds.clarify && score >= thresholds.alike ? 'clarify' : 'none';
}
