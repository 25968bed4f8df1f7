/** The questions the desk could not answer, those that ask the same put together: what to teach next (S3-47). */
import { bare } from '../../knowledge/normalise';
import type { GapDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { Alike } from './alike';

const READ_AT_MOST = 5_000;

export type GapGroup = Readonly<{
  /** The wording most others are like, newest first among equals. */
  question: string;
  count: number;
  /** Customers, so that one who asks ten times is not ten. */
  customers: number;
  wordings: readonly string[];
  reasons: Readonly<Record<string, number>>;
  roles: readonly string[];
  /** Articles spoken of before, or given without helping. */
  topics: readonly string[];
  last: Date;
}>;

/** Newest `READ_AT_MOST` gaps since `since`, grouped, the most asked first. What `isKnown` says is answered by now is left out. */
export async function groupedGaps(
  store: Pick<Store, 'gaps'>,
  alike: Alike,
  options: Readonly<{ since?: Date; isKnown?: (question: string) => boolean }> = {},
): Promise<readonly GapGroup[]> {
  const { since, isKnown = () => false } = options;
  const gaps = await store.gaps.find(since ? { at: { $gte: since } } : {}, { sort: { at: -1 }, limit: READ_AT_MOST });
  const groups: GapDoc[][] = [];
  const byWording = new Map<string, GapDoc[]>();
  for (const gap of gaps) {
    const plain = bare(gap.question);
    if (plain === '' || isKnown(gap.question)) continue;
    const leader = alike.nearest(gap.question);
    const near = byWording.get(plain) ?? (leader === undefined ? undefined : groups[Number(leader)]);
    if (near) near.push(gap);
    else {
      alike.add(String(groups.length), gap.question);
      groups.push([gap]);
    }
    byWording.set(plain, near ?? groups.at(-1) ?? []);
  }
  return groups.map(summary).sort((a, b) => b.count - a.count || b.last.getTime() - a.last.getTime());
}

function summary(gaps: readonly GapDoc[]): GapGroup {
  const distinct = <T>(values: readonly (T | undefined)[]): readonly T[] => [...new Set(values.filter((value) => value !== undefined))];
  const reasons: Record<string, number> = {};
  for (const { reason } of gaps) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    question: gaps[0]?.question ?? '',
    count: gaps.length,
    customers: new Set(gaps.map(({ conversation }) => conversation)).size,
    wordings: distinct(gaps.map(({ question }) => question)),
    reasons,
    roles: distinct(gaps.map(({ role }) => role)),
    topics: distinct(gaps.flatMap(({ topic, article }) => [topic, article])),
    last: new Date(Math.max(...gaps.map(({ at }) => at.getTime()))),
  };
}
