/** Sessions that were ended before their time: on whatever process, a cookie that was signed out opens nothing any more. */
import type { EndedSessions } from '../../adapters/desk';
import type { Store } from '../store/store';

const PREFIX = 'desk-session:';
const AFTER = 'desk-session;';
/** Longer than any session lasts. */
const DAY = 24 * 60 * 60 * 1_000;

export function createEndedSessions(store: Pick<Store, 'notes'>, now: () => number): EndedSessions {
  return {
    async end(id) {
      const at = now();
      await store.notes.remove({ _id: { $gte: PREFIX, $lt: AFTER }, updatedAt: { $lt: new Date(at - DAY) } });
      await store.notes.insert({ _id: PREFIX + id, version: 1, value: true, updatedAt: new Date(at) });
    },
    has: async (id) => (await store.notes.get(PREFIX + id)) !== null,
  };
}
