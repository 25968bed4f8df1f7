/** An agent's merge over the whole house: who sees whom, who may, what both tickets say, and back again. */
import type { MaybeSame, Side } from '../../adapters/desk';
import { type DeskHouse, openDeskHouse } from '../support/deskHouse';
import { API_TOKEN } from '../support/realDesk';

const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
const names = { li: '李老师', zhao: '赵老师', sun: '孙主管' } as const;
type Who = keyof typeof names;

let house: DeskHouse;
let count = 0;
beforeAll(async () => {
  house = await openDeskHouse([]);
});
afterAll(() => house.close());

const api = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${house.url}/api/tickets/${path}`, { headers, ...init });
  return { status: response.status, body: await response.json() };
};
const act = (who: Who, number: string, body: object) =>
  api(`${number}/acts`, { method: 'POST', body: JSON.stringify({ agent: who, agentName: names[who], ...body }) });
const maybe = async (who: Who, number: string): Promise<{ here: Side; candidates: readonly MaybeSame[] }> =>
  (await api(`${number}/candidates?agent=${who}`)).body;
const mergedOn = async (number: string) =>
  (await house.store.tickets.get(number))?.events.filter(({ kind }) => kind === 'merged' || kind === 'unmerged') ?? [];

/** The tickets a customer is told of who asks how it stands, be it in words or as choices. */
async function progress(customer: string): Promise<readonly string[]> {
  await house.says(customer, '我的工单');
  const [last] = await house.store.messages.find(
    { conversation: `webhook:sms:${customer}`, direction: 'out' },
    { sort: { seq: -1 }, limit: 1 },
  );
  return [...new Set(JSON.stringify(last?.reply).match(/\d{8}-\d{4}/g))].sort();
}

/** The same mother under two names of a gateway; both tickets are held by 李老师 and 赵老师. */
async function givenTwo(phone = `1380013${String(8000 + count)}`) {
  count += 1;
  const customers = [`one${count}`, `two${count}`] as const;
  for (const customer of customers) await house.says(customer, `我是实验小学三(2)班王小明的妈妈，电话${phone}，收不到短信，转人工`);
  const [first, second] = [await house.ticketOf(customers[0]), await house.ticketOf(customers[1])];
  await act('li', first, { kind: 'claim' });
  await act('zhao', second, { kind: 'claim' });
  const [candidate] = (await maybe('li', first)).candidates.filter((one) => one.tickets.some(({ number }) => number === second));
  if (!candidate) throw new Error('the other was not found');
  return { customers, first, second, candidate, phone };
}

describe('who may be the same person', () => {
  test('is shown to the holder and to supervisors, numbers covered, with what both sides are about', async () => {
    const { first, second, candidate, phone } = await givenTwo();
    expect(candidate).toMatchObject({
      inCommon: 'phone',
      channels: ['webhook'],
      name: '王小明',
      school: '南宁市实验小学',
      tickets: [{ number: second, status: 'assigned' }],
      total: 1,
    });
    const { here, candidates } = await maybe('sun', first);
    expect(here.tickets.map(({ number }) => number)).toEqual([first]);
    expect(candidates.map(({ key }) => key)).toContain(candidate.key);
    const shown = JSON.stringify([here, candidates]);
    expect([shown.includes(phone), shown.includes(`${phone.slice(0, 3)}****`)]).toEqual([false, true]);
    // Whose conversation it is would tell a caller's number.
    expect(shown).not.toContain('webhook:');
  });

  test('is shown to nobody else, and nobody else may merge', async () => {
    const { first, candidate } = await givenTwo();
    expect(await api(`${first}/candidates?agent=zhao`)).toMatchObject({ status: 409, body: { error: { code: 'act-refused' } } });
    expect(await api(`${first}/candidates`)).toMatchObject({ status: 400, body: { error: { code: 'query-invalid' } } });
    expect(await api('20200101-0001/candidates?agent=sun')).toMatchObject({ status: 404, body: { error: { code: 'ticket-unknown' } } });
    const refused = await act('zhao', first, { kind: 'merge', with: candidate.key });
    expect(refused).toMatchObject({ status: 409, body: { error: { message: '只有处理人和主管可以合并客户，请先认领工单。' } } });
    expect(await mergedOn(first)).toEqual([]);
  });

  test('a class or a name alone is no reason', async () => {
    await house.says('alone', '我是实验小学三(2)班韦一诺的妈妈，收不到短信，转人工');
    await house.says('namesake', '我是实验小学四(1)班韦一诺的妈妈，收不到短信，转人工');
    await house.says('same', '我是实验小学三(2)班韦一诺的爸爸，收不到短信，转人工');
    const { candidates } = await maybe('sun', await house.ticketOf('alone'));
    expect(candidates.map(({ inCommon, tickets }) => [inCommon, tickets[0]?.number])).toEqual([['name', await house.ticketOf('same')]]);
  });

  test('whom a directory knows under the number is found by what they wrote', async () => {
    await house.says('listed', '我要转人工');
    const number = await house.ticketOf('listed');
    const slots = { phone: { raw: '13900139000', value: '13900139000' } };
    await house.store.contacts.insert({
      ...{ _id: 'webhook:sms:listed', source: 'webhook:sms', role: 'parent', slots, children: [], hash: 'h', updatedAt: new Date() },
    });
    await house.says('asks', '电话13900139000，收不到短信，转人工');
    const { candidates } = await maybe('sun', await house.ticketOf('asks'));
    expect(candidates.map(({ inCommon, tickets }) => [inCommon, tickets[0]?.number])).toEqual([['phone', number]]);
  });
});

describe('an agent’s merge', () => {
  test('stands on both tickets with who did it; each chat tells of both tickets, and so does the desk', async () => {
    const { customers, first, second, candidate } = await givenTwo();
    const merge = { kind: 'merge', with: candidate.key, id: 'm1' };
    expect([(await act('li', first, merge)).status, (await act('li', first, merge)).body.duplicate]).toEqual([202, true]);
    for (const number of [first, second]) {
      const [event, ...more] = await mergedOn(number);
      expect([event?.by, more]).toEqual(['li', []]);
      expect(event?.data.text).toContain('李老师合并了客户（手机号码相同）');
      expect(event?.data.text).toContain([first, second].sort().join('、'));
    }
    expect((await api(first)).body.elsewhere).toMatchObject({ tickets: [{ number: second }], total: 1 });
    expect((await maybe('li', first)).candidates.map(({ key }) => key)).not.toContain(candidate.key);
    await act('li', first, { kind: 'return' });
    await act('zhao', second, { kind: 'return' });
    for (const customer of customers) expect(await progress(customer)).toEqual([first, second].sort());
  });

  test('of two at once one wins and the other hears who was faster', async () => {
    const { first, second, candidate } = await givenTwo();
    const back = (await maybe('zhao', second)).candidates.find(({ tickets }) => tickets.some(({ number }) => number === first));
    const done = await Promise.all([
      act('li', first, { kind: 'merge', with: candidate.key }),
      act('zhao', second, { kind: 'merge', with: back?.key }),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual([202, 409]);
    const winner = done[0]?.status === 202 ? '李老师' : '赵老师';
    expect(done.find(({ status }) => status === 409)?.body.error.message).toContain(`${winner}已经合并过这位客户`);
    expect([(await mergedOn(first)).length, (await mergedOn(second)).length]).toEqual([1, 1]);
  });

  test('names whom was seen: when either side changed meanwhile, it is to be looked at again', async () => {
    const { first, candidate, phone } = await givenTwo();
    const third = `third${count}`;
    await house.says(third, `我是王小明的爸爸，电话${phone}，收不到短信，转人工`);
    const number = await house.ticketOf(third);
    const seen = (await maybe('sun', number)).candidates.find(({ tickets }) => tickets.some((one) => one.number === first));
    await act('li', first, { kind: 'merge', with: candidate.key });
    expect(await act('sun', number, { kind: 'merge', with: seen?.key })).toMatchObject({ status: 409 });
    expect(await act('sun', number, { kind: 'merge', with: 'made up' })).toMatchObject({ status: 409 });
    const now = (await maybe('sun', number)).candidates;
    expect(now.map(({ total }) => total)).toEqual([2]);
    expect(await act('sun', number, { kind: 'merge', with: now[0]?.key })).toMatchObject({ status: 202 });
  });
});

describe('taking it back', () => {
  async function givenMerged() {
    const given = await givenTwo();
    await act('li', given.first, { kind: 'merge', with: given.candidate.key });
    const [event] = await mergedOn(given.first);
    return { ...given, merge: String(event?.data.merge) };
  }

  test('is for whoever merged and for supervisors, from either ticket, and both tickets say so', async () => {
    const { customers, first, second, merge } = await givenMerged();
    expect(await act('zhao', second, { kind: 'unmerge', merge })).toMatchObject({
      status: 409,
      body: { error: { message: '只有合并的人（李老师）和主管可以撤销这次合并。' } },
    });
    const undo = { kind: 'unmerge', merge, id: 'u1' };
    expect([(await act('sun', second, undo)).status, (await act('sun', second, undo)).body.duplicate]).toEqual([202, true]);
    for (const number of [first, second]) {
      const [, undone, ...more] = await mergedOn(number);
      expect([undone?.kind, undone?.by, more]).toEqual(['unmerged', 'sun', []]);
    }
    expect((await api(first)).body.elsewhere).toBeNull();
    await act('li', first, { kind: 'return' });
    expect(await progress(customers[0])).toEqual([first]);
    expect((await act('li', first, { kind: 'unmerge', merge })).body.error.message).toBe('孙主管已经撤销了这次合并。');
    // Two again are candidates again.
    expect((await maybe('li', first)).candidates.some(({ tickets }) => tickets.some(({ number }) => number === second))).toBe(true);
  });

  test('waits for a later merge that rests on it', async () => {
    const { first, second, merge, phone } = await givenMerged();
    const third = `third${count}`;
    await house.says(third, `我是王小明的爸爸，电话${phone}，收不到短信，转人工`);
    const [all] = (await maybe('li', first)).candidates;
    await act('li', first, { kind: 'merge', with: all?.key });
    expect((await act('li', first, { kind: 'unmerge', merge })).body.error.message).toBe('之后又合并过一次，请先撤销后面那一次。');
    const later = String((await mergedOn(second)).at(-1)?.data.merge);
    expect((await act('li', first, { kind: 'unmerge', merge: later })).status).toBe(202);
    expect((await act('li', first, { kind: 'unmerge', merge })).status).toBe(202);
  });

  test('from a ticket the merge is not about is refused', async () => {
    const { merge } = await givenMerged();
    const { first } = await givenTwo();
    expect(await act('sun', first, { kind: 'unmerge', merge })).toMatchObject({ status: 409 });
    expect(await act('sun', first, { kind: 'unmerge', merge: 'made up' })).toMatchObject({ status: 409 });
  });

  test('what the customer proved is a supervisor’s to take back', async () => {
    const { first, second } = await givenTwo();
    const conversations = await Promise.all(
      [first, second].map(async (number) => (await house.store.tickets.get(number))?.conversation ?? ''),
    );
    await house.conversations.people.persons.merge('proved', conversations[0] ?? '', conversations[1] ?? '', { how: 'code' });
    expect((await act('li', first, { kind: 'unmerge', merge: 'proved' })).body.error.message).toBe('只有主管可以撤销这次合并。');
    expect((await act('sun', first, { kind: 'unmerge', merge: 'proved' })).status).toBe(202);
  });
});
