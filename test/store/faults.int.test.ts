/** A MongoDB that goes away, answers late or is not primary: calls succeed or fail cleanly, never half, and work again afterwards. */
import { createMongoStore } from '../../src/store/mongo';
import type { Store } from '../../src/store/store';
import { type Mongod, NOT_PRIMARY, startMongod } from '../support/mongod/mongod';
import { conversation, message, ticket } from './documents';

let mongod: Mongod;
let store: Store;
beforeEach(async () => {
  mongod = await startMongod();
  store = await createMongoStore({ uri: mongod.uri, selectWithinMs: 1_500, answerWithinMs: 300 });
});
afterEach(async () => {
  await store.close();
  await mongod.stop();
});

const unreachable = { name: 'StoreError', code: 'unreachable', retryable: true };

test('a connection lost before an insert leaves nothing, and the same insert succeeds later', async () => {
  mongod.faults.next({ command: 'insert', drop: true });
  await expect(store.messages.insert(message('m1'))).rejects.toMatchObject(unreachable);
  expect(await store.messages.count({})).toBe(0);
  expect(await store.messages.insert(message('m1'))).toEqual({ inserted: true });
});

test('a connection lost after an insert was executed: trying again finds it there', async () => {
  mongod.faults.next({ command: 'insert', drop: true, after: true });
  await expect(store.messages.insert(message('m1'))).rejects.toMatchObject(unreachable);
  expect(await store.messages.insert(message('m1'))).toEqual({ inserted: false, existing: message('m1') });
});

test('a compare-and-set whose answer was lost is not applied twice', async () => {
  await store.conversations.insert(conversation('c1'));
  mongod.faults.next({ command: 'findAndModify', drop: true, after: true });
  const step = () => store.conversations.update({ _id: 'c1', version: 0 }, { $inc: { version: 1 } });
  await expect(step()).rejects.toMatchObject(unreachable);
  expect(await step()).toBeNull();
  expect((await store.conversations.get('c1'))?.version).toBe(1);
});

test.each(['insert', 'findAndModify', 'update', 'delete'])(
  'a server that is not primary refuses %s as retryable and executes nothing',
  async (command) => {
    await store.tickets.insert(ticket('T-1'));
    const calls: Record<string, () => Promise<unknown>> = {
      insert: () => store.tickets.insertMany([ticket('T-2')]),
      findAndModify: () => store.tickets.update({ _id: 'T-1' }, { $set: { status: 'closed' } }),
      update: () => store.tickets.updateMany({}, { $set: { status: 'closed' } }),
      delete: () => store.tickets.remove({}),
    };
    mongod.faults.next({ command, error: NOT_PRIMARY });
    await expect(calls[command]?.()).rejects.toMatchObject(unreachable);
    expect(await store.tickets.find({})).toEqual([ticket('T-1')]);
    await calls[command]?.();
    expect(await store.tickets.find({})).not.toEqual([ticket('T-1')]);
  },
);

test('a server that answers too late fails the call as retryable', async () => {
  mongod.faults.next({ command: 'findAndModify', delayMs: 2_000 });
  await expect(store.counters.update({ _id: 'n' }, { $inc: { value: 1 } }, { upsert: true })).rejects.toMatchObject(unreachable);
  expect(await store.counters.get('n')).toEqual({ _id: 'n', value: 1 });
});

test('a lost upsert race is tried again as an update', async () => {
  const lost = {
    code: 11000,
    codeName: 'DuplicateKey',
    errmsg: 'E11000 duplicate key error',
    keyPattern: { _id: 1 },
    keyValue: { _id: 'n' },
  };
  mongod.faults.next({ command: 'findAndModify', error: lost, after: true });
  expect(await store.counters.update({ _id: 'n' }, { $inc: { value: 1 } }, { upsert: true })).toEqual({ _id: 'n', value: 2 });
});

test('a server that stops in the middle of writes and returns: every acknowledged write is there, every other fails, and all works again', async () => {
  let stopped = false;
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  const write = (id: string) =>
    store.messages.insert(message(id)).then(
      () => acknowledged.push(id),
      (error) => failures.push(error),
    );
  const running = Array.from({ length: 20 }, async (_, lane) => {
    for (let n = 0; n < 20; n++) {
      if (lane === 0 && n === 5) {
        stopped = true;
        await mongod.stop();
      }
      await write(`${lane}-${n}`);
      // Before that a busy machine may be too slow for one of them.
      if (stopped && failures.length > 0) return;
    }
  });
  await Promise.all(running);
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) expect(failure).toMatchObject(unreachable);
  await expect(store.ping()).rejects.toMatchObject(unreachable);

  await mongod.restart();
  await store.ping();
  const kept = new Set((await store.messages.find({})).map((doc) => doc._id));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  expect(await store.messages.insert(message('later'))).toEqual({ inserted: true });
});

test('a cursor whose server goes away fails cleanly', async () => {
  await store.messages.insertMany(Array.from({ length: 150 }, (_, i) => message(`m${i}`)));
  mongod.faults.next({ command: 'getMore', drop: true });
  const walk = async () => {
    for await (const doc of store.messages.cursor({})) expect(doc._id).toMatch(/^m/);
  };
  await expect(walk()).rejects.toMatchObject(unreachable);
});

test('no server at all: the start fails in time and says what to check', async () => {
  const { uri } = mongod;
  await mongod.stop();
  await expect(createMongoStore({ uri, selectWithinMs: 200 })).rejects.toMatchObject({
    ...unreachable,
    message: expect.stringContaining('check MONGODB_URI'),
  });
});

test('every index of the schemas stands once the store is open', async () => {
  expect(mongod.log.filter((name) => name === 'createIndexes').length).toBeGreaterThanOrEqual(10);
  await store.tickets.insert(ticket('T-1', { key: 'e:0' }));
  expect(await store.tickets.insert(ticket('T-2', { key: 'e:0' }))).toMatchObject({ inserted: false });
});

test('a closed store refuses everything', async () => {
  await store.close();
  await expect(store.messages.get('m1')).rejects.toMatchObject({ code: 'closed' });
  await expect(store.ping()).rejects.toMatchObject({ code: 'closed' });
});
