/** The school directory as the store has it, rebuilt when it was changed there. */
import type { Instant } from '../../dialogs/vocabulary';
import type { SchoolDoc } from '../store/documents';
import { type Fresh, fresh } from '../store/fresh';
import type { Store } from '../store/store';

/** `size` is 0 where no directory exists: then no school is "unverified". */
export type Schools<D> = Readonly<{ directory: D; size: number }>;

const REFRESH_MS = 30_000;

export function createSchools<D>(
  store: Pick<Store, 'schools'>,
  createDirectory: (schools: readonly SchoolDoc[]) => D,
  now: () => Instant,
): Fresh<Schools<D>> {
  let last: { list: string; schools: Schools<D> } | undefined;
  return fresh(now, REFRESH_MS, async () => {
    const rows = await store.schools.find({}, { sort: { _id: 1 } });
    // Building an index over thousands of names costs more than comparing them.
    const list = JSON.stringify(rows);
    if (last?.list !== list) last = { list, schools: { directory: createDirectory(rows), size: rows.length } };
    return last.schools;
  });
}
