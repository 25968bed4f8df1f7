/** A notebook in memory that holds to the contract: written only over the version that was read. */
import type { Note, Notebook } from '../../adapters/notebook';

export type MemoryNotebook = Notebook & Readonly<{ notes: Map<string, Note> }>;

export function memoryNotebook(): MemoryNotebook {
  const notes = new Map<string, Note>();
  return {
    notes,
    read: async (key) => notes.get(key) ?? null,
    async write(key, value, version) {
      if ((notes.get(key)?.version ?? null) !== version) return false;
      // As a store would: what comes back is a copy, and plain JSON.
      notes.set(key, { value: JSON.parse(JSON.stringify(value)), version: (version ?? 0) + 1 });
      return true;
    },
    async forget(key) {
      notes.delete(key);
    },
  };
}
