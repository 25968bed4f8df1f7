/** The WeChat platform of the tests: it posts what customers do until it is answered or gives up, serves the API, and writes down what customers see. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ApiAnswer, createPlatformApi, type PlatformApi, type Shown } from './api';
import { type Fields, type PlatformAccount, type Responded, readResponse, requestOf } from './wire';

/** What became of one message or event: how often it was delivered, and what the last response held. */
export type Delivered = Readonly<{ acknowledged: boolean; tries: number; text?: string }>;
export type OfficialPlatform = Readonly<{
  url: string;
  api: PlatformApi;
  /** What customers saw, oldest first. */
  shown: readonly Shown[];
  /** Posts as the platform does: again with the same id when nobody answers in time or the answer is none, three times in all. */
  post(account: string, user: string, fields: Fields, deaf?: boolean): Promise<Delivered>;
  /** A text message; `id` may be given to send the very same again. `deaf`: the platform has hung up by the time of the answer. */
  say(account: string, user: string, text: string, id?: string, deaf?: boolean): Promise<Delivered>;
  event(account: string, user: string, event: string, more?: Fields): Promise<Delivered>;
  away(): Promise<void>;
  back(): Promise<void>;
  /** What the customers' platform waits before a request is answered; resolves to let it go on. */
  hold(path: string): () => void;
  close(): Promise<void>;
}>;

export type PlatformOptions = Readonly<{
  accounts: readonly PlatformAccount[];
  /** Where the desk is. */
  route: () => string;
  /** Five seconds in life. */
  patienceMs?: number;
  tries?: number;
  now?: () => number;
  onShown?: (shown: Shown) => void;
  /** How an API call goes: whether it is taken, and when its answer is given. */
  weather?: (response: ServerResponse, take: () => Promise<ApiAnswer>, give: (answer: ApiAnswer) => void) => Promise<void>;
}>;

const TIMEOUT_MS = 5_000;

export async function openOfficialPlatform(options: PlatformOptions): Promise<OfficialPlatform> {
  const { accounts, route, patienceMs = TIMEOUT_MS, tries = 3, now = Date.now } = options;
  const shown: Shown[] = [];
  const show = (one: Shown): void => {
    shown.push(one);
    options.onShown?.(one);
  };
  const api = createPlatformApi({ accounts, now, show });
  const gates = new Map<string, Promise<void>>();
  let numbers = 0;
  let server: Server = await listen(0);
  const { port } = server.address() as AddressInfo; // a TCP server has one
  const url = `http://127.0.0.1:${port}`;

  async function listen(at: number): Promise<Server> {
    const opened = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
    opened.listen(at, '127.0.0.1');
    await once(opened, 'listening');
    return opened;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const take = async (): Promise<ApiAnswer> => {
      const asked = new URL(request.url ?? '/', url);
      await gates.get(asked.pathname);
      const init = { method: request.method ?? 'GET', headers: { 'content-type': request.headers['content-type'] ?? '' } };
      const body = parts.length > 0 ? { body: Buffer.concat(parts) } : {};
      return api.answer(asked, new Request(asked, { ...init, ...body }));
    };
    if (options.weather) await options.weather(response, take, (answer) => give(response, answer));
    else give(response, await take());
  }

  const named = (name: string): PlatformAccount => {
    const found = accounts.find(({ account }) => account === name);
    if (!found) throw new Error(`the platform knows no account ${name}`);
    return found;
  };

  async function deliver(account: PlatformAccount, fields: Fields): Promise<Pick<Delivered, 'acknowledged' | 'text'>> {
    const { query, body } = requestOf(account, fields, now());
    try {
      const response = await fetch(`${route()}/channels/wechat-official/${account.account}?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      const said = await response.text();
      const read: Responded = response.ok ? readResponse(account, said) : { kind: 'abnormal' };
      if (read.kind === 'abnormal') return { acknowledged: false };
      if (read.kind === 'nothing') return { acknowledged: true };
      if (read.to !== fields.FromUserName || read.from !== fields.ToUserName) return { acknowledged: false };
      return { acknowledged: true, text: read.text };
    } catch {
      return { acknowledged: false }; // nobody there, or too late
    }
  }

  const post: OfficialPlatform['post'] = async (name, user, more, deaf = false) => {
    const account = named(name);
    const fields: Fields = { ToUserName: `gh_${name}`, FromUserName: user, CreateTime: Math.floor(now() / 1000), ...more };
    if (fields.MsgType !== 'event') api.grant(name, user, 'message');
    for (let n = 1; n <= tries; n += 1) {
      const { acknowledged, text } = await deliver(account, fields);
      if (!acknowledged) continue;
      if (text !== undefined && !deaf) show({ at: now(), account: name, user, by: 'response', kind: 'text', text });
      return { acknowledged, tries: n, ...(text !== undefined && { text }) };
    }
    return { acknowledged: false, tries };
  };

  return {
    url,
    api,
    shown,
    post,
    say: (account, user, text, id, deaf) => {
      numbers += 1;
      return post(
        account,
        user,
        { MsgType: 'text', Content: text, MsgId: id ?? `2${String(now())}${String(numbers).padStart(5, '0')}` },
        deaf,
      );
    },
    event(account, user, event, more = {}) {
      if (['subscribe', 'SCAN', 'CLICK', 'scancode_push', 'scancode_waitmsg'].includes(event)) api.grant(account, user, 'act');
      if (event === 'unsubscribe') api.unfollow(account, user);
      return post(account, user, { MsgType: 'event', Event: event, ...more });
    },
    async away() {
      await shut(server);
    },
    async back() {
      server = await listen(port);
    },
    hold(path) {
      let open: () => void = () => undefined;
      gates.set(path, new Promise((resolve) => (open = resolve)));
      return () => {
        gates.delete(path);
        open();
      };
    },
    close: () => shut(server),
  };
}

function give(response: ServerResponse, answer: ApiAnswer): void {
  if (response.destroyed) return;
  if ('json' in answer) response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(JSON.stringify(answer.json));
  else
    response
      .writeHead(200, {
        'content-type': answer.type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}`,
      })
      .end(answer.bytes);
}

async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Accounts as tests enter them, at the platform and at ours. */
export const school: PlatformAccount = {
  account: 'school',
  appId: 'wx5823bf96d3bd56c7',
  appSecret: '0123456789abcdef0123456789abcdef',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  mode: 'safe',
};
export const kindergarten: PlatformAccount = {
  account: 'kindergarten',
  appId: 'wxb11529c136998cb6',
  appSecret: 'fedcba9876543210fedcba9876543210',
  token: 'anotherToken',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  mode: 'plain',
};

/** The account as our configuration has it. */
export const configured = ({ mode, aesKey, ...account }: PlatformAccount, apiBase: string) => ({
  ...account,
  apiBase,
  stableToken: false,
  ...(mode !== 'plain' && { aesKey }),
});
