/** The store on a MongoDB: one node, a replica set or a sharded cluster, shared by any number of processes. */
import { createConnection } from 'mongoose';
import { StoreError } from './collection';
import { mongoCollection } from './mongo/collection';
import { storeError } from './mongo/errors';
import { collectionNames, schemas } from './schemas/all';
import { shapeOf } from './shape';
import type { Store } from './store';

export type MongoOptions = Readonly<{
  /** Names the database too: `mongodb://host:27017/qiao`. */
  uri: string;
  /** How long a call may look for a server before it fails as retryable, in milliseconds. */
  selectWithinMs?: number;
  /** How long a server may take to answer one command, in milliseconds. */
  answerWithinMs?: number;
}>;

/** Resolves once the server answers and every index stands; rejects with a StoreError. */
export async function createMongoStore({ uri, selectWithinMs = 5_000, answerWithinMs = 30_000 }: MongoOptions): Promise<Store> {
  const connection = createConnection();
  let closed = false;
  const guard = (): void => {
    if (closed) throw new StoreError('closed', 'The store is closed; open it again with openStore()', { retryable: false });
  };
  try {
    await connection.openUri(uri, {
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      ignoreUndefined: true,
      serverSelectionTimeoutMS: selectWithinMs,
      connectTimeoutMS: selectWithinMs,
      waitQueueTimeoutMS: selectWithinMs,
      socketTimeoutMS: answerWithinMs,
      // Indexes are awaited below, and a call on a lost server fails instead of waiting in memory.
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
    });
    const database = connection.getClient().db(connection.name);
    const opened = collectionNames.map((name) => {
      const model = connection.model(name, schemas[name]);
      return { name, model, collection: mongoCollection(shapeOf(name, schemas[name]), database.collection(name), guard) };
    });
    await Promise.all(opened.map(({ model }) => model.createIndexes()));
    return {
      // One collection for every name of Documents.
      ...(Object.fromEntries(opened.map(({ name, collection }) => [name, collection])) as unknown as Omit<Store, 'ping' | 'close'>),
      ping: async () => {
        guard();
        try {
          await database.command({ ping: 1 }); // looks for a primary, the only one that takes writes
        } catch (cause) {
          throw storeError('ping', cause);
        }
        return { unrewritten: [] };
      },
      close: async () => {
        closed = true;
        await connection.close();
      },
    };
  } catch (cause) {
    await connection.destroy().catch(() => undefined); // the first error is the one to tell
    throw storeError('start', cause);
  }
}
