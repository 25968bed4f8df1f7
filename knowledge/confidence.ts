/** How sure we are that the first entry answers the question, and what follows from it. All thresholds stand here. */
import type { Ranking } from './rank';

export type Thresholds = Readonly<{ answer: number; clarify: number }>;
export type Decision = 'answer' | 'clarify' | 'none';

/** At or above `answer` the first entry is given as the answer; at or above `clarify` the customer chooses among the first three. */
export const THRESHOLDS: Thresholds = { answer: 0.5, clarify: 0.15 };

export const SIGNALS = ['score', 'likeness', 'coverage', 'margin', 'lead', 'agreeChars', 'agreeWords'] as const;
export type Signal = (typeof SIGNALS)[number];

const WEIGHTS: Readonly<Record<Signal, number>> = {
  score: 4,
  likeness: 0,
  coverage: 0,
  margin: 6,
  lead: 0,
  agreeChars: 0.5,
  agreeWords: 0.5,
};
const BIAS = -4;

/** What the decision looks at: the first score, its lead over the next entry, and whether the views agree. */
export function signalsOf({ ranked, bestBy }: Ranking): Readonly<Record<Signal, number>> {
  const first = ranked[0];
  const score = first?.score ?? 0;
  const second = ranked[1]?.score ?? 0;
  return {
    score,
    likeness: first?.likeness ?? 0,
    coverage: first?.coverage ?? 0,
    margin: score - second,
    lead: score > 0 ? 1 - second / score : 0,
    agreeChars: first && bestBy.chars === first.entry ? 1 : 0,
    agreeWords: first && bestBy.words === first.entry ? 1 : 0,
  };
}

/** Probability, 0…1, that the first entry is the right one. */
export function confidence(ranking: Ranking): number {
  if (ranking.ranked.length === 0) return 0;
  const signals = signalsOf(ranking);
  const sum = SIGNALS.reduce((total, name) => total + WEIGHTS[name] * signals[name], BIAS);
  return 1 / (1 + Math.exp(-sum));
}

export function decide(sure: number, thresholds: Thresholds): Decision {
  if (sure >= thresholds.answer) return 'answer';
  return sure >= thresholds.clarify ? 'clarify' : 'none';
}
