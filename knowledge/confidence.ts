/** How sure we are that the first entry answers the question, and what follows from it. All thresholds stand here. */
import type { Ranking } from './rank';

export type Thresholds = Readonly<{ answer: number; clarify: number }>;
export type Decision = 'answer' | 'clarify' | 'none';

/** At or above `answer` the first entry is given as the answer; at or above `clarify` the customer chooses among the first three. */
export const THRESHOLDS: Thresholds = { answer: 0.6, clarify: 0.2 };

/**
 * Logistic regression on five labelled sets at once (weight in brackets): a general and a customer-service question set whole (1, 1)
 * and cut down to 600 and 200 entries (1, 1), and the first drafts of our own articles asked their mustMatch questions, a third of
 * them again with the right article hidden (2). 4,000 Adam steps, L2 1e-4. Refit after any change of the scores in `rank.ts`.
 */
const WEIGHTS = {
  likeness: -5.29,
  charOfQuestion: 4.43,
  charCoverage: 3.95,
  wordCoverage: 0.39,
  ideaDice: 0.91,
  shared: 0.48,
  margin: 2.15,
  lead: 2.51,
  diceLead: 2.88,
};
const BIAS = -5.57;

export type Signal = keyof typeof WEIGHTS;
export const SIGNALS = Object.keys(WEIGHTS) as readonly Signal[]; // keys of a literal above

/** What the decision looks at: how much of the query and of our question is shared, and the lead over the next entry. */
export function signalsOf({ ranked, views }: Ranking): Readonly<Record<Signal, number>> {
  const first = ranked[0];
  const score = first?.score ?? 0;
  const margin = score - (ranked[1]?.score ?? 0);
  const lead = score > 0 ? margin / score : 0;
  return {
    likeness: first?.likeness ?? 0,
    charOfQuestion: views.chars.ofQuestion,
    charCoverage: views.chars.coverage,
    wordCoverage: views.words.coverage,
    ideaDice: views.ideas.dice,
    shared: Math.log(1 + views.chars.shared),
    margin,
    lead,
    diceLead: lead * views.chars.dice,
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
