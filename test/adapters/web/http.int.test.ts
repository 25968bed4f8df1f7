import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paths, type Refused, type Uploaded } from '../../../adapters/web/wire';
import { type ConversationLog, createConversationLog } from '../../support/conversationLog';
import { openSession, postMessage, readMessages, serveWeb, type WebServer } from '../../support/webServer';

let dir: string;
let log: ConversationLog;
let server: WebServer;

const serve = async (more: Partial<Parameters<typeof serveWeb>[1]> = {}): Promise<void> => {
  server = await serveWeb(log, { uploads: { dir, maxBytes: 1000 }, ...more });
};
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-web-'));
  log = createConversationLog();
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

describe('a visitor without sockets', () => {
  test('sends and reads by plain requests, only what is new and only what is theirs', async () => {
    await serve();
    const [parent, stranger] = [await openSession(server.url), await openSession(server.url)];
    expect(await postMessage(server.url, parent.token, { clientMsgId: 'm1', content: { kind: 'text', text: '在吗' } })).toMatchObject({
      status: 200,
      body: { ok: true, duplicate: false },
    });
    await server.web.send(log.reply({ channel: 'web', account: 'default', user: parent.visitor }, { kind: 'text', text: '在的' }));
    expect((await readMessages(server.url, parent.token)).body).toMatchObject({ lines: [{ seq: 1, clientMsgId: 'm1' }, { seq: 2 }] });
    expect((await readMessages(server.url, parent.token, 1)).body).toMatchObject({ lines: [{ seq: 2, author: 'bot' }] });
    expect((await readMessages(server.url, stranger.token)).body).toEqual({ ok: true, lines: [] });
  });

  test('keeps being the same visitor when the token is renewed, and becomes a new one with a forged token', async () => {
    await serve();
    const first = await openSession(server.url);
    expect((await openSession(server.url, { token: first.token })).visitor).toBe(first.visitor);
    expect((await openSession(server.url, { token: `${first.token}x` })).visitor).not.toBe(first.visitor);
  });

  test('is another visitor on another account, and no visitor of an unknown one', async () => {
    await serve({ accounts: ['default', 'second'] });
    const first = await openSession(server.url);
    expect((await openSession(server.url, { token: first.token, account: 'second' })).visitor).not.toBe(first.visitor);
    expect(await openSession(server.url, { account: 'nowhere' })).toEqual({ ok: false, code: 'not_found' });
  });

  test('gets codes for errors, never a stack trace', async () => {
    await serve();
    const { token } = await openSession(server.url);
    const raw = (body: string, authorization = `Bearer ${token}`) =>
      fetch(server.url + paths.messages, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: authorization },
        body,
      });
    const answers = [
      await raw('{"broken'),
      await raw('null'),
      await raw(JSON.stringify({ pad: 'x'.repeat(40_000) })),
      await raw('{}', 'Bearer nonsense'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 413, 401]);
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { ok: false, code: 'bad_request' },
      { ok: false, code: 'bad_request' },
      { ok: false, code: 'text_too_long' },
      { ok: false, code: 'unauthorized' },
    ]);
  });

  test('who asks too often is told when to come back', async () => {
    await serve({ rates: { sessionsPerIp: 1 } });
    await openSession(server.url);
    const refused = await fetch(server.url + paths.session, { method: 'POST' });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });

  test('is counted once over both doors', async () => {
    await serve({ rates: { messages: 1 } });
    const { token } = await openSession(server.url);
    const post = (id: string) => postMessage(server.url, token, { clientMsgId: id, content: { kind: 'text', text: 'x' } });
    expect([(await post('1')).status, (await post('2')).status]).toEqual([200, 429]);
  });

  test('a page of another site is refused unless the operator named it', async () => {
    await serve({ allowedOrigins: ['https://school.example'] });
    const from = (origin: string, method = 'POST') => fetch(server.url + paths.session, { method, headers: { Origin: origin } });
    expect((await from('https://evil.example')).status).toBe(403);
    const allowed = await from('https://school.example', 'OPTIONS');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://school.example']);
  });
});

// The smallest file of each kind that its reader recognises by its first bytes.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

