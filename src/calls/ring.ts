/** Shows a call where its agent looks, as it rings and as it changes; found in the store, so it does not matter which process the PBX told. */
import type { CallView } from '../../adapters/calls';
import type { Desk } from '../../adapters/desk';
import type { Log, Scheduler } from '../conversation/deps';
import type { CallDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { Viewer } from './calls';

const LOOK_MS = 500;
/** Clocks of two machines may differ by so much. */
const OVERLAP_MS = 5_000;
const AT_MOST = 100;

export type RingDeps = Readonly<{
  store: Pick<Store, 'calls'>;
  desks: readonly Desk[];
  viewOf(call: CallDoc, viewer: Viewer): Promise<CallView>;
  now: () => number;
  scheduler: Scheduler;
  log: Log;
}>;

/** Looks again and again while somebody watches a desk that shows calls; returns what ends it. */
export function watchRinging({ store, desks, viewOf, now, scheduler, log }: RingDeps): () => Promise<void> {
  const showing = desks.filter(({ ring }) => ring !== undefined);
  /** The version of each call shown last; what is older than the overlap is forgotten. */
  const shown = new Map<string, Readonly<{ version: number; at: number }>>();
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const watched = showing.filter((desk) => desk.watched?.() !== false);
    if (watched.length === 0) return;
    const since = now() - OVERLAP_MS;
    const calls = await store.calls.find({ updatedAt: { $gte: new Date(since) } }, { sort: { updatedAt: 1 }, limit: AT_MOST });
    for (const call of calls) {
      if (shown.get(call._id)?.version === call.version) continue;
      shown.set(call._id, { version: call.version, at: now() });
      // The one at whom it rings sees the number; while it rings at nobody in particular, everybody sees it covered.
      const own = call.agent === null ? null : await viewOf(call, { id: call.agent, supervisor: false });
      const covered = await viewOf(call, null);
      for (const desk of watched) await desk.ring?.({ covered, ...(own && { own }) });
    }
    for (const [id, { at }] of shown) if (at < since - OVERLAP_MS) shown.delete(id);
  }

  const cancel = scheduler.every(LOOK_MS, () => {
    looking ??= look()
      .catch((error) => log.warn({ err: error }, 'calls cannot be shown just now'))
      .finally(() => {
        looking = null;
      });
  });
  return async () => {
    cancel();
    await looking;
  };
}
