/** The page of WeChat logins as a supervisor sees it: the code to scan, the login, and what tells that it must be scanned again. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { paths } from '../../adapters/wechat/wire';
import { breaches } from '../support/accessibility';
import { openBrowser } from '../support/browser';
import { memoryInbox } from '../support/channelContract';
import { builtPages } from '../support/program';
import { until } from '../support/until';
import { type Gateway, openGateway } from '../support/wechat/gateway';
import { openWechat, type WechatRig } from '../support/wechat/rig';

const SUPERVISOR = 'Bearer supervisor';
const SELF = { id: 'bot-a', name: '小桥' };

describe('the page of WeChat logins in a browser', () => {
  let browser: Browser;
  let gateway: Gateway;
  let rig: WechatRig;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    gateway = await openGateway();
    rig = await openWechat(memoryInbox().accept, {
      accounts: [{ account: 'help', ...gateway.reached }],
      admitted: async ({ headers }) => headers.authorization === SUPERVISOR,
      page: join(builtPages, 'wechat.html'),
    });
    server = createServer(express().use(rig.wechat.router).use(express.static(builtPages))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one
    await until(() => rig.health('help').heartbeat !== null, 'the gateway is heard');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rig.close();
    await gateway.close();
  });

  const visit = async (headers: Readonly<Record<string, string>>): Promise<Page> => {
    const context = await browser.newContext({ locale: 'zh-CN', extraHTTPHeaders: headers });
    const page = await context.newPage();
    await page.goto(url + paths.page);
    return page;
  };
  const shows = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor();

  test('shows the code, goes online once it was read, and asks and alerts again after a logout', async () => {
    const page = await visit({ authorization: SUPERVISOR });
    await shows(page, '正在连接');
    expect(await page.getByRole('img').count()).toBe(0);

    gateway.scan('https://login.weixin.qq.com/l/first');
    await shows(page, '等待扫码');
    const code = page.getByRole('img', { name: '账号 help 的登录二维码' });
    await code.waitFor();
    await until(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth >= 200), 'the code is drawn');
    expect(await breaches(page)).toEqual([]);
    expect(rig.alerts).toEqual([]);

    gateway.person(SELF);
    await gateway.login(SELF.id);
    await shows(page, '在线');
    await shows(page, '小桥');
    expect(await page.getByRole('img').count()).toBe(0);

    await gateway.logout();
    await until(() => rig.health('help').state !== 'online', 'the login is over');
    await until(() => rig.health('help').heartbeat !== null, 'the gateway is heard anew');
    gateway.scan('https://login.weixin.qq.com/l/second');
    await shows(page, '等待扫码');
    await code.waitFor();
    expect(rig.alerts).toMatchObject([{ account: 'help', cause: 'scan', title: expect.stringContaining('需要重新扫码登录') }]);
    await page.context().close();
  }, 120_000);

  test('says where to sign in to whoever may not see it, and shows nothing else', async () => {
    const page = await visit({});
    expect(await page.getByRole('link', { name: '用主管账号登录工作台' }).getAttribute('href')).toBe('/desk');
    expect(await page.getByText('help').count()).toBe(0);
    await page.context().close();
  });

  test('says that the server is away, and goes on by itself once it is back', async () => {
    const page = await visit({ authorization: SUPERVISOR });
    await shows(page, '正在连接');
    await page.route(`**${paths.state}`, (route) => route.abort());
    await shows(page, '暂时连不上服务器，正在重试…');
    await page.unroute(`**${paths.state}`);
    await until(async () => (await page.getByRole('status').textContent()) === '', 'the trouble is over');
    await page.context().close();
  });
});
