/** The store on MongoDB under the contract: always against the test server over TCP, and on a real one when there is one. */
import { randomUUID } from 'node:crypto';
import { createConnection } from 'mongoose';
import { createMongoStore } from '../../src/store/mongo';
import { startMongod } from '../support/mongod/mongod';
import { storeContract } from './contract';

storeContract('MongoDB over TCP', async () => {
  const mongod = await startMongod();
  const store = await createMongoStore({ uri: mongod.uri });
  return {
    store,
    close: async () => {
      await store.close();
      await mongod.stop();
    },
  };
});

const { MONGODB_URI } = process.env;
if (MONGODB_URI) {
  storeContract('the MongoDB of MONGODB_URI', async () => {
    const url = new URL(MONGODB_URI);
    url.pathname = `/qiao-test-${randomUUID()}`; // a database of its own, whatever the address names
    const uri = url.toString();
    const store = await createMongoStore({ uri });
    return {
      store,
      close: async () => {
        await store.close();
        const connection = await createConnection(uri).asPromise();
        await connection.dropDatabase();
        await connection.close();
      },
    };
  });
}
