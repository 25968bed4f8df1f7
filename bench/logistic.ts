/** Logistic regression over the signals of rankings: what the weights of `knowledge/confidence.ts` are found by. */
import { SIGNALS, signalsOf } from '../knowledge/confidence';
import type { Ranking } from '../knowledge/rank';

/** `x` are the signals behind a 1 for the bias; `right` says whether the first entry answers the question. */
export type Sample = Readonly<{ x: readonly number[]; right: boolean }>;
/** The samples of a group share its weight. */
export type Group = Readonly<{ name: string; weight: number; samples: readonly Sample[] }>;

const ROUNDS = 30;
const L2 = 1e-3;

export function sampleOf(ranking: Ranking, right: (position: number) => boolean): Sample {
  const first = ranking.ranked[0];
  const signals = signalsOf(ranking);
  return { x: [1, ...SIGNALS.map((name) => signals[name])], right: first !== undefined && right(first.entry) };
}

export const probability = (weights: readonly number[], x: readonly number[]): number =>
  1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0)));

/** Mean surprise in nats: lower is better, 0.693 is a toss of a coin. */
export const surprise = (weights: readonly number[], samples: readonly Sample[]): number =>
  samples.reduce((sum, { x, right }) => sum - Math.log(right ? probability(weights, x) : 1 - probability(weights, x)), 0) / samples.length;

/**
 * Logistic regression by Newton's method: few signals, so each round solves one small linear system. `free` are the positions of the
 * weights to be found; the others stay as they stand in `start`.
 */
export function fit(groups: readonly Group[], start: readonly number[], free: readonly number[]): readonly number[] {
  const weights = [...start];
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient: number[] = free.map((at) => (at === 0 ? 0 : L2 * (weights[at] ?? 0)));
    const hessian: number[][] = free.map((_row, i) => free.map((_column, j) => (i === j ? L2 : 0)));
    for (const { weight, samples } of groups)
      for (const { x, right } of samples) {
        const p = probability(weights, x);
        const share = weight / samples.length;
        const own = free.map((at) => x[at] ?? 0);
        own.forEach((xi, i) => {
          gradient[i] = (gradient[i] ?? 0) + share * (p - (right ? 1 : 0)) * xi;
          const row = hessian[i] ?? [];
          own.forEach((xj, j) => {
            row[j] = (row[j] ?? 0) + share * p * (1 - p) * xi * xj;
          });
        });
      }
    solve(hessian, gradient).forEach((step, i) => {
      const at = free[i] ?? 0;
      weights[at] = (weights[at] ?? 0) - step;
    });
  }
  return weights;
}

/** Gaussian elimination; the matrix is positive definite, so no pivot vanishes. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  rows.forEach((pivot, at) => {
    const head = pivot[at] ?? 1;
    for (let i = 0; i <= rows.length; i += 1) pivot[i] = (pivot[i] ?? 0) / head;
    rows.forEach((row, other) => {
      const factor = row[at] ?? 0;
      if (other !== at) for (let i = 0; i <= rows.length; i += 1) row[i] = (row[i] ?? 0) - factor * (pivot[i] ?? 0);
    });
  });
  return rows.map((row) => row[rows.length] ?? 0);
}
