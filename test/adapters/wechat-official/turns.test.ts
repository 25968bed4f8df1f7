/** Which way an answer goes is remembered of the latest messages only: a desk that runs for months sends without end. */
import { createTurns } from '../../../adapters/wechat-official/turns';

const MANY = 6_000;

test('what agents and timers say is forgotten after some thousand others, like any message', async () => {
  const turns = createTurns({ now: Date.now, retryWithin: 0 });
  for (let n = 0; n < MANY; n += 1) turns.call(`school:act${n}`);
  expect([await turns.wayOf('school:act0'), await turns.wayOf(`school:act${MANY - 1}`)]).toEqual([null, { kind: 'call' }]);
});

test('a message that is being answered is not forgotten, however many come', async () => {
  const turns = createTurns({ now: Date.now, retryWithin: 0 });
  const turn = turns.begin('school:first');
  for (let n = 0; n < MANY; n += 1) turns.end(turns.begin(`school:${n}`));
  expect(turns.begin('school:first')).toBe(turn);
});

test('one message that takes long keeps none of those behind it from being forgotten', async () => {
  const turns = createTurns({ now: Date.now, retryWithin: 0 });
  turns.begin('school:first');
  for (let n = 0; n < MANY; n += 1) turns.end(turns.begin(`school:${n}`));
  expect(await turns.wayOf('school:0')).toBeNull();
});
