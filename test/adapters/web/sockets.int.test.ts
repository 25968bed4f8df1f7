import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokens } from '../../../adapters/web/token';
import { MAX_TEXT } from '../../../adapters/web/wire';
import { type ConversationLog, createConversationLog } from '../../support/conversationLog';
import { connect, type LiveVisitor, openSession, readMessages, secret, serveWeb, type WebServer } from '../../support/webServer';

const text = (clientMsgId: string, words: string) => ({ clientMsgId, content: { kind: 'text', text: words } });
const addressOf = (user: string, account = 'default') => ({ channel: 'web', account, user }) as const;

describe('a visitor on a live connection', () => {
  let dir: string;
  let log: ConversationLog;
  let server: WebServer;
  let visitors: LiveVisitor[];
  const enter = async (token: string, lastSeq = 0): Promise<LiveVisitor> => {
    const visitor = await connect(server.url, token, lastSeq);
    visitors.push(visitor);
    return visitor;
  };
  const serve = (more: Partial<Parameters<typeof serveWeb>[1]> = {}, port = 0) => serveWeb(log, { uploads: { dir }, ...more }, port);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'qiao-web-'));
    log = createConversationLog();
    visitors = [];
    server = await serve();
  });
  afterEach(async () => {
    for (const visitor of visitors) visitor.leave();
    await server.close();
    await rm(dir, { recursive: true });
  });

  test('finds no server that waits without end for a Redis that is not there: the start names it', async () => {
    await expect(serve({ redisUrl: 'redis://127.0.0.1:1' })).rejects.toThrow('REDIS_URL');
  });

  test('hears the reply to the message that was sent', async () => {
    const { token, visitor } = await openSession(server.url);
    const parent = await enter(token);
    expect(await parent.send(text('m1', '收不到通知'))).toMatchObject({ ok: true, duplicate: false });
    await server.web.send(log.reply(addressOf(visitor), { kind: 'text', text: '请问是哪所学校？' }));
    expect(await parent.heard(1)).toMatchObject([{ seq: 2, author: 'bot', replies: [{ kind: 'text', text: '请问是哪所学校？' }] }]);
  });

  test('is told "sent" only once the message is stored', async () => {
    let release = (): void => undefined;
    const stored = new Promise<void>((resolve) => {
      release = resolve;
    });
    await server.close();
    server = await serveWeb({ ...log, accept: (message) => stored.then(() => log.accept(message)) }, { uploads: { dir } });
    const { token } = await openSession(server.url);
    const parent = await enter(token);
    let told = false;
    const sent = parent.send(text('m1', '在吗')).then((result) => {
      told = true;
      return result;
    });
    // A full round trip on the same connection: an early acknowledgement would have come before it.
    await parent.sync(0);
    expect([told, log.inbox.length]).toEqual([false, 0]);
    release();
    expect([(await sent).ok, log.inbox.length]).toEqual([true, 1]);
  });

  test('every message carries a request id of its own, by which its turn is found in the log', async () => {
    const requests: (string | undefined)[] = [];
    await server.close();
    server = await serveWeb(
      {
        ...log,
        accept: (message, request) => {
          requests.push(request);
          return log.accept(message);
        },
      },
      { uploads: { dir } },
    );
    const parent = await enter((await openSession(server.url)).token);
    await parent.send(text('m1', '在吗'));
    await parent.send(text('m2', '在吗'));
    expect(requests.every((request) => request && /^[\w-]{36}$/.test(request))).toBe(true);
    expect(new Set(requests).size).toBe(2);
  });

  test('is told to try again when the store is away, and the second try counts once', async () => {
    const parent = await enter((await openSession(server.url)).token);
    log.setWorking(false);
    expect(await parent.send(text('m1', '在吗'))).toEqual({ ok: false, code: 'unavailable' });
    log.setWorking(true);
    expect(await parent.send(text('m1', '在吗'))).toMatchObject({ ok: true, duplicate: false });
    expect(await parent.send(text('m1', '在吗'))).toMatchObject({ ok: true, duplicate: true });
    expect(log.inbox).toHaveLength(1);
  });

  test("never sees another visitor's conversation", async () => {
    const [a, b] = [await openSession(server.url), await openSession(server.url)];
    const [wang, li] = [await enter(a.token), await enter(b.token)];
    await wang.send(text('m1', '我的手机号是 13800138000'));
    await server.web.send(log.reply(addressOf(a.visitor), { kind: 'text', text: '记下了' }));
    await wang.heard(1);
    await server.web.send(log.reply(addressOf(b.visitor), { kind: 'text', text: '您好' }));
    expect(await li.heard(1)).toMatchObject([{ replies: [{ text: '您好' }] }]);
    expect(await li.sync(0)).toMatchObject({ ok: true, lines: [{ replies: [{ text: '您好' }] }] });
    expect((await readMessages(server.url, b.token)).body).toMatchObject({ lines: [{ seq: 1 }] });
  });

  test('may use the same message id as somebody else', async () => {
    const [a, b] = [await openSession(server.url), await openSession(server.url)];
    await (await enter(a.token)).send(text('m1', '甲'));
    expect(await (await enter(b.token)).send(text('m1', '乙'))).toMatchObject({ ok: true, duplicate: false });
  });

  test.each([
    ['no token', () => ''],
    ['a changed token', (token: string) => token.replace('.default.', '.other.')],
    ['a token for an account nobody serves', (_: string, id: string) => createTokens(secret, Date.now).issue('closed', id).token],
    ['a token that is over', (_: string, id: string) => createTokens(secret, () => 0).issue('default', id).token],
  ])('is turned away with %s', async (_, change) => {
    const { token, visitor } = await openSession(server.url);
    await expect(enter(change(token, visitor))).rejects.toThrow('unauthorized');
  });

  test('who was away gets exactly what was missed, also from a restarted server', async () => {
    const { token, visitor } = await openSession(server.url);
    const before = await enter(token);
    await before.send(text('m1', '收不到通知'));
    await server.web.send(log.reply(addressOf(visitor), { kind: 'text', text: '一' }));
    await before.heard(1);
    const { port } = server;
    await server.close();
    await server.web.send(log.reply(addressOf(visitor), { kind: 'text', text: '二' }));
    server = await serve({}, port);
    const after = await enter(token, 2);
    expect((await after.heard(1)).map((line) => [line.seq, line.replies?.[0]?.text])).toEqual([[3, '二']]);
    expect(after.socket.id).not.toBe(before.socket.id);
  });

  test('sees dots while the answer is worked on, and sees them go', async () => {
    await server.close();
    let answer = (): void => undefined;
    const answered = new Promise<[]>((resolve) => {
      answer = () => resolve([]);
    });
    server = await serve({ settle: () => answered });
    const parent = await enter((await openSession(server.url)).token);
    const dots: boolean[] = [];
    const gone = new Promise<void>((resolve) => {
      parent.socket.on('typing', (on) => {
        dots.push(on);
        if (!on) resolve();
      });
    });
    await parent.send(text('m1', '在吗'));
    answer();
    await gone;
    expect(dots).toEqual([true, false]);
  });

  test('who writes too much at once is asked to wait, and others are not', async () => {
    await server.close();
    server = await serve({ rates: { messages: 2 } });
    const parent = await enter((await openSession(server.url)).token);
    const results = [await parent.send(text('1', 'a')), await parent.send(text('2', 'b')), await parent.send(text('3', 'c'))];
    expect(results.map((result) => (result.ok ? 'ok' : result.code))).toEqual(['ok', 'ok', 'rate_limited']);
    expect(results[2]).toMatchObject({ retryAfter: expect.any(Number) });
    expect(await (await enter((await openSession(server.url)).token)).send(text('1', 'a'))).toMatchObject({ ok: true });
  });

  test('who writes too long a text is told the limit; garbage is refused without harm', async () => {
    const parent = await enter((await openSession(server.url)).token);
    expect(await parent.send(text('m1', '长'.repeat(MAX_TEXT + 1)))).toEqual({ ok: false, code: 'text_too_long', limit: MAX_TEXT });
    for (const garbage of [null, 7, 'x', [], { content: null }])
      expect(await parent.send(garbage)).toEqual({ ok: false, code: 'bad_request' });
    expect(await parent.sync('all')).toEqual({ ok: false, code: 'bad_request' });
    parent.socket.emit('send', text('m2', '没有回执也行') as never, undefined as never);
    expect(await parent.send(text('m3', '还在'))).toMatchObject({ ok: true });
  });

  test('a page of another site cannot open a connection unless the operator named it', async () => {
    const handshake = (origin: string) =>
      fetch(`${server.url}/channels/web/socket/?EIO=4&transport=polling`, { headers: { Origin: origin } }).then(
        (response) => response.status,
      );
    expect(await handshake('https://evil.example')).toBe(403);
    await server.close();
    server = await serve({ allowedOrigins: ['https://school.example'] });
    expect(await handshake('https://school.example')).toBe(200);
  });
});

// Where the environment has a Redis, as on the build server.
const redisUrl = process.env.REDIS_URL;
if (redisUrl)
  describe('two processes on one Redis', () => {
    test('a reply sent by one reaches a visitor connected to the other', async () => {
      const dir = await mkdtemp(join(tmpdir(), 'qiao-web-'));
      const log = createConversationLog();
      const [near, far] = [await serveWeb(log, { uploads: { dir }, redisUrl }), await serveWeb(log, { uploads: { dir }, redisUrl })];
      const { token, visitor } = await openSession(near.url);
      const parent = await connect(near.url, token);
      await far.web.send(log.reply(addressOf(visitor), { kind: 'text', text: '您好' }));
      expect(await parent.heard(1)).toMatchObject([{ replies: [{ text: '您好' }] }]);
      parent.leave();
      await Promise.all([near.close(), far.close()]);
      await rm(dir, { recursive: true });
    });
  });
