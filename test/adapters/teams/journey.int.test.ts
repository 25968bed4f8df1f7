import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, startServer } from '../../support/program';
import { createPerson } from '../../support/teams/person';
import { openTeamsPlatform, type TeamsPlatform, TOKEN } from '../../support/teams/platform';
import { ACCOUNTS, signer } from './rig';

const API_TOKEN = 'token of the operator';
const [school] = ACCOUNTS;

describe('a teacher in Teams', () => {
  let folder: string;
  let platform: TeamsPlatform;
  let server: Running;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qiao-teams-'));
    platform = await openTeamsPlatform(signer);
    const TEAMS_ACCOUNTS = JSON.stringify([school]);
    server = await startServer(folder, { API_TOKEN, TEAMS_ACCOUNTS, TEAMS_OPENID_URL: platform.openIdUrl, ...platform.environment });
  });
  afterEach(async () => {
    await server.stop();
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function api(path: string, body?: object) {
    const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
    const response = await fetch(`${server.url}/api${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
    return response.json();
  }

  test('is led through one card to a ticket, sees what was wrong in it, and hears the agent who takes it by name', async () => {
    const wang = createPerson(platform, { url: server.url, account: school.account, appId: school.appId ?? '' }, 'wang');
    await wang.comes();
    expect((await wang.next()).shown).toContain('您好');

    await wang.says('我要登记一个问题');
    const form = await wang.next();
    expect(form.shown).toMatch(/学校[\s\S]*班级[\s\S]*姓名[\s\S]*手机号码[\s\S]*事由/);

    const values = { school: '实验小学', class: '三年级2班', name: '王小明', phone: '1380013', issue: '收不到老师发的短信' };
    await wang.fills(form, values);
    const again = await wang.next();
    expect(again.shown).toContain('11');
    const kept = again.attachments?.[0]?.content?.body.map(({ id, value }) => [id, value]);
    expect(kept).toEqual(
      expect.arrayContaining([
        ['school', '实验小学'],
        ['issue', '收不到老师发的短信'],
        ['phone', '1380013'],
      ]),
    );

    await wang.fills(again, { phone: '13800138000' });
    const readBack = await wang.next();
    expect(readBack.shown).toContain('手机号码 13800138000');

    await wang.presses(readBack, '确认提交');
    const number = /\d{8}-\d{4}/.exec((await wang.next()).shown)?.[0];
    expect((await api('/tickets')).tickets).toMatchObject([{ number, channel: 'teams', fields: { ...values, phone: '13800138000' } }]);

    await api(`/tickets/${number}/acts`, { kind: 'claim', agent: 'li', agentName: '李老师' });
    await api(`/tickets/${number}/acts`, { kind: 'reply', agent: 'li', agentName: '李老师', text: '请重启手机' });
    const heard = [(await wang.next()).shown];
    while (!heard.at(-1)?.includes('请重启手机')) heard.push((await wang.next()).shown);
    expect(heard.at(-1)).toBe('李老师：请重启手机');
    expect(platform.got.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);

    const { ways } = (await (await fetch(`${server.url}/readyz`)).json()).desk;
    expect(ways.teams).toMatchObject({
      accounts: [{ account: 'school', heardAt: expect.any(Number), saidAt: expect.any(Number), trouble: null }],
    });
  });
});
