/** Calls from the PBX's signed events to the agent's screen and the ticket, over real HTTP. */
import { BRANCH, openPhoneHouse, PBX, type PhoneHouse } from '../support/phoneHouse';
import { until } from '../support/until';

let house: PhoneHouse;
beforeAll(async () => {
  house = await openPhoneHouse();
});
afterAll(() => house.close());

/** Every test has a call and a caller of its own. */
let [n, call, caller, id] = [0, '', '', ''];
beforeEach(() => {
  n += 1;
  [call, caller, id] = [`c${n}`, `1381234${5000 + n}`, `phone:main:c${n}`];
});

const covered = () => `138****${caller.slice(-4)}`;
const ring = (change: object = {}) => ({ call, event: 'ringing', caller, called: '4001234567', at: house.now(), ...change });
const view = async (viewer = '') => (await house.get(`/api/calls/${id}?viewer=${viewer}`)).body;
const tickets = () => house.store.tickets.find({ 'slots.phone.value': caller }, { sort: { createdAt: 1 } });
const values = () => ({ school: '实验小学', class: '三年级2班', name: '王小明', phone: caller, issue: '收不到作业短信' });

describe('what a PBX tells', () => {
  test('is taken only when signed with the secret of an account, fresh, and named by it', async () => {
    expect(await house.tells(ring())).toMatchObject({ status: 202, body: { id, duplicate: false } });
    expect(await house.tells(ring(), BRANCH)).toMatchObject({ status: 202, body: { id: `phone:branch:${call}` } });
    expect(await house.tells(ring(), { secret: 'secret of somebody else' })).toMatchObject({
      status: 401,
      body: { error: { code: 'signature-wrong' } },
    });
    expect(await house.tells(ring(), PBX, { 'x-qiao-timestamp': '1000000000' })).toMatchObject({
      body: { error: { code: 'timestamp-stale' } },
    });
    const unsigned = await fetch(`${house.url}/api/calls`, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(401);
    expect(await house.tells({ call, event: 'hold' })).toMatchObject({ status: 400, body: { error: { code: 'message-invalid' } } });
    expect(await house.store.calls.count({ call })).toBe(2);
  });

  test('twice is once, whatever the second says', async () => {
    await house.tells(ring());
    expect(await house.tells(ring({ caller: '13900139000' }))).toMatchObject({ status: 202, body: { duplicate: true } });
    expect(await view('sun')).toMatchObject({ caller: caller, state: 'ringing' });
  });

  test.each([
    [['ringing', 'answered', 'ended']],
    [['ended', 'answered', 'ringing']],
    [['answered', 'ringing', 'ended']],
    [['ended', 'ringing', 'answered']],
  ])('in the order %j is the same call', async (order) => {
    const at = house.now();
    const told: Record<string, object> = {
      ringing: ring({ at }),
      answered: { call, event: 'answered', extension: '8001', at: at + 9_000 },
      ended: { call, event: 'ended', at: at + 60_000 },
    };
    for (const event of order) await house.tells(told[event] ?? {});
    expect(await view('li')).toMatchObject({
      ...{ state: 'ended', caller: caller, waitedSeconds: 9, agent: { id: 'li', name: '李老师' }, ringingAt: at },
    });
    house.later(20_000);
    await until(async () => (await house.store.calls.get(id))?.checkAt === null);
    expect(await tickets()).toEqual([]);
  });
});

describe('who calls', () => {
  beforeEach(async () => {
    await house.writes(`wang${n}`, '我要投诉，一直收不到短信');
    await house.writes(`wang${n}`, `实验小学 三年级2班 王小明 ${caller}`);
    await house.writes(`wang${n}`, '确认');
  });

  test('is everybody who gave this number, with their open tickets and what was said last, numbers covered', async () => {
    const [ticket] = await tickets();
    await house.tells(ring({ agent: 'li' }));
    const seen = await view();
    expect(seen).toMatchObject({
      caller: covered(),
      known: [{ name: '王小明', school: '南宁市实验小学', class: '三年级2班', channels: ['webhook'] }],
      tickets: [{ number: ticket?._id, nature: '投诉' }],
    });
    expect(JSON.stringify(seen)).not.toContain(caller);
    expect(JSON.stringify(seen.earlier)).toContain('确认');
  });

  test('is shown in full to the agent whose call it is and to supervisors, to nobody else', async () => {
    await house.tells(ring({ agent: 'li@desk.example' }));
    const callers = await Promise.all(['li', 'sun', 'zhao', '', 'nobody'].map(async (viewer) => (await view(viewer)).caller));
    expect(callers).toEqual([caller, caller, covered(), covered(), covered()]);
  });

  test('a family under one number is two people, not one', async () => {
    await house.writes(`mei${n}`, '我要投诉，请假短信发不出去');
    await house.writes(`mei${n}`, `实验小学 一年级1班 王小美 ${caller}`);
    await house.writes(`mei${n}`, '确认');
    await house.tells(ring());
    const { known } = await view();
    expect((known as { name: string }[]).map(({ name }) => name).sort()).toEqual(['王小明', '王小美']);
  });

  test('is nobody when the number is withheld or new', async () => {
    await house.tells(ring({ caller: '' }));
    expect(await view('sun')).toMatchObject({ caller: '', known: [], tickets: [] });
    await house.tells(ring({ call: `${call}-2`, caller: '13700137000' }));
    expect((await house.get(`/api/calls/${id}-2`)).body).toMatchObject({ known: [], tickets: [], earlier: [] });
  });
});

describe('the registration in a call', () => {
  const registers = (change: object = {}) =>
    house.post(`/api/calls/${id}/ticket`, { id: 'r1', agent: 'li', agentName: '李老师', values: values(), confirmed: true, ...change });
  beforeEach(async () => {
    await house.tells(ring());
    await house.tells({ call, event: 'answered', agent: 'li', at: house.now() + 5_000 });
  });

  test('has the words to say, in order, and the six fields, with the number that calls filled in for the agent on the line', async () => {
    const { body } = await house.get(`/api/calls/${id}/form?viewer=li`);
    expect(body).toMatchObject({
      greeting: '您好，这里是家校互动服务台客服，请问有什么可以帮到您？',
      anythingElse: '请问还有其它需要帮忙吗？',
      closing: expect.stringContaining('谢谢您的来电'),
      answerWithinSeconds: 15,
    });
    const fields = body.fields as { name: string; label: string; required: boolean; value?: string }[];
    expect(fields.map(({ label, required }) => `${label}${required ? '' : '（可不填）'}`)).toEqual([
      ...['学校', '班级', '姓名', '手机号码', '事由', '备注（可不填）'],
    ]);
    expect(fields.find(({ name }) => name === 'phone')?.value).toBe(caller);
    expect(JSON.stringify((await house.get(`/api/calls/${id}/form?viewer=zhao`)).body)).not.toContain(caller);
    expect((await house.get(`/api/calls/${id}/form?form=repair`)).body).toMatchObject({ title: '设备报修' });
    expect((await house.get(`/api/calls/${id}/form?form=nonsense`)).status).toBe(400);
    expect((await house.get('/api/calls/phone:main:none/form')).body).toMatchObject({ error: { code: 'call-unknown' } });
  });

  test('is checked as in the chat: what is missing or wrong is named, field by field, and nothing is written down', async () => {
    const { status, body } = await registers({ values: { ...values(), phone: '1380013', class: '三年级', name: '' } });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: {
        code: 'act-invalid',
        fields: { phone: expect.stringContaining('7位'), class: expect.stringContaining('几班'), name: '请填写姓名。' },
      },
    });
    expect(await house.store.conversations.count({ _id: { $gt: `phone:main:${caller}`, $lt: `phone:main:${caller};` } })).toBe(0);
  });

  test('is read back before it is confirmed, and nothing is written down until it is', async () => {
    const { status, body } = await registers({ confirmed: false });
    expect([status, body]).toEqual([
      200,
      {
        readBack: `我跟您核对一下：学校，南宁市实验小学；班级，三年级2班；姓名，王小明；手机号码，${caller}；事由，收不到作业短信。请问对吗？`,
      },
    ]);
    expect(await tickets()).toEqual([]);
  });

  test('confirmed is a ticket like any other: number, clock, desk card, history; the agent who took it answers for it', async () => {
    const { status, body } = await registers();
    expect(status).toBe(201);
    const ticket = await house.store.tickets.get(String(body.ticket));
    expect(ticket).toMatchObject({
      channel: 'phone',
      form: 'intake',
      status: 'assigned',
      assignee: 'li',
      firstOwner: 'li',
      slots: { school: { value: '南宁市实验小学', verified: true }, phone: { value: caller } },
    });
    expect(ticket?.dueAt.getTime()).toBeGreaterThan(house.now());
    expect(ticket?.events.map(({ kind }) => kind)).toEqual(['opened', 'claimed']);
    await house.conversations.idle();
    expect(await house.conversations.audit()).toMatchObject({ lost: 0, deadLettered: 0, pending: 0 });
    expect(await view('li')).toMatchObject({ registered: [body.ticket], tickets: [{ number: body.ticket }] });
    expect((await house.office.transcript(String(body.ticket))).map(({ author }) => author)).toEqual([
      'customer',
      'bot',
      'customer',
      'bot',
      'bot',
    ]);
  });

  test('sent twice, even at the same time, is one ticket', async () => {
    const both = await Promise.all([registers(), registers()]);
    const again = await registers({ values: { ...values(), issue: '别的事' } });
    expect(new Set([...both, again].map(({ body }) => body.ticket)).size).toBe(1);
    expect(await tickets()).toHaveLength(1);
    expect(again.status).toBe(200);
  });

  test('of a second matter in the same call is a second ticket', async () => {
    const one = await registers();
    const two = await registers({ id: 'r2', values: { ...values(), issue: '想改一下孩子的姓名' } });
    expect(one.body.ticket).not.toBe(two.body.ticket);
    expect((await view('li')).registered).toEqual([one.body.ticket, two.body.ticket]);
  });

  test('of a complaint reaches the supervisors at once', async () => {
    const { body } = await registers({ form: 'complaint', values: { ...values(), issue: '客服态度很差' } });
    const ticket = await house.store.tickets.get(String(body.ticket));
    expect(ticket).toMatchObject({ nature: '投诉', priority: 'high', assignee: 'li' });
    expect(ticket?.flags).toContain('supervisor');
    expect(await house.store.notices.count({ 'notice.title': '请主管关注：客户投诉' })).toBeGreaterThan(0);
  });

  test('of an urgent matter is a ticket at once, with its answers in it, and nobody is reminded of a chat that is none', async () => {
    const urgent = { issue: '停课通知没发出去', school: '实验小学', recipients: '全校家长', eventTime: '今天下午', phone: caller };
    const { status, body } = await registers({ form: 'urgent', values: urgent });
    expect(status).toBe(201);
    expect(await house.store.tickets.get(String(body.ticket))).toMatchObject({
      nature: '紧急',
      assignee: 'li',
      slots: { recipients: { value: '全校家长' } },
    });
    const ticket = await house.store.tickets.get(String(body.ticket));
    const conversation = await house.store.conversations.get(ticket?.conversation ?? '');
    expect(conversation?.state.phase).not.toBe('withAgent');
  });

  test('cannot be answered in writing: the agent is told to call', async () => {
    const { body } = await registers();
    const act = {
      kind: 'reply',
      id: 'a1',
      at: house.now(),
      ticket: String(body.ticket),
      agent: 'li',
      agentName: '李老师',
      text: '已处理',
    } as const;
    await house.conversations.deliver(act);
    await house.conversations.idle();
    const lines = await house.office.lines(String(body.ticket));
    expect(lines.find(({ kind }) => kind === 'undelivered')).toMatchObject({ reason: expect.stringContaining('拨打客户的号码') });
  });
});

