/** Which of the processes on one store live: each says so again and again, so that what one of them is at is not taken for left behind. */
import type { Store } from '../store/store';
import type { Deps, Options } from './deps';
import type { Lease } from './draft';

export type Workers = Readonly<{
  /** Says that this worker lives, and looks who else does. */
  look(): Promise<void>;
  /** Whether another worker lives, as far as the last look tells. */
  live(worker: string): boolean;
  living(): readonly string[];
  /** Whether another worker may still be at what it has leased, although the lease ran out: it was heard of not long ago. */
  slow(worker: string): boolean;
  /** Whether a lease is another worker's still. */
  theirs(lease: Lease): boolean;
  /** Says that this worker ends. */
  leave(): Promise<void>;
}>;

const DAY = 24 * 60 * 60 * 1_000;

/** Alone on a store there is nobody to look for. */
export function createWorkers(deps: Pick<Deps, 'now'> & Readonly<{ store: Pick<Store, 'workers'> }>, options: Options): Workers {
  const { store, now } = deps;
  const { worker, exclusive, graceMs, leaseMs } = options;
  /** Whoever works on a conversation holds half of its lease at least: who is silent for longer is waited for no longer than the lease itself. */
  const patienceMs = Math.max(graceMs, leaseMs / 2);
  /** When a change of its beat was seen, by the clock here: clocks of machines differ. */
  const known = new Map<string, Readonly<{ beat: number; since: number }>>();
  let looked = 0;

  const heard = (one: string, withinMs: number): boolean => {
    const seen = known.get(one);
    return seen !== undefined && looked - seen.since < withinMs;
  };
  const live = (one: string): boolean => heard(one, graceMs);
  const slow = (one: string): boolean => heard(one, patienceMs);

  return {
    live,
    living: () => [...known.keys()].filter(live),
    slow,
    theirs: (lease) => lease !== null && !exclusive && lease.owner !== worker && (lease.until > now() || slow(lease.owner)),
    async look() {
      if (exclusive) return;
      const at = new Date(now());
      await store.workers.update({ _id: worker }, { $inc: { beat: 1 }, $set: { at } }, { upsert: true });
      const all = await store.workers.find({ _id: { $ne: worker } });
      looked = now();
      for (const row of all) {
        const before = known.get(row._id);
        if (before?.beat === row.beat) continue;
        // Seen for the first time it may be dead for long: then only its own clock tells.
        known.set(row._id, { beat: row.beat, since: before ? looked : Math.min(looked, row.at.getTime()) });
      }
      const there = new Set(all.map(({ _id }) => _id));
      for (const one of known.keys()) if (!there.has(one)) known.delete(one);
      if (all.some((row) => looked - row.at.getTime() > DAY)) await store.workers.remove({ at: { $lt: new Date(looked - DAY) } });
    },
    async leave() {
      if (!exclusive) await store.workers.remove({ _id: worker });
    },
  };
}
