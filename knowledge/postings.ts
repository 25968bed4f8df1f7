/** An inverted index packed into flat arrays: which targets hold a term, and what the term is worth to each. */
import { VIEW_NAMES, type ViewName, type Views } from './tokenize';

/** Targets of term t are `targets[starts[t] … starts[t + 1])` in ascending order, with their weights beside them. Terms of all views share one numbering. */
export type Postings = Readonly<{
  terms: Readonly<Record<ViewName, ReadonlyMap<string, number>>>;
  starts: Int32Array;
  targets: Int32Array;
  weights: Float32Array;
}>;
/** The targets holding one term, ascending, and how often (or how strongly) each does. */
export type Occurrences = { readonly targets: number[]; readonly counts: number[] };
/** What one occurrence of a term is worth: its view, in how many targets it stands, in which one and how often. */
export type Worth = (view: ViewName, frequency: number, target: number, count: number) => number;

/** What stands in an index behind this one, so that both agree on what is rare. */
export type Behind = Readonly<{ total: number; frequency: (view: ViewName, term: string) => number }>;
export const NOTHING_BEHIND: Behind = { total: 0, frequency: () => 0 };

/** Collects occurrences view by view; targets must come in ascending order. */
export function collect(targets: readonly ReadonlyMap<string, number>[]): Map<string, Occurrences> {
  const found = new Map<string, Occurrences>();
  targets.forEach((counts, target) => {
    for (const [term, count] of counts) {
      let list = found.get(term);
      if (!list) {
        list = { targets: [], counts: [] };
        found.set(term, list);
      }
      list.targets.push(target);
      list.counts.push(count);
    }
  });
  return found;
}

/** Packs the occurrences of all views, each weighed once, so that a search only adds. */
export function pack(
  byView: Readonly<Record<ViewName, ReadonlyMap<string, Occurrences>>>,
  worth: Worth,
  behind: Behind = NOTHING_BEHIND,
): Postings {
  let termCount = 0;
  let size = 0;
  for (const view of VIEW_NAMES) {
    termCount += byView[view].size;
    for (const list of byView[view].values()) size += list.targets.length;
  }
  const starts = new Int32Array(termCount + 1);
  const targets = new Int32Array(size);
  const weights = new Float32Array(size);
  let term = 0;
  let next = 0;
  const number = (view: ViewName): ReadonlyMap<string, number> => {
    const ids = new Map<string, number>();
    for (const [text, list] of byView[view]) {
      ids.set(text, term);
      const frequency = list.targets.length + behind.frequency(view, text);
      list.targets.forEach((target, at) => {
        targets[next] = target;
        weights[next] = worth(view, frequency, target, list.counts[at] ?? 0);
        next += 1;
      });
      term += 1;
      starts[term] = next;
    }
    return ids;
  };
  const terms = { chars: number('chars'), pairs: number('pairs'), words: number('words'), ideas: number('ideas') };
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
