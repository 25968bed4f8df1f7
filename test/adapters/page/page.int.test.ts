/** The desk's page over real HTTP and sockets, with the whole house behind it. */
import {
  type Failure,
  type Found,
  type Notices,
  type People,
  type Phone,
  paths,
  type SignedIn,
  type Uploaded,
} from '../../../adapters/page/wire';
import { tokenHash } from '../../../src/people/agents';
import { type DeskHouse, openDeskHouse } from '../../support/deskHouse';
import { OWN, type PageAgent, request, signIn, watch, withCookie } from '../../support/pageAgent';
import { RUN_TOKEN } from '../../support/realDesk';

let house: DeskHouse;
let li: PageAgent;
let zhao: PageAgent;
let sun: PageAgent;
let clicks = 0;
const click = (): string => {
  clicks += 1;
  return `click-${String(clicks).padStart(4, '0')}`;
};

const giveToken = (id: string, token: string) =>
  house.store.agents.update({ _id: id }, { $set: { token: tokenHash(token), tokenAt: new Date(house.now() - 1) } });

/** A customer who asked for a person, and the number of their ticket. */
async function waiting(customer: string, phone = '13800138000'): Promise<string> {
  await house.says(customer, `我是南宁市实验小学三年级2班王小明的妈妈，电话${phone}，收不到短信，转人工`);
  return house.ticketOf(customer);
}

beforeAll(async () => {
  house = await openDeskHouse([]);
  for (const id of ['li', 'zhao', 'sun']) await giveToken(id, `token of ${id}`);
  [li, zhao, sun] = [
    await signIn(house.url, 'token of li'),
    await signIn(house.url, 'token of zhao'),
    await signIn(house.url, 'token of sun'),
  ];
});
afterAll(() => house?.close());

