/** A ranker that grows: what was added later stands in a small index beside the large one, built anew with each change in milliseconds. */
import { createRanker, type EntryViews, type Ranker, type Ranking, type Weight } from './rank';
import type { ViewName, Views } from './tokenize';

export type Growing = Readonly<{
  rank: Ranker['rank'];
  frequency: Ranker['frequency'];
  /** Replaces what was added after the start: position n of these is entry `size of the start + n`. */
  beside(entries: readonly EntryViews[]): void;
}>;

export function createGrowing(start: readonly EntryViews[]): Growing {
  const base = createRanker(start);
  let added: Ranker | null = null;

  /** The best of both; the signals are those of the index that holds the leader. */
  function rank(query: Views, k: number, weight?: Weight): Ranking {
    const old = base.rank(query, k, weight);
    if (!added) return old;
    const later = added.rank(query, k, weight && ((entry) => weight(entry + start.length)));
    const moved = later.ranked.map((one) => ({ ...one, entry: one.entry + start.length }));
    const ranked = [...old.ranked, ...moved].sort((a, b) => b.score - a.score || a.entry - b.entry).slice(0, k);
    const leads = (ranked[0]?.entry ?? 0) >= start.length;
    const { views, ways } = leads ? later : old;
    return { ranked, views, size: old.size + later.size, length: old.length, ways };
  }

  return {
    rank,
    frequency: (view: ViewName, term: string) => base.frequency(view, term) + (added?.frequency(view, term) ?? 0),
    beside(entries) {
      added = entries.length === 0 ? null : createRanker(entries, base.corpus);
    },
  };
}
