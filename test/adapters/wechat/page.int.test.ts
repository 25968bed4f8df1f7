import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { paths } from '../../../adapters/wechat/wire';
import { memoryInbox } from '../../support/channelContract';
import { until } from '../../support/until';
import { type Gateway, openGateway } from '../../support/wechat/gateway';
import { openWechat, type WechatRig } from '../../support/wechat/rig';

const CODE = 'https://login.weixin.qq.com/l/only-in-the-picture';

describe('the page of WeChat logins', () => {
  let gateway: Gateway;
  let rig: WechatRig;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    gateway = await openGateway();
    rig = await openWechat(memoryInbox().accept, {
      accounts: [{ account: 'help', ...gateway.reached }],
      admitted: async ({ headers }) => headers.authorization === 'Bearer supervisor',
    });
    server = createServer(express().use(rig.wechat.router)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await until(() => rig.health('help').heartbeat !== null, 'the gateway is heard');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rig.close();
    await gateway.close();
  });
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    fetch(url + path, { method, headers: { authorization: 'Bearer supervisor', ...headers } });
  const state = async () => (await (await ask(paths.state)).json()).accounts[0];

  test('nobody but a supervisor or the holder of the token sees a login, its code, or says yes to another', async () => {
    gateway.scan(CODE);
    await rig.becomes('help', 'scan');
    const doors = [paths.page, paths.state, `${paths.page}/help/qr.png`];
    for (const path of doors) expect((await fetch(url + path)).status).toBe(401);
    const yes = await fetch(`${url}${paths.page}/help/confirm`, { method: 'POST', headers: { 'x-qiao-wechat': '1' } });
    expect(yes.status).toBe(401);
    const page = await fetch(url + paths.page, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('请先');
  });

  test('the code is a picture and stands nowhere else', async () => {
    expect((await ask(`${paths.page}/help/qr.png`)).status).toBe(404);
    gateway.scan(CODE);
    await rig.becomes('help', 'scan');
    const picture = await ask(`${paths.page}/help/qr.png`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toBe('no-store');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const told = await (await ask(paths.state)).text();
    expect(told).not.toContain('only-in-the-picture');
    expect(JSON.parse(told).accounts[0]).toMatchObject({ account: 'help', state: 'scan', code: true, owner: null });
    expect((await ask(`${paths.page}/nobody/qr.png`)).status).toBe(404);
  });

  test('another login waits for a yes from the page itself, and then is the one', async () => {
    gateway.person({ id: 'bot-a', name: '小桥' });
    await gateway.login('bot-a');
    await rig.becomes('help', 'online');
    expect(await state()).toMatchObject({ self: '小桥', owner: '小桥', code: false });
    const confirm = (headers: Readonly<Record<string, string>>) => ask(`${paths.page}/help/confirm`, headers, 'POST');
    expect((await confirm({ 'x-qiao-wechat': '1' })).status).toBe(409);
    await gateway.kill();
    await gateway.logout();
    gateway.person({ id: 'bot-b', name: '小桥二号' });
    await gateway.login('bot-b');
    await gateway.revive();
    await rig.becomes('help', 'stranger');
    expect(await state()).toMatchObject({ self: '小桥二号', owner: '小桥' });
    expect((await confirm({})).status).toBe(403);
    expect((await confirm({ 'x-qiao-wechat': '1', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await confirm({ 'x-qiao-wechat': '1' })).status).toBe(200);
    await rig.becomes('help', 'online');
    expect(await state()).toMatchObject({ self: '小桥二号', owner: '小桥二号' });
  });
});
