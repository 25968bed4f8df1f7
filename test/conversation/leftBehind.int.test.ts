/** A message that a stopped worker left behind: whoever takes it up blames it only for what it did. */
import { StoreError } from '../../src/store/collection';
import type { MessageDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { type Clock, createClock, MONDAY } from './clock';
import { createHouse } from './house';

const left: MessageDoc = {
  _id: 'web:main:m1',
  conversation: 'web:main:wang',
  direction: 'in',
  seq: null,
  at: new Date(MONDAY - 60_000),
  receivedAt: new Date(MONDAY - 60_000),
  author: 'customer',
  content: { kind: 'text', text: '你好' },
  status: 'received',
  attempts: 0,
  hash: 'h',
};

async function storeWithOneLeft(): Promise<Store> {
  const store = await createEmbeddedStore({ memory: true });
  await store.messages.insert(left);
  return store;
}

test('is not handed to a person because the store failed its only worker again and again', async () => {
  const store = await storeWithOneLeft();
  const away = new StoreError('unreachable', 'the store is away', { retryable: true });
  let failures = 5;
  const conversations: Store['conversations'] = {
    ...store.conversations,
    insert: (doc) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(away) : store.conversations.insert(doc);
    },
  };
  const house = await createHouse({ store: { ...store, conversations } });
  await house.start();
  for (let n = 0; n < 10; n += 1) {
    await new Promise(setImmediate);
    house.clock.advance(10_000);
  }
  await house.idle();
  expect(failures).toBeLessThan(0);
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', outcome: 'answered', attempts: 0 });
});

test('is tried by one worker at a time, however many find it, and answered once', async () => {
  const store = await storeWithOneLeft();
  const clock = createClock();
  const houses = await Promise.all(
    ['a', 'b', 'c', 'd'].map((worker) => createHouse({ store, clock, options: { worker, exclusive: false } })),
  );
  await Promise.all(houses.map((house) => house.start()));
  for (let n = 0; n < 10; n += 1) {
    await new Promise(setImmediate);
    clock.advance(6_000);
  }
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', outcome: 'answered', attempts: 0 });
  expect(houses.flatMap((house) => house.web.texts())).toEqual(['echo 你好']);
});

/** Another process that says that it lives for so many looks. */
function beating(store: Store, worker: string, clock: Clock) {
  let beat = 0;
  return () => store.workers.update({ _id: worker }, { $set: { beat: ++beat, at: new Date(clock.now()) } }, { upsert: true });
}

test('is tried by another worker at once when the one that tried it stopped', async () => {
  const store = await storeWithOneLeft();
  await store.messages.update({ _id: left._id }, { $set: { attempts: 1, trying: { by: 'dead', until: MONDAY + 30_000 } } });
  const house = await createHouse({ store, options: { worker: 'alive', exclusive: false } });
  await house.start();
  await house.idle();
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', attempts: 2 });
});

test('is tried by another worker once the try of one that lives has run out, and nobody is blamed', async () => {
  const store = await storeWithOneLeft();
  const clock = createClock();
  const beat = beating(store, 'slow', clock);
  await beat();
  await store.messages.update({ _id: left._id }, { $set: { attempts: 1, trying: { by: 'slow', until: MONDAY + 30_000 } } });
  const house = await createHouse({ store, clock, options: { worker: 'alive', exclusive: false } });
  await house.start();
  for (let n = 0; n < 20; n += 1) {
    await beat();
    clock.advance(1_000);
    await new Promise(setImmediate);
  }
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'received', attempts: 1 });
  for (let n = 0; n < 20; n += 1) {
    await beat();
    clock.advance(1_000);
    await new Promise(setImmediate);
  }
  await house.idle();
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', attempts: 1 });
});

test('is not taken from a worker that lives, however long it waits there, and is once that one stops', async () => {
  const store = await createEmbeddedStore({ memory: true });
  await store.messages.insert({ ...left, by: 'busy' });
  const clock = createClock();
  const beat = beating(store, 'busy', clock);
  await beat();
  const house = await createHouse({ store, clock, options: { worker: 'alive', exclusive: false } });
  await house.start();
  const wait = async (seconds: number, alive: boolean) => {
    for (let n = 0; n < seconds; n += 1) {
      if (alive) await beat();
      clock.advance(1_000);
      await new Promise(setImmediate);
      await house.idle();
    }
  };
  await wait(40, true);
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'received', attempts: 0 });
  await wait(10, false);
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', attempts: 0 });
});

test('is taken up together with all that was left, unless it stopped a worker: then it is tried alone', async () => {
  const store = await createEmbeddedStore({ memory: true });
  const rows = Array.from({ length: 60 }, (_, n) => ({
    ...left,
    _id: `web:main:m${n}`,
    receivedAt: new Date(MONDAY - 60_000 + n),
    ...(n === 30 && { attempts: 1, trying: { by: 'dead', until: 0 } }),
  }));
  await store.messages.insertMany(rows);
  const saved: number[] = [];
  const conversations: Store['conversations'] = {
    ...store.conversations,
    async insert(doc) {
      saved.push(doc.seen.length);
      return store.conversations.insert(doc);
    },
    async change(filter, update) {
      const { seen } = (update.$set ?? {}) as { seen?: readonly unknown[] };
      if (seen) saved.push(seen.length);
      return store.conversations.change(filter, update);
    },
  };
  const house = await createHouse({ store: { ...store, conversations } });
  await house.start();
  await house.idle();
  expect(house.web.texts()).toEqual(rows.map(() => 'echo 你好'));
  expect(await store.messages.get('web:main:m30')).toMatchObject({ status: 'done', attempts: 2 });
  expect(await store.messages.get('web:main:m31')).toMatchObject({ status: 'done', attempts: 0 });
  expect(saved.length).toBeLessThan(15);
});

test('is handed to a person when it stopped a worker together with others and twice alone, and the others are not', async () => {
  const store = await createEmbeddedStore({ memory: true });
  const rows = [0, 0, 2].map((attempts, n) => {
    const receivedAt = new Date(MONDAY - 60_000 + n);
    return { ...left, _id: `web:main:m${n}`, receivedAt, attempts, trying: { by: 'dead', until: 0 } };
  });
  await store.messages.insertMany(rows);
  const house = await createHouse({ store });
  await house.start();
  await house.idle();
  const ended = await store.messages.find({ direction: 'in' }, { sort: { _id: 1 } });
  expect(ended.map(({ status, attempts }) => [status, attempts])).toEqual([
    ['done', 2],
    ['done', 2],
    ['dead', 3],
  ]);
});
