/** The built server with a gateway that takes callbacks and the web chat: one mother on both, proved by a code, taken apart and put together by agents. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign } from '../../adapters/signedBody';
import { qiao, type Running, startServer } from '../support/program';
import { openSession, postMessage, readMessages } from '../support/webServer';

const SECRET = 'secret of the sms gateway';
const API_TOKEN = 'a token for the journey of two';
const USER = '13800138000';
const FORM = ['我要登记一个问题', '实验小学', '三年级2班', '王小明', USER, '收不到老师发的短信'];
const NUMBER = /\d{8}-\d{4}/;
const TICKET = /工单编号 (\d{8}-\d{4})/;

type Event = Readonly<{ kind: string; by: string; data: Readonly<{ merge?: string; text?: string }> }>;

describe('one person on two channels', () => {
  let dir: string;
  let gateway: Server;
  let server: Running;
  let agents: readonly Readonly<{ id: string; name: string }>[] = [];
  /** What the gateway was told, each with a signature that fits. */
  const told: string[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'qiao-merge-journey-'));
    gateway = createServer(async (request, response) => {
      let body = '';
      for await (const part of request.setEncoding('utf8')) body += part;
      const ours = request.headers['x-qiao-signature'] === sign(body, SECRET);
      if (ours) told.push(...JSON.parse(body).replies.map(({ plain }: { plain: string }) => plain));
      response.writeHead(ours ? 200 : 401).end();
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    for (const person of ['李老师', '孙主管'])
      await qiao(['agents', 'add', '--name', person, '--department', '客服部', ...(person === '孙主管' ? ['--supervisor'] : [])], dir);
    agents = JSON.parse((await qiao(['agents', 'list', '--json'], dir)).out);
    // A TCP server's address is always of this shape.
    const callback = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/replies`;
    server = await startServer(dir, {
      API_TOKEN,
      LOG_LEVEL: 'info',
      WEBHOOK_ACCOUNTS: JSON.stringify([{ account: 'sms', secret: SECRET, callback }]),
    });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    gateway?.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    const end = Date.now() + 20_000;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${what} did not come`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const by = (name: string) => ({ agent: agents.find((one) => one.name === name)?.id ?? '', agentName: name });
  let sent = 0;
  const said = (text: string, awaited: RegExp): string | undefined => (awaited.test(text) ? text : undefined);
  /** By the gateway; resolves to what its callback was told in answer. */
  async function texts(text: string, awaited = /./): Promise<string> {
    sent += 1;
    const before = told.length;
    const body = JSON.stringify({ id: `m${sent}`, user: USER, text });
    const headers = { 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)), 'x-qiao-signature': sign(body, SECRET) };
    const { status } = await fetch(`${server.url}/channels/webhook/sms`, { method: 'POST', headers, body });
    if (status !== 202) throw new Error(`the gateway was answered ${status}`);
    return until(`an answer to ${text}`, () => said(told.slice(before).join('\n'), awaited));
  }

  /** In the web chat; resolves to what is answered there, choices included. */
  async function chatter() {
    const { token } = await openSession(server.url);
    let seen = 0;
    return async (content: object, awaited = /kind/): Promise<string> => {
      sent += 1;
      const { status } = await postMessage(server.url, token, { clientMsgId: `message-${sent}`, content });
      if (status >= 300) throw new Error(`the chat answered ${status}`);
      return until(`an answer to ${JSON.stringify(content)}`, async () => {
        const { body } = await readMessages(server.url, token, seen);
        if (!body.ok) throw new Error(body.code);
        const answers = body.lines.filter(({ author }) => author !== 'customer').map(({ replies }) => replies);
        const text = said(JSON.stringify(answers), awaited);
        if (text !== undefined) seen = Math.max(...body.lines.map(({ seq }) => seq));
        return text;
      });
    };
  }

  async function api<T>(path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
    const post = body && { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${server.url}/api/tickets${path}`, { headers, ...post });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  const numberIn = (text: string): string => TICKET.exec(text)?.[1] ?? '';
  const mergesOn = async (number: string) =>
    (await api<{ events: readonly Event[] }>(`/${number}`)).events.filter(({ kind }) => /merged/.test(kind));

  test('known by text message and new in the chat: the code proves it, both tell of both tickets, and agents take it back and do it again', async () => {
    for (const text of FORM) await texts(text);
    const first = numberIn(await texts('确认', TICKET));

    const chat = await chatter();
    for (const text of FORM) await chat({ kind: 'text', text });
    const confirmed = await chat({ kind: 'choice', value: 'confirm' }, /合在一起看/);
    const second = numberIn(confirmed);
    const before = told.length;
    await chat({ kind: 'choice', value: 'sendCode' });
    const code = await until('the code', () => told.slice(before).flatMap((text) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? [])[0]);
    await chat({ kind: 'text', text: code }, /已确认是您本人/);

    const proved = await until('the note of the merge', async () => (await mergesOn(first))[0]);
    expect(proved.data.text).toContain('客户用验证码确认是本人');
    const both = async () => {
      const [here, there] = [await chat({ kind: 'text', text: '我的工单' }, NUMBER), await texts('我的工单', NUMBER)];
      return [first, second].map((number) => [here.includes(number), there.includes(number)]);
    };
    expect(await both()).toEqual([
      [true, true],
      [true, true],
    ]);

    const [li, sun] = [by('李老师'), by('孙主管')];
    await expect(api(`/${second}/acts`, { kind: 'unmerge', merge: proved.data.merge, ...li })).rejects.toThrow('只有主管可以撤销');
    await api(`/${second}/acts`, { kind: 'unmerge', merge: proved.data.merge, ...sun });
    expect(await both()).toEqual([
      [false, true],
      [true, false],
    ]);

    await api(`/${first}/acts`, { kind: 'claim', ...li });
    const { candidates } = await api<{ candidates: readonly { key: string }[] }>(`/${first}/candidates?agent=${li.agent}`);
    expect(JSON.stringify(candidates)).not.toContain(USER);
    await api(`/${first}/acts`, { kind: 'merge', with: candidates[0]?.key, ...li });
    expect((await mergesOn(second)).at(-1)).toMatchObject({ kind: 'merged', by: li.agent });
    expect((await api<{ elsewhere: { channels: string[] } }>(`/${second}`)).elsewhere.channels.sort()).toEqual(['web', 'webhook']);
    await api(`/${first}/acts`, { kind: 'unmerge', merge: (await mergesOn(first)).at(-1)?.data.merge, ...li });
    expect((await api<{ elsewhere: unknown }>(`/${second}`)).elsewhere).toBeNull();

    const { err } = await server.stop();
    const lines = err.split('\n').filter((line) => line.includes('customers were merged') || line.includes('merge was taken back'));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toContain(USER);
    expect(err).not.toContain(code);
  }, 120_000);
});
