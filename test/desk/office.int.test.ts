/** What desks may ask, over the whole house. */
import { createOffice } from '../../src/desk/office';
import { createHouse, says } from '../conversation/house';

const NUMBER = '20261123-0001';

async function givenATicket() {
  const house = await createHouse();
  await house.accept(says('ticket 收不到短信', 'm1'));
  await house.idle();
  const office = createOffice({
    store: house.store,
    conversations: house,
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
