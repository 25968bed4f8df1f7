/** A parent in WeChat, through the built server, to a ticket in the store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, startServer } from '../../support/program';
import { until } from '../../support/until';
import { openWecom, type WecomPlatform } from '../../support/wecom/platform';
import { corp, textOf } from '../../support/wecom/state';

const KFID = 'wk-school';
const school = corp('school');
const API_TOKEN = 'a token for the journey';

describe('a parent in WeChat', () => {
  let folder: string;
  let platform: WecomPlatform;
  let server: Running | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-wecom-journey-'));
    platform = await openWecom({ corps: [school], callbackUrl: () => `${server?.url}/channels/wecom/school` });
    await start();
  });
  afterEach(async () => {
    await server?.stop();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    const { account, corpId, secret, token, aesKey, kfids } = school;
    const accounts = JSON.stringify([{ account, corpId, secret, token, aesKey, kfids }]);
    server = await startServer(folder, { WECOM_ACCOUNTS: accounts, WECOM_API_URL: platform.url, API_TOKEN });
  }
  const got = (): string[] => platform.state.got.map(({ body }) => textOf(body));

  /** Says it and resolves to what the desk answers. */
  async function say(content: string): Promise<string> {
    const before = got().length;
    platform.state.say(KFID, 'wm-parent', { msgtype: 'text', text: { content } });
    await platform.signal(KFID);
    await until(() => got().length > before);
    return got().slice(before).join('\n');
  }
  const api = async (path: string) => {
    const response = await fetch(`${server?.url}${path}`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    return response.json();
  };

  test('is answered, led through the form in one message a turn, and gets a ticket, over a kill in between', async () => {
    expect(await say('学生卡丢了怎么办')).toContain('挂失');
    await say('收不到短信，帮我登记报修');
    await say('我是南宁市实验小学三年级2班王小明的妈妈，电话13800138000');
    await server?.stop('SIGKILL');
    platform.state.say(KFID, 'wm-parent', { msgtype: 'text', text: { content: '昨天下午开始收不到任何通知' } });
    const before = got().length;
    await start();
    await until(() => got().length > before);
    for (let tries = 0; tries < 6 && (await tickets()).length === 0; tries += 1) await say(tries === 0 ? '确认提交' : '没有了，提交');
    expect(await tickets()).toHaveLength(1);
    const ready = (await api('/readyz')) as { desk?: { ways?: { wecom?: { lines: { pulledAt?: string }[] } } } };
    expect(ready.desk?.ways?.wecom?.lines[0]?.pulledAt).toEqual(expect.any(String));
  });

  async function tickets(): Promise<unknown[]> {
    const { tickets: found } = (await api('/api/tickets')) as { tickets: unknown[] };
    return found;
  }

  test('what was written while the server was down is answered once it is up, in order', async () => {
    await say('你好');
    await server?.stop();
    for (const n of [1, 2, 3]) platform.state.say(KFID, 'wm-parent', { msgtype: 'text', text: { content: `怎么退订${n}` } });
    const before = got().length;
    await start();
    await until(() => got().length >= before + 1);
    const history = platform.calls.filter(({ path }) => path.endsWith('/send_msg'));
    expect(new Set(history.map(({ asked }) => asked.msgid)).size).toBe(got().length);
  });
});