describe('an upload', () => {
  const upload = async (
    token: string,
    bytes: Buffer<ArrayBuffer> | string,
    name: string,
  ): Promise<{ status: number; body: Uploaded | Refused }> => {
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    const response = await fetch(server.url + paths.uploads, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: form });
    // The test server answers in the shape the wire types promise.
    return { status: response.status, body: (await response.json()) as Uploaded | Refused };
  };
  const stored = async (): Promise<string[]> => (await readdir(dir)).filter((name) => name !== 'incoming');

  test('of a picture can be sent, and opens by its link with the type its bytes say', async () => {
    await serve();
    const { token } = await openSession(server.url);
    const { body } = await upload(token, png, '错误截图.txt');
    if (!body.ok) throw new Error(body.code);
    expect(body.attachment).toMatchObject({ name: '错误截图.txt', type: 'image/png', size: png.length });
    const sent = await postMessage(server.url, token, {
      clientMsgId: 'm1',
      content: { kind: 'image', attachment: { url: body.attachment.url } },
    });
    expect(sent.status).toBe(200);
    expect(log.inbox[0]?.content).toMatchObject({ kind: 'image', attachment: { url: expect.not.stringContaining('sig') } });
    const opened = await fetch(server.url + body.attachment.url);
    expect(Buffer.from(await opened.arrayBuffer()).equals(png)).toBe(true);
    expect([opened.headers.get('content-type'), opened.headers.get('x-content-type-options')]).toEqual(['image/png', 'nosniff']);
  });

  test('of a document comes back as a download, never as a page', async () => {
    await serve();
    const { body } = await upload((await openSession(server.url)).token, pdf, '回执.pdf');
    if (!body.ok) throw new Error(body.code);
    const opened = await fetch(server.url + body.attachment.url);
    expect(opened.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%E5%9B%9E%E6%89%A7/);
    expect(opened.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('of the same bytes is kept once', async () => {
    await serve();
    const { token } = await openSession(server.url);
    await upload(token, png, 'a.png');
    await upload(token, png, 'b.png');
    expect(await stored()).toHaveLength(1);
  });

  test.each([
    ['a page that calls itself a picture', '<html><script>alert(1)</script></html>', 'a.png', 415],
    ['a drawing that could carry scripts', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg', 415],
    ['a file too large', Buffer.concat([png, Buffer.alloc(2000)]), 'a.png', 413],
    ['a file far too large, refused unread', Buffer.alloc(200_000), 'a.png', 413],
    ['an empty file', '', 'a.png', 415],
  ])('of %s is refused and leaves nothing behind', async (_, bytes, name, status) => {
    await serve();
    expect((await upload((await openSession(server.url)).token, bytes, name)).status).toBe(status);
    expect(await stored()).toEqual([]);
    expect(await readdir(join(dir, 'incoming')).catch(() => [])).toEqual([]);
  });

  test('needs a token, a form, and a pace a person keeps', async () => {
    await serve({ rates: { uploads: 2 } });
    const { token } = await openSession(server.url);
    expect((await upload('nonsense', png, 'a.png')).status).toBe(401);
    const bare = await fetch(server.url + paths.uploads, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: png });
    expect(bare.status).toBe(400);
    await upload(token, png, 'a.png');
    expect((await upload(token, png, 'a.png')).status).toBe(429);
  });

  test.each([
    ['without a boundary', 'multipart/form-data', 'no form at all'],
    ['of another boundary', 'multipart/form-data; boundary=a', '--b\r\nno form at all'],
    ['with headers that are none', 'multipart/form-data; boundary=a', `--a\r\n${'x'.repeat(100)}\r\n\r\n`],
    [
      'cut off in its file',
      'multipart/form-data; boundary=a',
      '--a\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nhalf of',
    ],
  ])('in a form %s is the sender’s to mend, and no failure of ours', async (_, type, body) => {
    const errors: unknown[] = [];
    await serve({ log: { warn: () => undefined, error: (data) => void errors.push(data) } });
    const { token } = await openSession(server.url);
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': type };
    const response = await fetch(server.url + paths.uploads, { method: 'POST', headers, body });
    expect([response.status, errors, await stored()]).toEqual([400, [], []]);
  });

  test('does not open by a guessed path or a changed link', async () => {
    await serve();
    const { body } = await upload((await openSession(server.url)).token, png, 'a.png');
    if (!body.ok) throw new Error(body.code);
    const { url } = body.attachment;
    const guesses = [url.split('?')[0] ?? '', url.replace('size=', 'size=1'), `${paths.uploads}/..%2f..%2fpackage.json`];
    const answers = await Promise.all(guesses.map((guess) => fetch(server.url + guess)));
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
  });
});
