/** Forms, commands and the home tab over signed requests, the emulator and the whole house. */
import { createSlackDesk } from '../../../adapters/slack';
import { ACTIONS } from '../../../adapters/slack/ids';
import { type DeskHouse, openDeskHouse } from '../../support/deskHouse';
import { commandFields, sendForm, submissionFields, triggerOf, type View, viewsOf } from '../../support/slack/forms';
import { clickPayload, sendEvent, sendInteraction } from '../../support/slack/requests';
import { BOT_TOKEN, openWorkspace, type Workspace } from '../../support/slack/workspace';

const secret = 'the signing secret';
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

let slack: Workspace;
let house: DeskHouse;
let clicks = 0;

beforeAll(async () => {
  slack = await openWorkspace({ li: 'li@desk.example', zhao: 'zhao@desk.example', guest: 'guest@elsewhere.example' });
  const desk = createSlackDesk({
    botToken: BOT_TOKEN,
    signingSecret: secret,
    apiUrl: slack.api,
    channel: slack.channel.service,
    log,
    pace: { burst: 100, everyMs: 0 },
  });
  house = await openDeskHouse([desk]);
});
afterAll(async () => {
  await house?.close();
  await slack?.close();
});

const to = () => ({ url: house.url, secret });
const user = (name: string): string => slack.user[name] ?? '';

async function givenTicket(customer: string, text = '我要转人工') {
  await house.says(customer, text);
  const number = await house.ticketOf(customer);
  const card = await slack.until(async () => (await slack.messages(slack.channel.service)).find((one) => one.text.includes(number)));
  const ticket = async () => {
    await house.conversations.idle();
    return house.store.tickets.get(number);
  };
  return { number, card, ticket };
}
type Given = Awaited<ReturnType<typeof givenTicket>>;

async function types(name: string, text: string): Promise<string> {
  clicks += 1;
  const typed = { user: user(name), channel: slack.channel.service, text, trigger: `typed.${clicks}` };
  const { status, body } = await sendForm('/slack/commands', commandFields(typed), to());
  expect(status).toBe(200);
  return body;
}

/** Clicks a button of the card; resolves to what the form became. */
async function opens(name: string, action: string, { number, card }: Given, trigger?: string): Promise<{ id: string; view: View }> {
  clicks += 1;
  const before = viewsOf(slack, 'views.update').length;
  const payload = clickPayload({
    user: user(name),
    channel: slack.channel.service,
    ts: card.ts,
    action,
    value: number,
    at: `1700000000.${String(clicks).padStart(6, '0')}`,
  });
  const trigger_id = trigger ?? (await triggerOf(slack, user(name)));
  expect(await sendInteraction({ ...payload, trigger_id }, to())).toBe(200);
  if (trigger !== undefined) return { id: '', view: { type: 'none', blocks: [] } };
  return slack.until(() => viewsOf(slack, 'views.update')[before]);
}

async function submits(name: string, form: { id: string; view: View }, values: Readonly<Record<string, string>>) {
  const { status, body } = await sendForm('/slack/interactive', submissionFields({ ...form, user: user(name), values }), to());
  expect(status).toBe(200);
  return body === '' ? null : JSON.parse(body);
}

