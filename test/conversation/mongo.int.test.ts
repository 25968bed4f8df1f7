import { realTime } from '../../src/conversation/deps';
import { createMongoStore } from '../../src/store/mongo';
import type { Store } from '../../src/store/store';
import { type Mongod, startMongod } from '../support/mongod/mongod';
import { createHouse, type House, says, visitor } from './house';

let mongod: Mongod;
let stores: Store[];
let houses: House[];
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  mongod = await startMongod();
  stores = await Promise.all([1, 2].map(() => createMongoStore({ uri: mongod.uri, selectWithinMs: 1_000, answerWithinMs: 500 })));
  houses = await Promise.all(
    stores.map((store, n) =>
      createHouse({
        store,
        deps: { now: Date.now, scheduler: realTime },
        options: { worker: `w${n}`, exclusive: false, flushMs: 0, sweepMs: 50, graceMs: 300 },
      }),
    ),
  );
  stops = await Promise.all(houses.map((house) => house.start()));
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(stores.map((store) => store.close()));
  await mongod.stop();
});

const idle = async () => {
  for (const house of [...houses, ...houses]) await house.idle();
};

/** A platform that hears nothing sends again. */
async function resending(send: () => Promise<unknown> | undefined, times = 5): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (times === 0) throw error;
    await resending(send, times - 1);
  }
}

test('two processes on one database answer every message of one customer once, without a gap in the transcript', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => houses[n % 2]?.accept(says(n === 7 ? 'ticket x' : `m${n}`, `m${n}`))));
  await idle();
  const lines = (await houses[0]?.history(visitor(), 0)) ?? [];
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, n) => n + 1));
  expect(await houses[1]?.audit()).toMatchObject({ accepted: 20, lost: 0, pending: 0 });
  expect(await stores[0]?.tickets.count({})).toBe(1);
  const keys = houses.flatMap((house) => house.web.sent.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  ['insert', false],
  ['insert', true],
  ['findAndModify', false],
  ['findAndModify', true],
  ['update', true],
  ['find', false],
])('a connection lost at a command "%s" (done already: %s) loses nothing and opens no ticket twice', async (command, after) => {
  const [house] = houses;
  await house?.accept(says('hello', 'm0'));
  await idle();
  mongod.faults.next({ command, after, drop: true, times: 3 });
  for (const message of [says('ticket x', 'm1'), says('还有一件事', 'm2')]) {
    await resending(() => house?.accept(message));
  }
  mongod.faults.clear();
  await idle();
  expect(await house?.audit()).toMatchObject({ accepted: 3, lost: 0, pending: 0, deadLettered: 0 });
  const tickets = await stores[0]?.tickets.find({});
  expect(tickets?.map(({ events }) => events.map(({ kind }) => kind))).toEqual([['opened', 'message']]);
  expect(await stores[0]?.conversations.find({ outboxAt: { $ne: null } })).toEqual([]);
});
