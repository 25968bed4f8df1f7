import fc from 'fast-check';
import { createEmbeddedStore } from '../../src/store/embedded';
import { createClock } from './clock';
import { createHouse, plain, says, unreachable, visitor } from './house';

/** Several workers on one store, as several processes on one database are. */
async function workers(count: number) {
  const store = await createEmbeddedStore({ memory: true });
  const clock = createClock();
  const houses = await Promise.all(
    Array.from({ length: count }, (_, n) => createHouse({ store, clock, options: { worker: `w${n}`, exclusive: false } })),
  );
  const stops = await Promise.all(houses.map((house) => house.start()));
  /** Until nobody has anything left, with the sweeper's help. */
  const settle = async () => {
    for (let n = 0; n < 12; n += 1) {
      await Promise.all(houses.map((house) => house.idle()));
      clock.advance(6_000);
      await new Promise(setImmediate);
    }
    await Promise.all(houses.map((house) => house.idle()));
  };
  const texts = () => houses.flatMap((house) => house.web.texts());
  return { store, clock, houses, settle, texts, stop: () => Promise.all(stops.map((stop) => stop())) };
}

describe('two workers on one store', () => {
  test('answer every message of one customer exactly once and number the lines without a gap', async () => {
    const { store, houses, settle, texts, stop } = await workers(2);
    await Promise.all(Array.from({ length: 40 }, (_, n) => houses[n % 2]?.accept(says(`m${n}`, `m${n}`))));
    await settle();
    expect(texts().sort()).toEqual(Array.from({ length: 40 }, (_, n) => `echo m${n}`).sort());
    const lines = (await houses[0]?.history(visitor(), 0)) ?? [];
    expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 80 }, (_, n) => n + 1));
    expect(await houses[1]?.audit()).toMatchObject({ accepted: 40, answered: 40, lost: 0, pending: 0 });
    expect(await store.conversations.get('web:main:wang')).toMatchObject({ outbox: [], seen: [], lease: null });
    await stop();
  });

  test('accept the same delivery once, whichever of them it reaches', async () => {
    const { houses, settle, texts, stop } = await workers(2);
    const all = await Promise.all(houses.map((house) => house.accept(says('你好', 'm1'))));
    await settle();
    expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(texts()).toEqual(['echo 你好']);
    await stop();
  });

  test('a worker that died leaves its lease and its replies to the other', async () => {
    const { store, clock, houses, settle, stop } = await workers(1);
    const [alive] = houses;
    const dead = await createHouse({ store, clock: createClock(), options: { worker: 'dead', exclusive: false } });
    dead.web.refuse(unreachable(true));
    await dead.accept(says('a', 'm1'));
    await dead.idle();
    await store.conversations.update(
      { _id: 'web:main:wang' },
      { $set: { lease: { owner: 'dead', until: clock.now() + 30_000 } }, $inc: { version: 1 } },
    );
    await settle();
    expect(alive?.web.texts()).toEqual(['echo a']);
    await stop();
  });
});

describe('a lease that ran out', () => {
  const WANG = { _id: 'web:main:wang' };
  /** A reply that another worker has not sent yet, under a lease that runs out in a second. */
  async function held() {
    const store = await createEmbeddedStore({ memory: true });
    const clock = createClock();
    const slow = await createHouse({ store, clock: createClock(), options: { worker: 'slow', exclusive: false } });
    slow.web.refuse(unreachable(true));
    await slow.accept(says('a', 'm1'));
    await slow.idle();
    const lease = { owner: 'slow', until: clock.now() + 1_000 };
    await store.conversations.update(WANG, { $set: { lease }, $inc: { version: 1 } });
    return { store, clock };
  }

  test('is not taken while the worker that had it says that it lives, and is once it is silent', async () => {
    const { store, clock } = await held();
    let beat = 0;
    const says = () => store.workers.update({ _id: 'slow' }, { $set: { beat: ++beat, at: new Date(clock.now()) } }, { upsert: true });
    const waits = async (seconds: number, each: () => Promise<unknown>) => {
      for (let n = 0; n < seconds; n += 1) {
        await each();
        clock.advance(1_000);
        await new Promise(setImmediate);
        await new Promise(setImmediate);
      }
    };
    await says();
    const other = await createHouse({ store, clock, options: { worker: 'other', exclusive: false } });
    const stop = await other.start();
    await waits(60, says);
    expect([other.web.texts(), (await store.conversations.get(WANG._id))?.lease?.owner]).toEqual([[], 'slow']);
    await waits(30, async () => undefined);
    await other.idle();
    expect(other.web.texts()).toEqual(['echo a']);
    await stop();
  });

  test('and was renewed since another worker read it is not taken by that one', async () => {
    const { store, clock } = await held();
    const lease = { owner: 'slow', until: clock.now() + 60_000 };
    // The other has read the conversation, the lease runs out, and the one that has it renews it before the other writes.
    const step: typeof plain.step = (...given) => {
      clock.advance(2_000);
      void store.conversations.update(WANG, { $set: { lease } });
      return plain.step(...given);
    };
    const other = await createHouse({ store, clock, deps: { step }, options: { worker: 'other', exclusive: false } });
    await other.accept(says('b', 'm2'));
    await other.idle();
    const { lease: left, outbox } = (await store.conversations.get(WANG._id)) ?? {};
    expect([other.web.texts(), left, outbox?.map(({ id }) => id)]).toEqual([[], lease, ['web:main:m1:0', 'web:main:m2:0']]);
  });
});

test('whatever customers send in whatever order to whichever worker, nothing is lost, doubled or out of order', async () => {
  const word = fc.constantFrom('hello', 'ticket x', 'boom', 'quiet', 'twice', 'wake', 'calm', 'tickets');
  const message = fc.record({ user: fc.nat(3), text: word, worker: fc.nat(1), again: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 40 }), async (storm) => {
      const { store, houses, settle, stop } = await workers(2);
      await Promise.all(
        storm.flatMap(({ user, text, worker, again }, n) => {
          const one = says(text, `m${n}`, visitor(`u${user}`));
          return [houses[worker]?.accept(one), ...(again ? [houses[1 - worker]?.accept(one)] : [])];
        }),
      );
      await settle();
      const audit = await houses[0]?.audit();
      expect(audit).toMatchObject({ accepted: storm.length, lost: 0, pending: 0 });
      expect((audit?.answered ?? 0) + (audit?.queued ?? 0) + (audit?.merged ?? 0) + (audit?.deadLettered ?? 0)).toBe(storm.length);
      const sent = houses.flatMap((house) => house.web.sent);
      expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length);
      for (const { web } of houses) {
        for (const [user] of [0, 1, 2, 3].entries()) {
          const seqs = web.sent.filter(({ to }) => to.user === `u${user}`).map(({ seq }) => seq);
          expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
        }
      }
      const keys = (await store.tickets.find({})).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      await stop();
    }),
    { seed: 20261122, numRuns: 40 },
  );
});
