/** A message that a stopped worker left behind: whoever takes it up blames it only for what it did. */
import { StoreError } from '../../src/store/collection';
import type { MessageDoc } from '../../src/store/documents';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { createClock, MONDAY } from './clock';
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
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', outcome: 'answered', attempts: 1 });
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
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', outcome: 'answered', attempts: 1 });
  expect(houses.flatMap((house) => house.web.texts())).toEqual(['echo 你好']);
});

test('is tried by another worker once the lease of the try has run out', async () => {
  const store = await storeWithOneLeft();
  await store.messages.update({ _id: left._id }, { $set: { attempts: 1, trying: { by: 'dead', until: MONDAY + 30_000 } } });
  const house = await createHouse({ store, options: { worker: 'alive', exclusive: false } });
  await house.start();
  await new Promise(setImmediate);
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'received', attempts: 1 });
  for (let n = 0; n < 10; n += 1) {
    house.clock.advance(6_000);
    await new Promise(setImmediate);
  }
  await house.idle();
  expect(await store.messages.get(left._id)).toMatchObject({ status: 'done', attempts: 2 });
});
