/** A parent's way through an official account to a ticket, over the built server and the platform's own wire. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, startServer } from '../../support/program';
import { until } from '../../support/until';
import { configured, type OfficialPlatform, openOfficialPlatform, school } from '../../support/wechat-official/platform';

const API_TOKEN = 'a token for the API of tests';
const agent = { agent: 'li', agentName: '李老师' };

describe('a parent writes to the official account of a school', () => {
  let folder: string;
  let platform: OfficialPlatform;
  let server: Running;
  let desk = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-official-'));
    platform = await openOfficialPlatform({ accounts: [school], route: () => desk });
    const accounts = JSON.stringify([configured(school, platform.url)]);
    server = await startServer(folder, { WECHAT_OFFICIAL_ACCOUNTS: accounts, API_TOKEN });
    desk = server.url;
  });
  afterAll(async () => {
    await server.stop();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  });

  const api = async (path: string, body?: object) => {
    const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/api${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
    return response.json();
  };
  const shownTo = (user: string) => platform.shown.filter((one) => one.user === user);

  test('from the welcome to a ticket number, all in responses, so that nothing of the budget is spent', async () => {
    const welcome = await platform.event('school', 'wang', 'subscribe', { EventKey: '' });
    expect(welcome.text).toContain('您好');
    const answer = await platform.say('school', 'wang', '怎么收不到学校短信');
    expect(answer.text).toBeTruthy();
    await platform.say('school', 'wang', '帮我登记');
    await platform.say('school', 'wang', '我是南宁市明秀路小学三(2)班王小明的妈妈，电话13800138000');
    const confirmed = await platform.say('school', 'wang', '确认');
    expect(confirmed.text).toMatch(/\d{8}-\d{4}/);
    expect(shownTo('wang').every(({ by }) => by === 'response')).toBe(true);
    const ticket = await until(async () => (await api('/tickets')).tickets[0]);
    expect(ticket).toMatchObject({ channel: 'wechat-official', fields: { name: '王小明', phone: '13800138000' } });
  });

  test('the agent who takes the ticket is heard by a call, and when the window is shut the ticket says that somebody must telephone', async () => {
    const { tickets } = await api('/tickets');
    const { number } = tickets[0];
    await api(`/tickets/${number}/acts`, { kind: 'claim', ...agent });
    await api(`/tickets/${number}/acts`, { kind: 'reply', text: '王妈妈您好，我正在查。', ...agent });
    await until(() => shownTo('wang').find(({ by, text }) => by === 'call' && text.includes('我正在查')));

    platform.api.refuseNext('/cgi-bin/message/custom/send', 45015);
    await api(`/tickets/${number}/acts`, { kind: 'reply', text: '已经恢复，请您看一下。', ...agent });
    const { events } = await until(async () => {
      const told = await api(`/tickets/${number}`);
      return told.ticket.flags.includes('call-back') ? told : undefined;
    });
    expect(events.find(({ kind }: { kind: string }) => kind === 'undelivered').data.reason).toBe('48 小时窗口已过，请致电客户');

    await platform.say('school', 'wang', '在吗');
    expect(
      (
        await until(async () => {
          const told = await api(`/tickets/${number}`);
          return told.ticket.flags.includes('call-back') ? undefined : told.ticket;
        })
      ).flags,
    ).not.toContain('call-back');
  });

  test('the server says that it hears the account', async () => {
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({
      desk: { ways: { 'wechat-official': { school: { heardAt: expect.any(String) } } } },
    });
  });
});
