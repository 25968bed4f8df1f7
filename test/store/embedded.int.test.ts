/** The embedded store under the contract, and what is its own: files, locks, compaction. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedStore } from '../../src/store/embedded';
import { storeContract } from './contract';

storeContract('in memory', async () => {
  const store = await createEmbeddedStore({ memory: true });
  return { store, close: () => store.close() };
});

storeContract('in a folder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'qiao-store-'));
  const store = await createEmbeddedStore({ dir });
  return {
    store,
    close: async () => {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
});
