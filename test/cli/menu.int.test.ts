/** The menu command as an operator runs it, against the platform's own API. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qiao } from '../support/program';
import { configured, kindergarten, type OfficialPlatform, openOfficialPlatform, school } from '../support/wechat-official/platform';

const menu = {
  button: [
    { type: 'click', name: '转人工', key: '转人工' },
    {
      name: '常见问题',
      sub_button: [
        { type: 'click', name: '收不到短信', key: '收不到短信' },
        { type: 'view', name: '官网', url: 'https://school.example/' },
      ],
    },
  ],
};

describe('the menu of an official account', () => {
  let folder: string;
  let platform: OfficialPlatform;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-menu-'));
    platform = await openOfficialPlatform({ accounts: [school, kindergarten], route: () => '' });
  });
  afterAll(async () => {
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  });
  const push = async (given: unknown, ...more: readonly string[]) => {
    await writeFile(join(folder, 'menu.json'), typeof given === 'string' ? given : JSON.stringify(given));
    const accounts = JSON.stringify([configured(school, platform.url), configured(kindergarten, platform.url)]);
    return qiao(['wechat-official', 'menu', 'menu.json', ...more], folder, '', { WECHAT_OFFICIAL_ACCOUNTS: accounts });
  };

  test('is pushed to the account that is named, and the running server keeps its token', async () => {
    await (await fetch(`${platform.url}/cgi-bin/token?appid=${school.appId}&secret=${school.appSecret}`)).json();
    const before = platform.api.calls.token;
    expect(await push(menu, '--account', 'school')).toMatchObject({ code: 0, out: expect.stringContaining('school: 菜单已更新') });
    expect([platform.api.menus.get('school'), platform.api.menus.has('kindergarten')]).toEqual([menu, false]);
    expect(platform.api.calls.token).toBe(before);
  });

  test('that cannot be is refused with the place of what is wrong, and nothing is asked of the platform', async () => {
    const wrong = { button: [{ type: 'click', name: '这个名字实在太长了一点', key: 'x' }] };
    expect(await push(wrong, '--account', 'school')).toMatchObject({ code: 2, err: expect.stringContaining('button.0') });
    expect(await push('no JSON', '--account', 'school')).toMatchObject({ code: 2 });
    expect(await push(menu)).toMatchObject({
      code: 2,
      err: expect.stringContaining('say which account with --account: school, kindergarten'),
    });
  });

  test('that the platform refuses is told with its own words', async () => {
    platform.api.refuseNext('/cgi-bin/menu/create', 40018);
    expect(await push(menu, '--account', 'kindergarten')).toMatchObject({ code: 1, err: expect.stringContaining('errcode 40018') });
  });
});
