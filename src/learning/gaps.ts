/** The questions the desk could not answer, those that ask the same put together: what to teach next (S3-47). */
import { bare } from '../../knowledge/normalise';
import type { GapDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { AlikeAmong } from './alike';
import { type Pause, withoutPause } from './pace';

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
  /** Articles spoken of before, given without helping, or offered without being picked. */
  topics: readonly string[];
  last: Date;
}>;

/** Newest `READ_AT_MOST` gaps since `since`, grouped, the most asked first. What `isKnown` says is answered by now is left out. */
export async function groupedGaps(
  store: Pick<Store, 'gaps'>,
  alikeAmong: AlikeAmong,
  options: Readonly<{ since?: Date; isKnown?: (question: string) => boolean; pause?: Pause }> = {},
): Promise<readonly GapGroup[]> {
  const { since, isKnown = () => false, pause = withoutPause } = options;
  const gaps = await store.gaps.find(since ? { at: { $gte: since } } : {}, { sort: { at: -1 }, limit: READ_AT_MOST });
  const byWording = new Map<string, GapDoc[]>();
  for (const gap of gaps) {
    const plain = bare(gap.question);
    if (plain !== '') byWording.set(plain, [...(byWording.get(plain) ?? []), gap]);
  }
  const alike = alikeAmong([...byWording].map(([id, [newest]]) => ({ id, question: newest?.question ?? '' })));
  const groups = new Map<string, GapDoc[]>();
  for (const [plain, same] of byWording) {
    await pause();
    const question = same[0]?.question ?? '';
    if (isKnown(question)) continue;
    const leader = alike.nearest(question);
    const near = leader === undefined ? undefined : groups.get(leader);
    if (near) near.push(...same);
    else {
      alike.see(plain);
      groups.set(plain, [...same]);
    }
  }
  return [...groups.values()].map(summary).sort((a, b) => b.count - a.count || b.last.getTime() - a.last.getTime());
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
    topics: distinct(gaps.flatMap(({ topic, article, offered = [] }) => [topic, article, ...offered])),
    last: new Date(Math.max(...gaps.map(({ at }) => at.getTime()))),
  };
}
