/** Channels' notes in the store: one document a note, written only over the version that was read. */
import type { Notebook } from '../../adapters/notebook';
import type { ChannelName } from '../../dialogs/vocabulary';
import type { Store } from '../store/store';

export function createNotebook(store: Pick<Store, 'notes'>, channel: ChannelName, now: () => number = Date.now): Notebook {
  const idOf = (key: string): string => `${channel}:${key}`;
  return {
    async read(key) {
      const note = await store.notes.get(idOf(key));
      return note && { value: note.value, version: note.version };
    },
    async write(key, value, version) {
      const updatedAt = new Date(now());
      if (version === null) return (await store.notes.insert({ _id: idOf(key), version: 1, value, updatedAt })).inserted;
      return store.notes.change({ _id: idOf(key), version }, { $set: { value, updatedAt }, $inc: { version: 1 } });
    },
    async forget(key) {
      await store.notes.remove({ _id: idOf(key) });
    },
  };
}
