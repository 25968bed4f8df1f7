import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from '../adapters/signedBody';
import { qiao, startChat, startServer } from './support/program';
import { serveDirectory, students } from './support/wecom/directory';
import { openWecom } from './support/wecom/platform';
import { corp } from './support/wecom/state';

const linesOf = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the program, as its users run it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'qiao-main-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a parent is led to a ticket in the terminal, and the ticket stands in the store', async () => {
    const talk = ['我要登记一个问题', '实验小学', '三年级2班', '王小明', '13800138000', '收不到老师发的短信', '{"choice":"confirm"}'];
    const chat = await qiao(['chat', '--json'], folder, talk.join('\n'));
    expect(chat.code).toBe(0);
    const turns = linesOf(chat.out);
    expect(turns).toHaveLength(talk.length);
    expect(turns.at(-2)).toMatchObject({ phase: 'confirming', holder: 'bot', tickets: [] });
    const number = (turns.at(-1)?.tickets as string[] | undefined)?.[0];
    expect(number).toMatch(/^\d{8}-\d{4}$/);

    const [tickets] = linesOf((await qiao(['tickets', 'list', '--json'], folder)).out) as unknown as Record<string, unknown>[][];
    expect(tickets).toMatchObject([
      { number, fields: { school: '实验小学', class: '三年级2班', name: '王小明', phone: '13800138000', issue: '收不到老师发的短信' } },
    ]);
    const audit = await qiao(['audit', '--json'], folder);
    expect([audit.code, linesOf(audit.out)[0]]).toEqual([0, expect.objectContaining({ accepted: 7, lost: 0, pending: 0 })]);
  });

  test('a script hears JSON alone, with and without being asked for it', async () => {
    const chat = await qiao(['chat'], folder, '怎么退订\n');
    expect(linesOf(chat.out)).toEqual([expect.objectContaining({ phase: expect.any(String), replies: [expect.any(Object)], tickets: [] })]);
  });

  test('what a person answers while nobody sits at the terminal waits in the log, and is no dead letter', async () => {
    const chat = await qiao(['chat', '--json'], folder, '人工');
    const [turn] = linesOf(chat.out);
    const API_TOKEN = 'token of the operator';
    const server = await startServer(folder, { API_TOKEN });
    const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
    const act = (body: object) =>
      fetch(`${server.url}/api/tickets/${turn?.tickets}/acts`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ agent: 'li', agentName: '李老师', ...body }),
      });
    expect([(await act({ kind: 'claim' })).status, (await act({ kind: 'reply', text: '已为您处理' })).status]).toEqual([202, 202]);
    await server.stop();
    const [audit] = linesOf((await qiao(['audit', '--json'], folder)).out);
    expect(audit).toMatchObject({ lost: 0, deadLetters: 0, outboxAgeMs: 0 });
  });

  test('hours pass at once on the virtual clock, and an unfinished form is offered again', async () => {
    const chat = await qiao(['chat', '--json', '--virtual-clock'], folder, '我要登记一个问题\n实验小学\n{"advance":"PT5H"}\n在吗');
    expect(linesOf(chat.out).at(-1)).toMatchObject({ phase: 'resuming' });
  });

  test('what is understood is one JSON object a line, every field named', async () => {
    const input = ['实验小学三年二班王小明,电话1380013', '{"turns":[{"asked":"phone","text":"一三八零零一三八零零零"}]}'].join('\n');
    const [first, second] = linesOf((await qiao(['understand', '-', '--json'], folder, input)).out);
    expect(first).toMatchObject({
      slots: { school: { value: '实验小学' }, class: { value: '三年级2班' }, name: { value: '王小明' }, phone: null },
      rejected: { phone: { raw: '1380013' } },
    });
    expect(second).toMatchObject({ slots: { phone: { value: '13800138000' }, school: null } });
  });

  test('the same commands teach a desk that runs and one that does not, and what it answers is told from what it was taught', async () => {
    const wording = '娃胸前挂的那玩意没影了';
    const decision = async () => linesOf((await qiao(['ask', wording, '--json'], folder)).out)[0];
    const untaught = await decision();
    expect(untaught).not.toMatchObject({ decision: 'answer' });
    const server = await startServer(folder);
    const learnt = await qiao(['learn', 'card-lost', wording, '--by', '李老师', '--json'], folder);
    expect([learnt.code, linesOf(learnt.out)[0]]).toEqual([0, expect.objectContaining({ kept: true, broken: [] })]);
    expect(await decision()).toMatchObject({ decision: 'answer', hits: [{ article: 'card-lost' }, ...Array(2).fill(expect.any(Object))] });
    await server.stop();
    expect(await decision()).toMatchObject({ decision: 'answer' });
    expect((await qiao(['forget', wording], folder)).code).toBe(0);
    expect(await decision()).toEqual(untaught);
  }, 120_000);

  test('agents, tickets and the audit are there while the server runs, and nobody without its token runs a command', async () => {
    const server = await startServer(folder, { API_TOKEN: 'a token of the operators' });
    const added = await qiao(['agents', 'add', '--name', '李老师', '--department', '客服部'], folder);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toMatch(/李老师[\s\S]+口令 token/);
    const listed = await qiao(['agents', 'list', '--json'], folder);
    expect(JSON.parse(listed.out)).toMatchObject([{ name: '李老师', token: true }]);
    expect(await qiao(['tickets', 'list'], folder)).toMatchObject({ code: 0, out: '还没有工单。\n' });
    expect(JSON.parse((await qiao(['audit', '--json'], folder)).out)).toMatchObject({ lost: 0 });
    expect(await qiao(['agents', 'remove', 'nobody'], folder)).toMatchObject({ code: 2, out: '' });
    const asked = await fetch(`${server.url}/api/commands`, {
      method: 'POST',
      headers: { authorization: 'Bearer a token of the operators', 'content-type': 'application/json' },
      body: JSON.stringify({ argv: ['tickets', 'list'] }),
    });
    expect(asked.status).toBe(401);
    await server.stop();
    expect(JSON.parse((await qiao(['agents', 'list', '--json'], folder)).out)).toMatchObject([{ name: '李老师' }]);
  }, 120_000);

  test('a seed and the school directory are written while the server runs, by the server, from files it need not see', async () => {
    const school = corp('school');
    const platform = await openWecom({ corps: [school], callbackUrl: () => 'http://127.0.0.1:9' });
    serveDirectory(platform, { students });
    const server = await startServer(folder, { WECOM_ACCOUNTS: JSON.stringify([school]), WECOM_API_URL: platform.url });
    try {
      const seed = { schools: [{ name: '南宁市实验小学', aliases: ['实小'] }], settings: { brand: '桥' } };
      mkdirSync(join(folder, 'elsewhere'));
      writeFileSync(join(folder, 'elsewhere/seed.json'), JSON.stringify(seed));
      const seeded = await qiao(['seed', 'elsewhere/seed.json'], folder);
      expect(seeded).toMatchObject({ code: 0, err: '' });
      expect(seeded.out).toMatch(/schools 1[\s\S]+重启后生效/);
      expect((await qiao(['seed', '-'], folder, JSON.stringify({ schools: [{ name: '南宁市第一中学' }] }))).out).toContain('schools 1');
      expect(await qiao(['seed', '-'], folder, '{"schools":[{"name":""}]}')).toMatchObject({
        ...{ code: 2, out: '' },
        err: expect.stringContaining('schools.0.name'),
      });
      expect(await qiao(['seed', 'none.json'], folder)).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') });

      const imported = await qiao(['wecom', 'directory', '--json'], folder);
      expect(imported).toMatchObject({ code: 0, err: 'school：已读取 read 0/2 个班级 classes\nschool：已读取 read 2/2 个班级 classes\n' });
      expect(JSON.parse(imported.out)).toMatchObject({ account: 'school', students: 3, parents: 2, added: 2, schools: 2 });
      expect(await qiao(['wecom', 'directory', '--account', 'other'], folder)).toMatchObject({ code: 2, out: '' });
    } finally {
      await server.stop();
      await platform.close();
    }
    const known = JSON.parse((await qiao(['understand', '我是实小三年级2班的', '--json'], folder)).out);
    expect(JSON.stringify(known)).toContain('南宁市实验小学');
  }, 240_000);

  test('who only asks is answered from the own articles, and told so, while another command has the folder', async () => {
    const chat = startChat(folder);
    await chat.opened;
    const asked = await qiao(['ask', '学生卡丢了怎么办', '--json'], folder);
    expect([asked.code, asked.err]).toEqual([0, expect.stringContaining('is in use by process')]);
    expect(linesOf(asked.out)[0]).toMatchObject({ decision: 'answer' });
    const learning = await qiao(['learn', 'card-lost', '卡卡没得了'], folder);
    expect([learning.code, learning.err]).toEqual([1, expect.stringContaining('is in use by process')]);
    await chat.end();
  });

  test('wrong use says what to do and ends with 2, a broken seed writes nothing', async () => {
    const unknown = await qiao(['dance'], folder);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('--help')]);
    writeFileSync(join(folder, 'seed.json'), '{"schools":[{"name":""}],"citys":[]}');
    const seed = await qiao(['seed', 'seed.json'], folder);
    expect(seed.code).toBe(2);
    expect(seed.err).toMatch(/schools\.0\.name[\s\S]*citys/);
    expect((await qiao(['tickets', 'show', '20990101-0001'], folder)).code).toBe(2);
  });

  test('a seeded directory makes a known school verified under its alias', async () => {
    writeFileSync(join(folder, 'seed.json'), '{"schools":[{"name":"南宁市实验小学","aliases":["实小"]}]}');
    expect((await qiao(['seed', 'seed.json'], folder)).code).toBe(0);
    const understood = await qiao(['understand', '我们实小三年级2班的', '--json', '--data', folder], folder);
    expect(linesOf(understood.out)[0]).toMatchObject({ slots: { school: { value: '南宁市实验小学' } } });
  });

  test('bad settings are told all at once and the program ends with 1', async () => {
    const failure = await startServer(folder, { PORT: '99999', LOG_LEVEL: 'loud' }).catch(String);
    expect(failure).toMatch(/PORT[\s\S]*LOG_LEVEL/);
    expect(await startServer(folder, { HOST: '203.0.113.7' }).catch(String)).toContain('set HOST');
    mkdirSync(join(folder, '.env'));
    expect(await startServer(folder).catch(String)).toContain('.env: cannot be read');
  });

  test('a turn is found in the log by the id of the request that brought it, without the words or the phone', async () => {
    const secret = 'secret of the gateway';
    const server = await startServer(folder, { WEBHOOK_ACCOUNTS: JSON.stringify([{ account: 'sms', secret }]), LOG_LEVEL: 'debug' });
    const body = JSON.stringify({ id: 'm1', user: '13800138000', text: '孩子王小明的手机13900139000收不到短信' });
    const headers = {
      'x-qiao-signature': sign(body, secret),
      'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-request-id': 'request-of-the-gateway',
    };
    await fetch(`${server.url}/channels/webhook/sms?reply=sync`, { method: 'POST', headers, body });
    const { err } = await server.stop();
    const turn = linesOf(err).find((line) => line.msg === 'turn');
    expect(turn).toMatchObject({ request: 'request-of-the-gateway', from: 'idle', effects: expect.arrayContaining(['reply']) });
    expect(err).not.toMatch(/13[89]00139?8?000|王小明|收不到|secret of the gateway/);
  });

  test('what a killed server had still to send is sent by the next command, and not given up', async () => {
    const said: string[] = [];
    let up = false;
    const gateway = createServer((request, response) => {
      request.on('data', (part) => up && said.push(String(part)));
      request.on('end', () => response.writeHead(up ? 200 : 503).end());
    }).listen(0, '127.0.0.1');
    await new Promise((done) => gateway.once('listening', done));
    const callback = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/`;
    const secret = 'secret of the gateway';
    const accounts = { WEBHOOK_ACCOUNTS: JSON.stringify([{ account: 'sms', secret, callback }]) };
    const server = await startServer(folder, accounts);
    const body = JSON.stringify({ id: 'm1', user: 'u1', text: '怎么退订' });
    const headers = { 'x-qiao-signature': sign(body, secret), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)) };
    await fetch(`${server.url}/channels/webhook/sms`, { method: 'POST', headers, body });
    await server.stop('SIGKILL');
    up = true;
    const audit = await qiao(['audit', '--json'], folder, '', accounts);
    gateway.close();
    expect(linesOf(audit.out)[0]).toMatchObject({ accepted: 1, lost: 0, deadLetters: 0 });
    expect(said.join()).toContain('"user":"u1"');
  });

  test('the server takes a signed message to an answer, stops clean, and still knows it afterwards', async () => {
    const secret = 'secret of the gateway';
    const accounts = { WEBHOOK_ACCOUNTS: JSON.stringify([{ account: 'sms', secret }]), API_TOKEN: 'token of the operator' };
    const post = async (url: string, id: string, text: string) => {
      const body = JSON.stringify({ id, user: 'u1', text });
      const headers = { 'x-qiao-signature': sign(body, secret), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)) };
      return (await fetch(`${url}/channels/webhook/sms?reply=sync`, { method: 'POST', headers, body })).json();
    };
    const first = await startServer(folder, accounts);
    const answer = await post(first.url, 'm1', '我要退订校讯通');
    expect(answer).toMatchObject({ duplicate: false, replies: [expect.objectContaining({ text: expect.any(String) })] });
    const second = await startServer(folder, accounts).catch(String);
    expect(second).toMatch(/process|locked/);
    expect((await first.stop()).code).toBe(0);

    const again = await startServer(folder, accounts);
    expect(await post(again.url, 'm1', '我要退订校讯通')).toMatchObject({ duplicate: true, replies: answer.replies });
    expect(await (await fetch(`${again.url}/readyz`)).json()).toMatchObject({ status: 'ready', messages: { accepted: 1, lost: 0 } });
    await again.stop();
  });
});
