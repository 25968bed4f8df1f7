/** A clock that is set back: what was decided before is not kept waiting until it has caught up. */
import { createEmbeddedStore } from '../../src/store/embedded';
import { createClock } from './clock';
import { createHouse, says, unreachable } from './house';

const HOUR = 3_600_000;

test('a reply decided before the clock went back an hour is sent at once', async () => {
  const clock = createClock();
  let shift = 0;
  const house = await createHouse({
    clock,
    deps: {
      now: () => clock.now() + shift,
      crash: (point) => {
        if (point === 'saved') shift = -HOUR;
      },
    },
  });
  await house.accept(says('你好', 'm1'));
  await house.idle();
  expect(house.web.texts()).toEqual(['echo 你好']);
  expect(await house.audit()).toMatchObject({ answered: 1, pending: 0, outboxAgeMs: 0 });
});

test('what a stopped program left is taken up at once by the next, though its clock is an hour behind', async () => {
  const store = await createEmbeddedStore({ memory: true });
  const dead = await createHouse({ store, clock: createClock() });
  dead.web.refuse(unreachable(true));
  await dead.accept(says('你好', 'm1'));
  await dead.idle();
  await store.conversations.update({ _id: 'web:main:wang' }, { $set: { 'outbox.0.attempts': 0 } });
  const clock = createClock(dead.clock.now() - HOUR);
  const next = await createHouse({ store, clock });
  const stop = await next.start();
  await next.idle();
  expect(next.web.texts()).toEqual(['echo 你好']);
  await stop();
});
