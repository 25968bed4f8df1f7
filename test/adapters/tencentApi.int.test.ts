import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTencentApi, isPassing, TencentError } from '../../adapters/tencentApi';

describe('Tencent’s server API', () => {
  let server: Server;
  let base: string;
  let answers: ((token: string, body: Buffer) => readonly [status: number, headers: Record<string, string>, body: string | Buffer])[];
  const tokens = { get: async () => 'old', renew: async (refused: string) => `${refused}+new` };
  const json = (value: unknown, status = 200) => [status, { 'content-type': 'application/json' }, JSON.stringify(value)] as const;

  beforeEach(async () => {
    answers = [];
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const token = new URL(request.url ?? '/', 'http://x').searchParams.get('access_token') ?? '';
      const [status, headers, body] = answers.shift()?.(token, Buffer.concat(parts)) ?? json({}, 500);
      response.writeHead(status, headers).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const api = () => createTencentApi({ base, timeoutMs: 500 }, tokens);

  test('a token that is over is replaced once, and the request made again', async () => {
    answers = [() => json({ errcode: 42001, errmsg: 'expired' }), (token) => json({ errcode: 0, token })];
    expect(await api().post('/send', { text: '好' })).toMatchObject({ token: 'old+new' });
    answers = [() => json({ errcode: 40014, errmsg: 'bad' }), () => json({ errcode: 40014, errmsg: 'still bad' })];
    await expect(api().get('/x')).rejects.toMatchObject({ code: 40014 });
  });

  test('a refusal is told by its code, and a passing one from a lasting one', async () => {
    answers = [() => json({ errcode: 45009, errmsg: 'too often' }), () => json({ errcode: 95018, errmsg: 'state' })];
    const passing = await api()
      .get('/x')
      .catch((error: unknown) => error);
    const lasting = await api()
      .get('/x')
      .catch((error: unknown) => error);
    expect([passing instanceof TencentError, isPassing(passing), isPassing(lasting)]).toEqual([true, true, false]);
  });

  test('who is away, breaks off or answers nonsense may be asked again, and no error names the token', async () => {
    answers = [() => json({}, 502), () => [200, {}, '<html>busy</html>']];
    await expect(api().get('/x')).rejects.toMatchObject({ name: 'ChannelError', retryable: true });
    await expect(api().get('/x')).rejects.toMatchObject({ name: 'ChannelError', retryable: true });
    const away = createTencentApi({ base: 'http://127.0.0.1:9' }, tokens);
    const error = await away.get('/x').catch((one: unknown) => one);
    expect(error).toMatchObject({ name: 'ChannelError', retryable: true });
    expect(String(error)).not.toContain('old');
  });

  test('a file comes as a stream with its name; an error in its place is an error', async () => {
    const headers = { 'content-type': 'image/png', 'content-disposition': `attachment; filename="${encodeURIComponent('截图.png')}"` };
    answers = [() => [200, headers, Buffer.from('bytes')], () => json({ errcode: 40007, errmsg: 'invalid media_id' })];
    const media = await api().download('/media/get', { media_id: 'm' });
    const parts: Uint8Array[] = [];
    for await (const part of media.bytes) parts.push(part);
    expect([media.name, Buffer.concat(parts).toString()]).toEqual(['截图.png', 'bytes']);
    await expect(api().download('/media/get', { media_id: 'm' })).rejects.toMatchObject({ code: 40007 });
  });

  test('a file goes up as the form field media, again after a token that is over', async () => {
    const bodies: string[] = [];
    const take = (code: number) => (_: string, body: Buffer) => {
      bodies.push(body.toString('utf8'));
      return json({ errcode: code, media_id: 'M' });
    };
    answers = [take(42001), take(0)];
    const file = { name: '通知.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') };
    expect(await api().upload('/media/upload', { type: 'file' }, file)).toMatchObject({ media_id: 'M' });
    expect(bodies).toHaveLength(2);
    expect(bodies.every((body) => body.includes('name="media"; filename="通知.pdf"') && body.includes('%PDF'))).toBe(true);
  });
});
