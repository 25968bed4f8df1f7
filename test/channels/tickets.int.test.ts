import type { Address } from '../../dialogs/vocabulary';
import { createTicketFinder } from '../../src/channels/tickets';
import { createHouse, says } from '../conversation/house';

const wang: Address = { channel: 'web', account: 'main', user: 'wang' };

test('a channel finds the tickets of its customer, and nobody else’s', async () => {
  const house = await createHouse();
  await house.accept(says('ticket please', 'm1'));
  await house.idle();
  const finder = createTicketFinder(house.store);
  const [own] = await finder.of(wang);
  expect(own).toMatchObject({ customer: wang, number: expect.any(String), key: expect.stringMatching(/^web:main:m1:\d+$/) });
  expect(await finder.get(own?.number ?? '')).toEqual(own);
  expect([await finder.of({ ...wang, user: 'stranger' }), await finder.get('20200101-0001')]).toEqual([[], null]);
});