describe('a call nobody answers', () => {
  const missed = async (call: string) => {
    await house.tells(ring({ call, caller }));
    await house.tells({ call, event: 'ended', at: house.now() + 20_000 });
  };

  test('becomes a task to call back, once it is sure that no answer is on its way', async () => {
    await missed(call);
    expect([(await view()).state, await tickets()]).toEqual(['ended', []]);
    house.later(11_000);
    const [task] = await until(async () => ((await tickets()).length > 0 ? tickets() : null));
    expect(task).toMatchObject({
      channel: 'phone',
      status: 'open',
      priority: 'high',
      slots: { phone: { value: caller }, issue: { value: '来电没有接通，请回电' } },
    });
    await until(async () => (await view()).callBack === task?._id);
    expect((await view()).state).toBe('missed');
    expect((await house.office.tickets({ kind: 'queue' })).map(({ number }) => number)).toContain(task?._id);
  });

  test('and tries again adds to the task that waits, and is no second one', async () => {
    await missed(call);
    house.later(11_000);
    await until(async () => (await tickets()).length === 1);
    await missed(`${call}-2`);
    house.later(11_000);
    await until(async () => (await house.store.calls.get(`${id}-2`))?.callBack);
    const [task, ...others] = await tickets();
    expect(others).toEqual([]);
    expect(task?.events.at(-1)).toMatchObject({ kind: 'message', data: { text: '客户又来电一次，没有接通' } });
  });

  test('of which the PBX tells nothing more is missed too; a withheld number cannot be called back', async () => {
    await house.tells(ring());
    await house.tells(ring({ call: `${call}-2`, caller: '' }));
    house.later(11 * 60_000);
    await until(async () => (await house.store.calls.count({ _id: { $in: [id, `${id}-2`] }, checkAt: null })) === 2);
    expect((await tickets()).map(({ slots }) => slots.phone?.value)).toEqual([caller]);
  });

  test('whose number is told only after it was given up is called back all the same', async () => {
    await house.tells({ call, event: 'ended', at: house.now() });
    house.later(11_000);
    await until(async () => (await view()).state === 'missed');
    await house.tells(ring());
    const task = await until(async () => (await view()).callBack);
    expect((await tickets()).map(({ _id }) => _id)).toEqual([task]);
  });

  test('whose answer is told much too late: the task says so', async () => {
    await missed(call);
    house.later(11_000);
    await until(async () => (await view()).callBack);
    // As a kill leaves it that comes when the task is opened and the call does not know yet.
    await house.store.calls.change({ _id: id }, { $set: { callBack: null, checkAt: house.now() } });
    await house.tells({ call, event: 'answered', agent: 'zhao', at: house.now() });
    const noted = await until(async () => (await tickets())[0]?.events.filter(({ kind }) => kind === 'note').at(0));
    expect(noted).toMatchObject({ data: { text: expect.stringContaining('后来已接听（赵老师）') } });
    expect((await view()).callBack).toBe((await tickets())[0]?._id);
  });
});

test('the rate of calls answered within three rings stands in the figures and in the metrics', async () => {
  house.later(60 * 60_000);
  const from = house.now();
  for (const [one, waited] of [
    ['a', 4_000],
    ['b', 14_000],
    ['c', 40_000],
  ] as const) {
    await house.tells(ring({ call: call + one, at: from }));
    await house.tells({ call: call + one, event: 'answered', agent: 'li', at: from + waited });
  }
  const since = new Date(from - 1).toISOString();
  const period = new URLSearchParams({ from: since, until: new Date(house.now() + 1).toISOString() });
  expect((await house.get(`/api/calls/figures?${period}`)).body).toMatchObject({ calls: 3, answered: 3, inTime: 2, rate: 2 / 3 });
  const list = await house.get(`/api/calls?${new URLSearchParams({ agent: 'li', viewer: 'li', since })}`);
  const waits = (list.body.calls as { waitedSeconds: number }[]).map(({ waitedSeconds }) => waitedSeconds);
  expect(waits.sort((a, b) => a - b)).toEqual([4, 14, 40]);
  expect((await house.get('/api/calls?limit=0')).status).toBe(400);
  expect((await house.get('/metrics')).body.text).toMatch(/qiao_calls_in_time_ratio \S+/);
});
