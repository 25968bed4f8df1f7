/** A complaint is told before there is a ticket, and again when it has one: supervisors are called once. */
import { pagedBefore } from '../../src/desk/pagedBefore';
import { createEmbeddedStore } from '../../src/store/embedded';
import { MONDAY } from '../conversation/clock';
import { anyTicket } from '../support/anyTicket';
import { type DeskHouse, openDeskHouse } from '../support/deskHouse';

describe('a complaint from its first word to its ticket', () => {
  let house: DeskHouse;
  beforeAll(async () => {
    house = await openDeskHouse([]);
  });
  afterAll(() => house?.close());

  test('calls the supervisors once, at once, and reminds them only when nobody answers', async () => {
    await house.says('liu', '我要投诉，你们莫名其妙扣费');
    const calls = await house.store.notices.find({ conversation: 'webhook:sms:liu' });
    expect(calls.map(({ notice }) => notice.page)).toEqual([true]);
    for (const answer of ['南宁市实验小学', '三年级2班', '刘小明', '13800138000', '确认', '确认']) await house.says('liu', answer);
    const number = await house.ticketOf('liu');
    const ticket = await house.store.tickets.get(number);
    expect(ticket).toMatchObject({
      nature: '投诉',
      events: [{ kind: 'opened' }, { kind: 'alarmed', data: { kind: 'page', page: false } }],
    });
    // What is due next is the reminder, a while later.
    expect(ticket?.alarmAt).toBeGreaterThan(house.now() + 60_000);
    expect(await house.store.notices.get(calls[0]?._id ?? '')).toMatchObject({ ticket: number });
  });
});

describe('a call is a ticket’s', () => {
  const at = new Date(MONDAY);
  const notice = { id: 'n', at: MONDAY, to: 'supervisors' as const, title: '请主管关注：客户投诉', text: '', page: true };
  const call = {
    ...{ notice, told: [], open: true, tries: 0, notBefore: 0, conversation: 'web:main:wang' },
    ...{ _id: 'flag/m1', flag: 'supervisor' as const, at: new Date(MONDAY - 60_000) },
  };
  const complaint = anyTicket({
    ...{ _id: 'T1', key: 'web:main:m5:0', conversation: 'web:main:wang', nature: '投诉', createdAt: at },
    ...{ events: [{ id: 'web:main:m5:0', kind: 'opened', at, by: 'bot', data: {} }] },
  });
  const events = async (given: Partial<typeof call>, ticket = complaint) => {
    const store = await createEmbeddedStore({ memory: true });
    await store.notices.insert({ ...call, ...given });
    const first = (await pagedBefore(store, ticket)).events.length;
    expect((await pagedBefore(store, ticket)).events).toHaveLength(first);
    return { first, another: (await pagedBefore(store, { ...ticket, _id: 'T2', key: 'web:main:m9:0' })).events.length };
  };

  test('and of no other ticket, however often its opening is tried', async () => {
    expect(await events({})).toEqual({ first: 2, another: 1 });
  });
  test.each([
    ['another customer', { conversation: 'web:main:li' }],
    ['another day', { at: new Date(MONDAY - 30 * 3_600_000) }],
  ])('unless it was about %s', async (_, given) => {
    expect(await events(given)).toEqual({ first: 1, another: 1 });
  });
  test('unless the ticket is about something graver', async () => {
    const graver = { ...complaint, flags: ['supervisor', 'self-harm'] as const };
    expect(await events({}, { ...graver, flags: [...graver.flags] })).toEqual({ first: 1, another: 1 });
    expect(await events({ flag: 'self-harm' as never }, { ...graver, flags: [...graver.flags] })).toEqual({ first: 2, another: 1 });
  });
});