describe('who may come in', () => {
  test('a token is exchanged for a cookie that scripts cannot read and other sites cannot send', async () => {
    const { cookie, body } = await request<SignedIn>(`${house.url}${paths.session}`, {
      method: 'POST',
      headers: OWN,
      body: { token: 'token of li' },
    });
    expect(cookie).toMatch(/^qiao_desk=v1\..*; Max-Age=43(?:200|199); Path=\/; .*HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('token of li');
    expect(body).toMatchObject({ agent: { id: 'li', name: '李老师', supervisor: false }, thisRunOnly: false });
  });

  test('the token of this run signs in the agent on duty, and says that it is for this run', async () => {
    const duty = await signIn(house.url, RUN_TOKEN);
    expect((await duty.get<SignedIn>(paths.session)).body).toMatchObject({
      agent: { name: '值班客服', supervisor: true },
      thisRunOnly: true,
    });
  });

  test.each([paths.session, paths.lists, paths.people, `${paths.find}?text=1`, `${paths.tickets}/20261118-0001`])(
    'nobody reads %s without a session',
    async (path) => {
      const { status, body } = await request(`${house.url}${path}`);
      expect([status, body.error?.code]).toEqual([401, 'session-over']);
    },
  );

  test('a cookie that was changed, or names somebody else, is none', async () => {
    const [name = '', value = ''] = li.cookie.split('=');
    const [version, id, began, , signature] = value.split('.');
    const other = [version, id, began, Buffer.from('sun').toString('base64url'), signature].join('.');
    for (const cookie of [`${name}=${other}`, `${name}=${value.slice(0, -1)}`, `${name}=`]) {
      expect((await withCookie(house.url, cookie).get(paths.lists)).status).toBe(401);
    }
  });

  test('a new token ends every session of the old one', async () => {
    await house.store.agents.insert({
      _id: 'qian',
      name: '钱老师',
      roles: ['agent'],
      token: tokenHash('first'),
      tokenAt: new Date(house.now() - 1),
    });
    const qian = await signIn(house.url, 'first');
    expect((await qian.get(paths.lists)).status).toBe(200);
    await house.store.agents.update({ _id: 'qian' }, { $set: { token: tokenHash('second'), tokenAt: new Date(house.now() + 1) } });
    expect((await qian.get(paths.lists)).status).toBe(401);
    await house.store.agents.remove({ _id: 'qian' });
  });

  test('a request that another site could make changes nothing', async () => {
    const number = await waiting('csrf');
    const path = `${house.url}${paths.tickets}/${number}/acts`;
    const body = { kind: 'claim', id: click() };
    const plain = { cookie: li.cookie, 'content-type': 'application/json' };
    expect((await request(path, { method: 'POST', headers: plain, body })).body.error?.code).toBe('origin-refused');
    const foreign = { ...OWN, cookie: li.cookie, 'sec-fetch-site': 'cross-site' };
    expect((await request(path, { method: 'POST', headers: foreign, body })).status).toBe(403);
    expect((await li.ticket(number)).card.status).toBe('open');
  });

  test('the page may load nothing but its own files, and no other page may frame it', async () => {
    const policy = (await fetch(`${house.url}${paths.session}`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('signing out takes the cookie back, and a copy of it opens nothing any more', async () => {
    const duty = await signIn(house.url, RUN_TOKEN);
    const { cookie } = await request(`${house.url}${paths.session}`, { method: 'DELETE', headers: { ...OWN, cookie: duty.cookie } });
    expect(cookie).toContain('qiao_desk=; Max-Age=0');
    expect((await duty.get(paths.lists)).status).toBe(401);
    const first = await signIn(house.url, 'token of li');
    const second = await signIn(house.url, 'token of li');
    await request(`${house.url}${paths.session}`, { method: 'DELETE', headers: { ...OWN, cookie: first.cookie } });
    expect((await first.get(paths.lists)).status).toBe(401);
    expect((await second.get(paths.lists)).status).toBe(200);
  });
});

describe('a file from an agent', () => {
  const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  async function upload(cookie: string, bytes: Uint8Array, name: string, headers: Readonly<Record<string, string>> = {}) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const sent = { 'x-qiao-desk': '1', ...headers, cookie };
    const response = await fetch(`${house.url}${paths.uploads}`, { method: 'POST', headers: sent, body: form });
    return { status: response.status, body: (await response.json()) as Partial<Uploaded & Failure> };
  }

  test('reaches the customer, with words or without, and stands in the thread', async () => {
    const number = await waiting('file');
    await li.act(number, { kind: 'claim', id: click() });
    const { body } = await upload(li.cookie, PNG, '截图.png');
    expect(body.attachment).toMatchObject({ name: '截图.png', type: 'image/png', size: PNG.length });
    const attachments = [body.attachment?.url ?? ''];
    expect((await li.act(number, { kind: 'reply', id: click(), text: '', attachments })).status).toBe(200);
    expect((await li.act(number, { kind: 'reply', id: click(), text: '请看这里', attachments })).status).toBe(200);
    await house.conversations.idle();
    expect((await house.heard('file')).filter((text) => text.includes('截图.png'))).toHaveLength(2);
    const shown = (await li.ticket(number)).thread.flatMap((item) => (item.kind === 'agent' ? (item.attachments ?? []) : []));
    expect(shown.map(({ name }) => name)).toEqual(['截图.png', '截图.png']);
    expect((await fetch(`${house.url}${shown[0]?.url}`)).status).toBe(200);
  });

  test('is judged by its bytes, and kept for agents alone', async () => {
    const script = await upload(li.cookie, Buffer.from('<script>alert(1)</script>'), 'a.png');
    expect([script.status, script.body.error?.code]).toEqual([409, 'act-refused']);
    expect((await upload('', PNG, 'a.png')).status).toBe(401);
    expect((await upload(li.cookie, PNG, 'a.png', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('that was never uploaded here goes nowhere, and neither does a reply of nothing', async () => {
    const number = await waiting('nofile');
    await li.act(number, { kind: 'claim', id: click() });
    const elsewhere = { kind: 'reply' as const, id: click(), text: '您好', attachments: ['https://bad.example/a.png'] };
    expect((await li.act(number, elsewhere)).body.error?.message).toContain('重新上传');
    expect((await li.act(number, { kind: 'reply', id: click(), text: ' ' })).status).toBe(400);
  });
});

describe('what was raised while no page was open', () => {
  test('is there for a day, for those it was meant for, the newest first', async () => {
    const notice = (id: string, to: 'supervisors' | { department: string }, hours: number) => {
      const at = house.now() - hours * 3_600_000;
      const said = { id, at, to, title: id, text: id, page: false };
      return { _id: id, notice: said, told: [], open: false, tries: 1, notBefore: at, at: new Date(at) };
    };
    await house.store.notices.insertMany([
      notice('late', 'supervisors', 1),
      notice('early', 'supervisors', 20),
      notice('past', 'supervisors', 30),
      notice('ours', { department: '设备组' }, 2),
    ]);
    const ids = async (agent: PageAgent) => (await agent.get<Notices>(paths.notices)).body.notices.map(({ id }) => id);
    expect((await ids(sun)).filter((id) => !id.includes('/'))).toEqual(['late', 'early']);
    expect(await ids(li)).toEqual([]);
    await house.store.agents.update({ _id: 'zhao' }, { $set: { department: '设备组' } });
    expect(await ids(zhao)).toEqual(['ours']);
    await house.store.agents.update({ _id: 'zhao' }, { $unset: { department: '' } });
  });
});

describe('a ticket at the page', () => {
  test('stands in the queue with its phone masked, in the card and in what was said', async () => {
    const number = await waiting('queue', '13812345678');
    const card = (await li.lists()).queue.find((one) => one.number === number);
    expect(card?.fields).toContainEqual({ name: 'phone', label: '手机号码', value: '138****5678' });
    const view = await li.ticket(number);
    expect(view.thread.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['customer', 'bot']));
    expect(JSON.stringify(view)).not.toContain('13812345678');
    expect(JSON.stringify(await sun.ticket(number))).not.toContain('13812345678');
  });

  test('shows the phone in full to its holder and to supervisors, and each look stands on the ticket', async () => {
    const number = await waiting('reveal', '13812340001');
    const look = (agent: PageAgent) => agent.post<Phone>(`${paths.tickets}/${number}/phone`, { id: click() });
    expect(await look(li)).toMatchObject({ status: 409, body: { error: { message: '只有处理人和主管可以查看完整号码，请先认领工单。' } } });
    expect((await look(sun)).body).toEqual({ phone: '13812340001' });
    await li.act(number, { kind: 'claim', id: click() });
    expect((await look(li)).body).toEqual({ phone: '13812340001' });
    expect((await li.ticket(number)).thread.filter((item) => item.kind === 'change').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['孙主管查看了完整号码', '李老师查看了完整号码']),
    );
  });

  test('a number told later is masked for everybody, also in the live feed; the holder sees it by a look that stands on the ticket', async () => {
    const number = await waiting('later');
    await li.act(number, { kind: 'claim', id: click() });
    const page = await watch(house.url, zhao.cookie);
    await house.says('later', '现在用的是 13900139000');
    const [, line] = await page.hears('line', (card, one) => card.number === number && one.kind === 'customer');
    page.leave();
    const views = await Promise.all([li, zhao, sun].map((agent) => agent.ticket(number)));
    for (const shown of [line, ...views]) expect(JSON.stringify(shown)).not.toMatch(/13900139000/);
    expect(JSON.stringify(views[0])).toContain('139****9000');
    const { body } = await li.post<Phone>(`${paths.tickets}/${number}/phone`, { id: click() });
    expect(body.phone).toBe('13800138000（对话中提到 13900139000）');
  });

  test('is found by number, phone, school and name', async () => {
    const number = await waiting('find', '13812340002');
    for (const text of [number, '13812340002', '王小明', '南宁市实验小学']) {
      const { body } = await li.get<Found>(`${paths.find}?${new URLSearchParams({ text })}`);
      expect(body.tickets.map((one) => one.number)).toContain(number);
    }
    expect((await li.get<Found>(`${paths.find}?text=`)).status).toBe(400);
  });

  test('that does not exist is said to be unknown', async () => {
    expect((await li.get(`${paths.tickets}/20261118-9999`)).body.error).toMatchObject({ code: 'ticket-unknown' });
    expect((await li.act('20261118-9999', { kind: 'claim', id: click() })).status).toBe(404);
  });
});

describe('what agents do', () => {
  test('one of two who claim at once has it, the other is told by whom it is held', async () => {
    const number = await waiting('race');
    const both = await Promise.all([li.act(number, { kind: 'claim', id: click() }), zhao.act(number, { kind: 'claim', id: click() })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.error?.message).toMatch(/正由(李|赵)老师处理/);
  });

  test('a click that is repeated happens once', async () => {
    const number = await waiting('twice');
    await li.act(number, { kind: 'claim', id: click() });
    const reply = { kind: 'reply', id: click(), text: '请重启手机再试' } as const;
    expect([(await li.act(number, reply)).status, (await li.act(number, reply)).status]).toEqual([200, 200]);
    expect((await house.heard('twice')).filter((text) => text.includes('请重启手机再试'))).toHaveLength(1);
    expect((await li.ticket(number)).thread.filter((item) => item.kind === 'agent')).toHaveLength(1);
  });

  test('a reply reaches the customer and is marked delivered; a note never does', async () => {
    const number = await waiting('reply');
    await li.act(number, { kind: 'claim', id: click() });
    await li.act(number, { kind: 'note', id: click(), text: '疑似停机，勿告知' });
    await li.act(number, { kind: 'reply', id: click(), text: '正在为您核实' });
    await house.conversations.idle();
    expect(await house.heard('reply')).toEqual(expect.arrayContaining([expect.stringContaining('正在为您核实')]));
    expect((await house.heard('reply')).join()).not.toContain('疑似停机');
    const { thread } = await li.ticket(number);
    expect(thread).toContainEqual(
      expect.objectContaining({ kind: 'agent', name: '李老师', text: '正在为您核实', delivery: { state: 'delivered' } }),
    );
    expect(thread).toContainEqual(expect.objectContaining({ kind: 'note', text: '疑似停机，勿告知' }));
  });

  test('takes over, assigns, amends, escalates, acknowledges, resolves and reopens', async () => {
    const number = await waiting('road');
    await li.act(number, { kind: 'claim', id: click() });
    expect(await zhao.act(number, { kind: 'reply', id: click(), text: '您好' })).toMatchObject({ status: 409 });
    expect((await zhao.act(number, { kind: 'claim', takeOver: true, id: click() })).status).toBe(200);
    expect((await zhao.act(number, { kind: 'assign', agent: 'li', id: click() })).status).toBe(200);
    expect((await li.ticket(number)).card).toMatchObject({ assignee: { id: 'li' }, firstOwner: { id: 'li' } });
    expect((await li.act(number, { kind: 'amend', id: click(), values: { class: '三年级3班' } })).status).toBe(200);
    expect((await li.act(number, { kind: 'escalate', id: click(), reason: '家长很着急' })).status).toBe(200);
    expect((await sun.act(number, { kind: 'acknowledge', id: click() })).status).toBe(200);
    expect((await li.act(number, { kind: 'return', id: click() })).status).toBe(200);
    expect((await li.act(number, { kind: 'resolve', id: click(), result: '已重新开通' })).status).toBe(200);
    expect((await li.ticket(number)).card).toMatchObject({ status: 'resolved', result: '已重新开通' });
    expect((await li.act(number, { kind: 'reopen', id: click(), reason: '仍收不到' })).status).toBe(200);
    expect((await li.act(number, { kind: 'assign', department: '技术部', id: click() })).status).toBe(200);
    expect((await li.ticket(number)).card).toMatchObject({ status: 'open', department: '技术部' });
    expect((await li.lists()).queue.map((one) => one.number)).toContain(number);
  });

  test('what is wrong with a field is said at the field, and nothing is written', async () => {
    const number = await waiting('fields');
    const { status, body } = await li.act(number, { kind: 'amend', id: click(), values: { phone: '123', name: '王大明' } });
    expect([status, Object.keys(body.error?.fields ?? {})]).toEqual([400, ['phone']]);
    expect((await li.ticket(number)).card.customerName).toBe('王小明');
  });

  test.each([
    { kind: 'reply', text: '您好' },
    { kind: 'reply', id: 'short', text: '您好' },
    { kind: 'reply', id: 'click-9001', text: ' ' },
    { kind: 'reply', id: 'click-9002', text: '您好', agent: 'sun' },
    { kind: 'close', id: 'click-9003' },
    null,
  ])('%j is no act', async (body) => {
    const number = await waiting('malformed');
    expect((await li.post(`${paths.tickets}/${number}/acts`, body)).status).toBe(400);
  });

  test('nobody is assigned a ticket whom nobody knows', async () => {
    const number = await waiting('nobody');
    expect((await li.act(number, { kind: 'assign', agent: 'ghost', id: click() })).body.error?.code).toBe('act-refused');
    const { body } = await li.get<People>(paths.people);
    expect(body.agents.map(({ name }) => name)).toEqual(expect.arrayContaining(['李老师', '孙主管', '值班客服']));
    expect(body.departments).toContain('客服部');
  });
});

describe('the live feed', () => {
  test('a page hears of a new ticket, of who takes it, and of what the customer says, the moment it happens', async () => {
    const page = await watch(house.url, li.cookie);
    const number = await waiting('live');
    await page.hears('card', (card) => card.number === number && card.status === 'open');
    await li.act(number, { kind: 'claim', id: click() });
    await page.hears('card', (card) => card.number === number && card.assignee?.id === 'li');
    await house.says('live', '还是收不到');
    await page.hears('line', (card, line) => card.number === number && line.kind === 'customer' && line.text === '还是收不到');
    page.leave();
  });

  test('a telephone call is shown in full to the agent at whom it rings, covered to supervisors, and to no other colleague', async () => {
    const [own, colleague, supervisor] = [
      await watch(house.url, li.cookie),
      await watch(house.url, zhao.cookie),
      await watch(house.url, sun.cookie),
    ];
    const heard: string[] = [];
    colleague.socket.on('call', ({ id }) => heard.push(id));
    const event = { account: 'main', kind: 'ringing', at: house.now(), caller: '13987654321' } as const;
    const { id } = await house.calls.hear({ ...event, call: 'c1', agent: 'li' });
    const [[mine], [theirs]] = await Promise.all([
      own.hears('call', (call) => call.id === id),
      supervisor.hears('call', (call) => call.id === id),
    ]);
    expect([mine.caller, theirs.caller]).toEqual(['13987654321', '139****4321']);
    // What rings at nobody in particular is anybody's to take, and comes after the other.
    const second = await house.calls.hear({ ...event, call: 'c2' });
    const [anybody] = await colleague.hears('call', (call) => call.id === second.id);
    expect([anybody.caller, heard]).toEqual(['139****4321', [second.id]]);
    for (const page of [own, colleague, supervisor]) page.leave();
  });

  test('nobody listens without a session, nor from another site', async () => {
    await expect(watch(house.url, '')).rejects.toThrow('signed-out');
    await expect(watch(house.url, li.cookie, { origin: 'https://elsewhere.example' })).rejects.toThrow();
  });

  test('signing out hangs up every page of that session, and no other', async () => {
    const [first, second, other] = [await signIn(house.url, 'token of li'), await signIn(house.url, 'token of li'), zhao];
    const [tab, otherTab, colleague] = [
      await watch(house.url, first.cookie),
      await watch(house.url, first.cookie),
      await watch(house.url, other.cookie),
    ];
    const same = await watch(house.url, second.cookie);
    const gone = Promise.all([tab, otherTab].map(({ socket }) => new Promise((resolve) => socket.once('disconnect', resolve))));
    await request(`${house.url}${paths.session}`, { method: 'DELETE', headers: { ...OWN, cookie: first.cookie } });
    await gone;
    expect([same.socket.connected, colleague.socket.connected]).toEqual([true, true]);
    same.leave();
    colleague.leave();
  });
});

test('whoever guesses tokens is stopped', async () => {
  const guess = () => request(`${house.url}${paths.session}`, { method: 'POST', headers: OWN, body: { token: 'a guess' } });
  const first = await guess();
  expect([first.status, first.body.error?.code]).toEqual([401, 'token-wrong']);
  const statuses = [];
  for (let n = 0; n < 12; n += 1) statuses.push((await guess()).status);
  expect(statuses).toContain(429);
});
