import { createHouse, says, visitor } from './house';

test('a message is answered, the answer stands in the transcript and the log row is marked', async () => {
  const house = await createHouse();
  const accepted = await house.accept(says('你好', 'm1'));
  const replies = await house.settle(accepted, 1_000);
  await house.idle();
  expect(replies.map(({ reply }) => reply.text)).toEqual(['echo 你好']);
  expect(house.web.texts()).toEqual(['echo 你好']);
  const lines = await house.history(visitor(), 0);
  expect(lines.map(({ seq, author }) => [seq, author])).toEqual([
    [1, 'customer'],
    [2, 'bot'],
  ]);
  expect(await house.store.messages.get('web:main:m1')).toMatchObject({ status: 'done', outcome: 'answered', seq: 1 });
  expect(await house.store.conversations.get('web:main:wang')).toMatchObject({ outbox: [], seen: [], lease: null, outboxAt: null });
});
