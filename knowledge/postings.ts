/** An inverted index packed into flat arrays: which targets hold a term, and what the term is worth to each. */
import { VIEW_NAMES, type ViewName, type Views } from './tokenize';

/** Targets of term t are `targets[starts[t] … starts[t + 1])` in ascending order, with their weights beside them. Terms of all views share one numbering. */
export type Postings = Readonly<{
  terms: Readonly<Record<ViewName, ReadonlyMap<string, number>>>;
  starts: Int32Array;
  targets: Int32Array;
  weights: Float32Array;
}>;
/**
 * Occurrence n says that target `targets[n]` holds term `numbers[n]` so often (or so strongly) as `counts[n]`; those of one view stand
 * together and end at `ends`. Flat, for a base of 10,000 has half a million of them.
 */
export type Occurrences = Readonly<{
  terms: Postings['terms'];
  numbers: readonly number[];
  targets: readonly number[];
  counts: readonly number[];
  ends: Readonly<Record<ViewName, number>>;
}>;
/** What one occurrence of a term is worth: its view, in how many targets it stands, in which one and how often. */
export type Worth = (view: ViewName, frequency: number, target: number, count: number) => number;

/** What stands in an index behind this one, so that both agree on what is rare. */
export type Behind = Readonly<{ total: number; frequency: (view: ViewName, term: string) => number }>;
export const NOTHING_BEHIND: Behind = { total: 0, frequency: () => 0 };

/** Collects occurrences view by view and numbers the terms. */
export function collect(tallies: readonly Tallied[]): Occurrences {
  const numbers: number[] = [];
  const targets: number[] = [];
  const counts: number[] = [];
  const ends = { chars: 0, pairs: 0, words: 0, ideas: 0 };
  let next = 0;
  const terms = perView((view) => {
    const known = new Map<string, number>();
    for (let target = 0; target < tallies.length; target += 1) {
      for (const [text, count] of tallies[target]?.[view] ?? []) {
        let number = known.get(text);
        if (number === undefined) {
          number = next;
          next += 1;
          known.set(text, number);
        }
        numbers.push(number);
        targets.push(target);
        counts.push(count);
      }
    }
    ends[view] = numbers.length;
    return known;
  });
  return { terms, numbers, targets, counts, ends };
}

/** Packs the occurrences of all views, each weighed once, so that a search only adds. */
export function pack(
  { terms, numbers, targets: held, counts, ends }: Occurrences,
  worth: Worth,
  behind: Behind = NOTHING_BEHIND,
): Postings {
  const termCount = VIEW_NAMES.reduce((sum, view) => sum + terms[view].size, 0);
  const starts = new Int32Array(termCount + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  const frequencies = starts.slice(1);
  if (behind.total > 0) {
    for (const view of VIEW_NAMES)
      for (const [text, number] of terms[view]) frequencies[number] = (frequencies[number] ?? 0) + behind.frequency(view, text);
  }
  for (let number = 0; number < termCount; number += 1) starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0);
  const free = starts.slice(0, termCount);
  const targets = new Int32Array(numbers.length);
  const weights = new Float32Array(numbers.length);
  let at = 0;
  for (const view of VIEW_NAMES) {
    for (; at < ends[view]; at += 1) {
      const number = numbers[at] ?? 0;
      const target = held[at] ?? 0;
      const place = free[number] ?? 0;
      free[number] = place + 1;
      targets[place] = target;
      weights[place] = worth(view, frequencies[number] ?? 0, target, counts[at] ?? 0);
    }
  }
  return { terms, starts, targets, weights };
}

/** What a term is worth to one target, 0 when the target does not hold it: binary search. */
export function weightOf({ starts, targets, weights }: Postings, term: number, target: number): number {
  let low = starts[term] ?? 0;
  let high = (starts[term + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = targets[middle] ?? 0;
    if (found === target) return weights[middle] ?? 0;
    if (found < target) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** How many targets hold a term. */
export const frequencyOf = ({ starts }: Postings, term: number): number => (starts[term + 1] ?? 0) - (starts[term] ?? 0);

/** The same by the term's text, 0 for one that no target holds. */
export function frequencyIn(postings: Postings, view: ViewName, text: string): number {
  const term = postings.terms[view].get(text);
  return term === undefined ? 0 : frequencyOf(postings, term);
}

/** Sums per target, and the targets that have one, so that a search clears only what it used. */
export type Sums = { readonly of: Float32Array; readonly touched: Int32Array; count: number };
export const createSums = (targets: number): Sums => ({ of: new Float32Array(targets), touched: new Int32Array(targets), count: 0 });

/** Adds a term's weights to its targets; unless `admit`, only to those that have a sum already. */
export function add({ starts, targets, weights }: Postings, term: number, sums: Sums, admit: boolean): void {
  const { of, touched } = sums;
  let { count } = sums;
  const end = starts[term + 1] ?? 0;
  for (let at = starts[term] ?? 0; at < end; at += 1) {
    const target = targets[at] ?? 0;
    const before = of[target] ?? 0;
    if (before === 0) {
      if (!admit) continue;
      touched[count] = target;
      count += 1;
    }
    of[target] = before + (weights[at] ?? 0);
  }
  sums.count = count;
}

export function clear(sums: Sums): void {
  for (let i = 0; i < sums.count; i += 1) sums.of[sums.touched[i] ?? 0] = 0;
  sums.count = 0;
}

export function tally(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** A small object with one value per view. */
export const perView = <T>(value: (view: ViewName) => T): Readonly<Record<ViewName, T>> => ({
  chars: value('chars'),
  pairs: value('pairs'),
  words: value('words'),
  ideas: value('ideas'),
});

export type Tallied = Readonly<Record<ViewName, ReadonlyMap<string, number>>>;
export const tallyViews = (views: Views): Tallied => perView((view) => tally(views[view]));
