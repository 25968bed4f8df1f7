/** Chooses the store: MongoDB when there is one, else the data folder. */
import { createEmbeddedStore } from './embedded';
import { createMongoStore } from './mongo';
import type { Store } from './store';

export type StoreOptions = Readonly<{
  mongodbUri?: string | undefined;
  dataDir: string;
  /** Told once which store was opened. */
  log?: { info(details: object, message: string): void };
}>;

/** Resolves once the store can be read and written; rejects with a StoreError that says what to do. */
export async function openStore({ mongodbUri, dataDir, log }: StoreOptions): Promise<Store> {
  if (mongodbUri !== undefined && mongodbUri !== '') {
    const store = await createMongoStore({ uri: mongodbUri });
    log?.info({ store: 'mongodb', host: hostsOf(mongodbUri) }, 'store opened');
    return store;
  }
  const store = await createEmbeddedStore({ dir: dataDir });
  log?.info({ store: 'embedded', dir: dataDir }, 'store opened');
  return store;
}

/** The hosts alone: what stands before the @ is a secret. */
function hostsOf(uri: string): string {
  return uri.replace(/^[^:]+:\/\/(?:[^@/]*@)?([^/?]*).*$/, '$1');
}