describe('forms', () => {
  test('a reply reaches the customer once, however often it is sent', async () => {
    const given = await givenTicket('wang');
    expect(await types('li', `claim ${given.number}`)).toContain('您已认领工单');
    const form = await opens('li', ACTIONS.reply, given);
    expect(viewsOf(slack, 'views.open').at(-1)?.view.blocks).toMatchObject([{ text: { text: '正在打开…' } }]);
    expect(await submits('li', form, { text: '您好，请问是哪个班？' })).toBeNull();
    expect(await submits('li', form, { text: '您好，请问是哪个班？' })).toBeNull();
    await house.conversations.idle();
    expect((await house.heard('wang')).filter((text) => text.includes('请问是哪个班'))).toHaveLength(1);
  });

  test('what is wrong is said at its field, what is right is on the ticket', async () => {
    const given = await givenTicket('chen');
    const form = await opens('li', ACTIONS.amend, given);
    const answer = await submits('li', form, { phone: '123' });
    expect(answer).toMatchObject({ response_action: 'errors', errors: { phone: expect.stringContaining('手机') } });
    expect(await submits('li', form, { phone: '13800001234' })).toBeNull();
    expect((await given.ticket())?.slots.phone?.value).toBe('13800001234');
  });

  test('a reply refused meanwhile stays in sight', async () => {
    const given = await givenTicket('liu');
    await types('li', `claim ${given.number}`);
    const form = await opens('li', ACTIONS.reply, given);
    await house.conversations.deliver({
      id: 'over',
      at: house.now(),
      ticket: given.number,
      agent: 'zhao',
      agentName: '赵老师',
      kind: 'claim',
      takeOver: true,
    });
    const answer = await submits('li', form, { text: '马上为您处理' });
    expect(answer.response_action).toBe('update');
    expect(JSON.stringify(answer.view)).toContain('正由赵老师处理');
    expect(JSON.stringify(answer.view)).toContain('马上为您处理');
    expect(await house.heard('liu')).not.toContain('马上为您处理');
  });

  test('who may not answer is told before anything is written', async () => {
    const given = await givenTicket('sun');
    await types('zhao', `claim ${given.number}`);
    expect(JSON.stringify(await opens('li', ACTIONS.reply, given))).toContain('正由赵老师处理；需要时请先接手');
  });

  test('who is not registered opens nothing, and what they send is kept in sight', async () => {
    const given = await givenTicket('ma');
    const form = await opens('li', ACTIONS.note, given);
    const answer = await submits('guest', form, { text: '我来记一笔' });
    expect(answer.response_action).toBe('update');
    expect(JSON.stringify(answer.view)).toContain('还没有登记为客服');
    expect(JSON.stringify(answer.view)).toContain('我来记一笔');
  });

  test('a ticket goes to a department and comes back to its queue', async () => {
    const given = await givenTicket('gao');
    await types('li', `claim ${given.number}`);
    const department = '技术支持部';
    expect(await submits('li', await opens('li', ACTIONS.assign, given), { department })).toBeNull();
    expect(await given.ticket()).toMatchObject({ status: 'open', department, assignee: null });
  });

  test('two customers are merged from the card and taken back under the line that says so, in both threads', async () => {
    const words = '我是实验小学三(2)班黄思远的妈妈，电话13800138111，收不到短信，转人工';
    const [here, there] = [await givenTicket('huang', words), await givenTicket('huang-again', words)];
    expect(JSON.stringify(await opens('li', ACTIONS.merge, here))).toContain('只有处理人和主管可以合并客户');
    await types('li', `claim ${here.number}`);
    const form = await opens('li', ACTIONS.merge, here);
    expect(JSON.stringify(form.view)).toContain(there.number);
    expect(JSON.stringify(form.view)).not.toContain('13800138111');
    expect(await submits('li', form, {})).toMatchObject({ errors: { candidate: expect.stringContaining('请选择一位客户') } });
    const { element } = form.view.blocks.find(({ block_id }) => block_id === 'candidate') ?? {};
    const [choice] = (element as unknown as { options: { value: string }[] }).options;
    expect(await submits('li', form, { candidate: choice?.value ?? '' })).toBeNull();

    const said = async ({ card }: Given, text: string) =>
      slack.until(async () => (await slack.thread(slack.channel.service, card.ts)).find((one) => one.text.includes(text)));
    await said(there, '李老师合并了客户');
    const line = await said(here, '李老师合并了客户');
    const value = /"value":"([^"]+)"/.exec(JSON.stringify(line.blocks))?.[1] ?? '';
    clicks += 1;
    const at = `1700000000.${String(clicks).padStart(6, '0')}`;
    const click = { channel: slack.channel.service, ts: line.ts, action: ACTIONS.unmerge, value, at };
    expect(await sendInteraction(clickPayload({ ...click, user: user('zhao') }), to())).toBe(200);
    await slack.until(() => slack.whispers(user('zhao')).some((text) => text.includes('只有合并的人（李老师）和主管可以撤销')));
    expect(await sendInteraction(clickPayload({ ...click, user: user('li') }), to())).toBe(200);
    await said(here, '李老师撤销了合并');
    await said(there, '李老师撤销了合并');
  });

  test('a resolution tells the customer its result and not its cause', async () => {
    const given = await givenTicket('he');
    await types('li', `claim ${given.number}`);
    const form = await opens('li', ACTIONS.resolve, given);
    expect(await submits('li', form, { result: '已为您重新开通', cause: '欠费停机' })).toBeNull();
    expect(await given.ticket()).toMatchObject({ status: 'resolved', result: '已为您重新开通', cause: '欠费停机' });
    const heard = (await house.heard('he')).join();
    expect(heard).toContain('已为您重新开通');
    expect(heard).not.toContain('欠费停机');
  });

  test('a click that came too late is asked for once more', async () => {
    const given = await givenTicket('xie');
    await opens('li', ACTIONS.note, given, 'long.gone');
    await slack.until(() => slack.whispers(user('li')).some((text) => text.includes('没有打开，请再点一次')));
  });
});

describe('/qiao', () => {
  test('finds, shows and notes; a guest only looks', async () => {
    const given = await givenTicket('deng');
    expect(await types('guest', `show ${given.number}`)).toContain(given.number);
    expect(await types('guest', `claim ${given.number}`)).toContain('还没有登记为客服');
    expect(await types('li', `note ${Number(given.number.split('-')[1])} 等回电`)).toContain('备注已记在工单');
    expect((await given.ticket())?.events.map(({ kind }) => kind)).toContain('note');
    expect((await given.ticket())?.assignee).toBeNull();
  });

  test('a request that is not signed is not answered', async () => {
    const typed = { user: user('li'), channel: slack.channel.service, text: 'queue', trigger: 'forged' };
    expect((await sendForm('/slack/commands', commandFields(typed), { ...to(), secret: 'another secret' })).status).toBe(401);
  });
});

describe('the home tab', () => {
  const published = () => viewsOf(slack, 'views.publish').filter((one) => one.user === user('zhao'));

  test('is published when it is opened, and again after an act of its owner', async () => {
    const given = await givenTicket('tang');
    const event = { type: 'app_home_opened', user: user('zhao'), channel: 'D1', tab: 'home' };
    expect(await sendEvent(event, to())).toBe(200);
    const [first] = await slack.until(() => (published().length > 0 ? published() : null));
    expect(JSON.stringify(first?.view)).toContain('等待认领');
    await types('zhao', `claim ${given.number}`);
    await slack.until(() => JSON.stringify(published().at(-1)?.view).includes('我的工单（'));
    await slack.until(() => published().length > 1);
    expect(JSON.stringify(published().at(-1)?.view.blocks)).toMatch(new RegExp(`我的工单.*${given.number}.*等待认领`));
  });
});
