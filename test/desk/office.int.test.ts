/** What desks may ask, over the whole house. */
import type { Budget } from '../../adapters/channel';
import { createOffice } from '../../src/desk/office';
import { createReach } from '../../src/desk/reach';
import { createHouse, says } from '../conversation/house';

const NUMBER = '20261123-0001';

async function givenATicket() {
  const house = await createHouse();
  await house.accept(says('ticket 收不到短信', 'm1'));
  await house.idle();
  const office = createOffice({
    store: house.store,
    conversations: house,
    phrases: () => ({ replies: [], results: [] }),
    departments: () => ['客服部'],
    now: house.clock.now,
    timeZone: () => 'Asia/Shanghai',
  });
  return { house, office };
}

describe('finding tickets', () => {
  test.each([NUMBER, '0001', '1', ' 01 '])("today's ticket is found by %j", async (text) => {
    const { office } = await givenATicket();
    expect((await office.tickets({ kind: 'find', text })).map(({ number }) => number)).toEqual([NUMBER]);
  });

  test.each(['2', '00010', '20261122-0001', '1x'])('another number finds nothing: %s', async (text) => {
    const { office } = await givenATicket();
    expect(await office.tickets({ kind: 'find', text })).toEqual([]);
  });

  test.each(['明秀', '明秀路小学'])('a ticket is found by the beginning of its school: %s', async (text) => {
    const { house, office } = await givenATicket();
    await house.store.tickets.update({ _id: NUMBER }, { $set: { 'slots.school': { raw: '明秀路小学', value: '明秀路小学' } } });
    expect((await office.tickets({ kind: 'find', text })).map(({ number }) => number)).toEqual([NUMBER]);
    expect(await office.tickets({ kind: 'find', text: `${text}三` })).toEqual([]);
  });

  test('of a conversation longer than what is shown, the end is shown', async () => {
    const { house, office } = await givenATicket();
    const line = (await house.store.messages.find({ direction: 'out' }, { limit: 1 }))[0];
    if (!line) throw new Error('nothing was answered');
    const later = Array.from({ length: 520 }, (_, n) => ({ ...line, _id: `later-${n}`, seq: 100 + n }));
    await house.store.messages.insertMany(later);
    const said = await office.transcript(NUMBER);
    expect([said.length, said.at(0)?.seq, said.at(-1)?.seq]).toEqual([500, 120, 619]);
  });

  test('a card names what nobody has told yet', async () => {
    const { office } = await givenATicket();
    const card = await office.ticket(NUMBER);
    const told = card?.fields.map(({ name }) => name) ?? [];
    expect(card?.missing).toContainEqual({ name: 'class', label: '班级' });
    expect(card?.missing.filter(({ name }) => told.includes(name))).toEqual([]);
  });
});

describe('what may still be sent to the customer', () => {
  const withBudget = async (budget: () => Promise<Budget | null>) => {
    const { house } = await givenATicket();
    const reach = createReach(new Map([['web', { budget }]]));
    return createOffice({
      store: house.store,
      conversations: house,
      departments: () => [],
      phrases: () => ({ replies: [], results: [] }),
      reach,
      now: house.clock.now,
      timeZone: () => 'UTC',
    });
  };

  test('stands on the card where the platform counts, also when it is nothing', async () => {
    expect(await (await withBudget(async () => ({ left: 2, until: 5 }))).ticket(NUMBER)).toMatchObject({ budget: { left: 2, until: 5 } });
    expect(await (await withBudget(async () => null)).ticket(NUMBER)).toMatchObject({ budget: null });
  });

  test('is left out when it cannot be known now, and the card is shown all the same', async () => {
    const card = await (await withBudget(() => Promise.reject(new Error('the store is away')))).ticket(NUMBER);
    expect([card?.number, card && 'budget' in card]).toEqual([NUMBER, false]);
  });
});
