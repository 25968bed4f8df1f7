/** What is remembered of a customer, written by others while the conversation is in memory. */
import type { Slots } from '../../dialogs/vocabulary';
import { createHouse, plain, says } from './house';

test('whoever wrote before a directory was imported is known to it with the next word', async () => {
  const seen: Slots[] = [];
  const step: typeof plain.step = (state, event, rules) => {
    if (event.kind === 'received') seen.push(event.gathered.profile.slots);
    return plain.step(state, event, rules);
  };
  const house = await createHouse({ deps: { step }, options: { exclusive: true } });
  const hears = async (id: string) => house.settle(await house.accept(says('你好', id)), 1_000);
  await hears('m1');
  const name = { raw: '王小明', value: '王小明' };
  const at = new Date(0);
  await house.store.customers.insert({ _id: 'web:main:wang', slots: { name }, createdAt: at, updatedAt: at });
  await hears('m2');
  house.forgetProfiles();
  await hears('m3');
  expect(seen).toEqual([{}, {}, { name }]);
  await house.idle();
});
