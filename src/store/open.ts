/** Chooses the store: MongoDB when there is one, else the data folder. */
import { createEmbeddedStore, type StoreLog } from './embedded';
import type { Durability } from './embedded/journal';
import { createMongoStore } from './mongo';
import type { Store } from './store';

export type StoreOptions = Readonly<{
  mongodbUri?: string | undefined;
  dataDir: string;
  /** Of the embedded store: whether acknowledged writes outlive only the process or the machine too, which is the default. */
  durability?: Durability;
  /** Told once which store was opened, and what is to be mended in it. */
  log?: StoreLog & { info(details: object, message: string): void };
}>;

/** Resolves once the store can be read and written; rejects with a StoreError that says what to do. */
export async function openStore({ mongodbUri, dataDir, durability, log }: StoreOptions): Promise<Store> {
  if (mongodbUri !== undefined && mongodbUri !== '') {
    const store = await createMongoStore({ uri: mongodbUri });
    log?.info({ store: 'mongodb', host: hostsOf(mongodbUri) }, 'store opened');
    return store;
  }
  const store = await createEmbeddedStore({ dir: dataDir, ...(durability !== undefined && { durability }), ...(log && { log }) });
  log?.info({ store: 'embedded', dir: dataDir }, 'store opened');
  return store;
}

/** The hosts alone: what stands before the @ is a secret. */
function hostsOf(uri: string): string {
  return uri.replace(/^[^:]+:\/\/(?:[^@/]*@)?([^/?]*).*$/, '$1');
}
