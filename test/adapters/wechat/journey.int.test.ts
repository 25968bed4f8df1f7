import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../support/program';
import { until } from '../../support/until';
import { openGateway } from '../../support/wechat/gateway';

const API_TOKEN = 'a token of sufficient length';

test('a parent writes in WeChat, is answered there, and the matter is a ticket at the desk of the running server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-wechat-'));
  const gateway = await openGateway({ id: 'bot-a', name: '小桥' });
  gateway.person({ id: 'mother', name: '王妈妈' });
  const accounts = [{ account: 'help', ...gateway.reached, pace: [0, 0] }];
  const server = await startServer(folder, { API_TOKEN, WECHAT_ACCOUNTS: JSON.stringify(accounts) });
  const ask = async (path: string) => (await fetch(server.url + path, { headers: { authorization: `Bearer ${API_TOKEN}` } })).json();
  const heard = (): string => gateway.said.flatMap(({ to, text }) => (to === 'mother' ? [text] : [])).join('\n');
  try {
    await until(async () => (await ask('/channels/wechat/state')).accounts[0].state === 'online', 'the account is online');
    gateway.write({ from: 'mother', text: '我是实验小学三(2)班王小明的妈妈，电话13800138000，收不到短信，转人工' });
    await until(async () => (await ask('/api/tickets')).tickets.length === 1, 'there is a ticket');
    const { tickets } = await ask('/api/tickets');
    expect(tickets[0]).toMatchObject({ channel: 'wechat' });
    await until(() => heard().includes('人工'), 'the parent is answered');
    expect((await fetch(`${server.url}/channels/wechat`, { headers: { accept: 'text/html' } })).status).toBe(401);
    const page = await fetch(`${server.url}/channels/wechat`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    expect(await page.text()).toContain('微信登录');
    // Of what the account said itself the gateway is asked, too.
    const way = async () => (await ask('/readyz')).desk.ways.wechat.help;
    await until(async () => (await way()).unsaved === 0, 'all is stored');
    expect(await way()).toMatchObject({ state: 'online', missed: 0 });
    expect((await stat(join(folder, 'wechat'))).mode & 0o777).toBe(0o700);
    // A gateway that owes an answer keeps no program from ending.
    gateway.mum(true, 'never given');
    gateway.write({ id: 'never given', from: 'mother', text: '还有一件事' });
    await until(async () => (await way()).unsaved === 1, 'a message is told of');
  } finally {
    const { code, err } = await server.stop();
    expect({ code, err }).toMatchObject({ code: 0 });
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 90_000);
