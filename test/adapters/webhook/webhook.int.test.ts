import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Accepted, ChannelError, type Entry, type Outgoing } from '../../../adapters/channel';
import { sign, verify } from '../../../adapters/signedBody';
import { createWebhook } from '../../../adapters/webhook';
import type { Inbound, Reply } from '../../../dialogs/vocabulary';
import { links } from '../../support/links';
import { until } from '../../support/until';

const secret = 'secret of the sms gateway';
const other = 'secret of another gateway';
const reply: Reply = { kind: 'text', text: '您好' };

/** Requests whose connection still stands. */
const open = new Set<ServerResponse>();

async function listen(handler: Parameters<typeof createServer>[1]): Promise<{ server: Server; url: string }> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

type Callback = { body: { id: string; user: string }; fits: string };

describe('the webhook over real HTTP', () => {
  const inbox = new Map<string, Inbound>();
  const callbacks: Callback[] = [];
  let gateway: { server: Server; url: string };
  let desk: { server: Server; url: string };
  let webhook: ReturnType<typeof createWebhook>;
  let stop: () => Promise<void>;
  let gatewayStatus = 200;
  let sent: Promise<void>[] = [];
  /** Before the desk knows what to answer. */
  let thinking: Promise<void> = Promise.resolve();

  const accept = async (message: Inbound): Promise<Accepted> => {
    const id = `webhook:${message.from.account}:${message.id}`;
    const duplicate = inbox.has(id);
    inbox.set(id, message);
    return { id, conversation: `webhook:${message.from.account}:${message.from.user}`, duplicate };
  };
  const outgoing = (key: string, account = 'sms'): Outgoing => ({ key, seq: 1, to: { channel: 'webhook', account, user: 'u1' }, reply });
  const settle = async (accepted: Accepted): Promise<readonly Outgoing[]> => {
    const one = outgoing(`${accepted.id}:0`);
    await thinking;
    // The desk sends on its own, whether the response is out or not.
    sent.push(webhook.send(one));
    return [one];
  };
  const history = async (): Promise<readonly Entry[]> => [{ seq: 4, at: 1, id: 'x:0', author: 'bot', reply }];

  beforeAll(async () => {
    const app = express();
    app.post('/replies', express.raw({ type: () => true }), (request, response) => {
      const headers = { signature: request.get('x-qiao-signature'), timestamp: request.get('x-qiao-timestamp') };
      callbacks.push({ body: JSON.parse(String(request.body)), fits: verify({ rawBody: request.body, ...headers }, secret, Date.now()) });
      response.sendStatus(gatewayStatus);
    });
    gateway = await listen(app);
    const accounts = [
      { account: 'sms', secret, callback: `${gateway.url}/replies` },
      { account: 'other', secret: other },
    ];
    webhook = createWebhook({ accounts, history, settle, files: links });
    stop = await webhook.start(accept);
    desk = await listen((request, response) => {
      open.add(response);
      response.once('close', () => open.delete(response));
      void (webhook.handle(request, response) ?? response.writeHead(404).end());
    });
  });
  beforeEach(() => {
    inbox.clear();
    callbacks.length = 0;
    gatewayStatus = 200;
    sent = [];
    thinking = Promise.resolve();
  });
  afterAll(async () => {
    for (const { server } of [gateway, desk]) await new Promise((done) => server.close(done));
  });

  async function post(body: unknown, change: { key?: string; timestamp?: string; path?: string; signal?: AbortSignal } = {}) {
    const raw = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'x-qiao-signature': sign(raw, change.key ?? secret),
      'x-qiao-timestamp': change.timestamp ?? String(Math.floor(Date.now() / 1000)),
    };
    const { path = 'sms', signal = null } = change;
    const response = await fetch(`${desk.url}/channels/webhook/${path}`, { method: 'POST', headers, body: raw, signal });
    return { status: response.status, json: await response.json() };
  }

  test('a signed message is stored before it is acknowledged', async () => {
    expect(await post({ id: 'm1', user: 'u1', text: '你好' })).toEqual({ status: 202, json: { id: 'm1', duplicate: false } });
    expect([...inbox.keys()]).toEqual(['webhook:sms:m1']);
  });

  test('a redelivery is acknowledged as a duplicate', async () => {
    await post({ id: 'm1', user: 'u1', text: '你好' });
    expect((await post({ id: 'm1', user: 'u1', text: '你好' })).json).toEqual({ id: 'm1', duplicate: true });
  });

  test('a forged, unsigned-in-time or foreign message is refused and changes nothing', async () => {
    const body = { id: 'm1', user: 'u1', text: '你好' };
    expect((await post(body, { key: other })).json.error.code).toBe('signature-wrong');
    expect((await post(body, { timestamp: '1000' })).json.error.code).toBe('timestamp-stale');
    expect((await post(body, { path: 'nobody' })).status).toBe(404);
    expect(inbox.size).toBe(0);
  });

  test('the secret of one account opens no other', async () => {
    expect((await post({ id: 'm1', user: 'u1', text: '你好' }, { path: 'other' })).status).toBe(401);
  });

  test('a broken body is refused with what to mend', async () => {
    const { status, json } = await post({ id: 'm1', text: '你好' });
    expect([status, json.error.code]).toEqual([400, 'message-invalid']);
    expect(json.error.message).toContain('user');
  });

  test('a body of more than 64 KB is refused and changes nothing', async () => {
    const { status, json } = await post({ id: 'm1', user: 'u1', text: '好'.repeat(22_000) });
    expect([status, json.error.code, inbox.size]).toEqual([413, 'body-too-large', 0]);
  });

  test('?reply=sync returns the replies in the response and makes no callback of them', async () => {
    const { status, json } = await post({ id: 'm1', user: 'u1', text: '你好' }, { path: 'sms?reply=sync' });
    expect(status).toBe(200);
    expect(json.replies).toEqual([{ kind: 'text', text: '您好', plain: '您好' }]);
    await Promise.all(sent);
    await webhook.send(outgoing('webhook:sms:m1:0'));
    expect(callbacks).toEqual([]);
  });

  test('a gateway that hung up before the response gets the replies by callback', async () => {
    let answers: () => void = () => undefined;
    thinking = new Promise((resolve) => {
      answers = resolve;
    });
    const asking = new AbortController();
    const asked = post({ id: 'm1', user: 'u1', text: '你好' }, { path: 'sms?reply=sync', signal: asking.signal });
    await until(() => inbox.size === 1);
    asking.abort();
    await expect(asked).rejects.toThrow('aborted');
    await until(() => open.size === 0, 'the desk knows that nobody listens');
    answers();
    await until(() => sent.length === 1);
    await Promise.all(sent);
    expect(callbacks).toMatchObject([{ body: { id: 'webhook:sms:m1:0', replies: [{ text: '您好' }] } }]);
  });

  test('a later reply goes to the callback URL, signed the same way', async () => {
    await webhook.send(outgoing('agent-event:0'));
    expect(callbacks).toMatchObject([{ body: { id: 'agent-event:0', user: 'u1' }, fits: 'ok' }]);
  });

  test.each([
    [503, true],
    [429, true],
    [400, false],
  ])('a callback answered %i is retryable: %p', async (status, retryable) => {
    gatewayStatus = status;
    const failure = await webhook.send(outgoing('e:0')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ChannelError);
    expect(failure).toMatchObject({ retryable });
  });

  test('an account without a callback asks for what was said, signing the path', async () => {
    const path = '/channels/webhook/other/messages?user=u1&after=0';
    const headers = { 'x-qiao-signature': sign(path, other), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)) };
    const response = await fetch(`${desk.url}${path}`, { headers });
    expect(await response.json()).toMatchObject({ messages: [{ seq: 4, author: 'bot', replies: [{ text: '您好' }] }] });
  });

  test.each(['after=0', 'user=u1&after=x', 'user=u1&after=-1'])(
    'a question without a user or a place to go on from is refused: %s',
    async (query) => {
      const path = `/channels/webhook/other/messages?${query}`;
      const headers = { 'x-qiao-signature': sign(path, other), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)) };
      const response = await fetch(`${desk.url}${path}`, { headers });
      expect([response.status, (await response.json()).error.code]).toEqual([400, 'query-invalid']);
    },
  );

  test('once stopped it takes nothing and says so', async () => {
    await stop();
    expect((await post({ id: 'm9', user: 'u1', text: '你好' })).status).toBe(503);
    stop = await webhook.start(accept);
  });
});
