/** A WeCom of ours over real HTTP: what an application calls, and the callbacks that tell it to look. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import busboy from 'busboy';
import { callBackThrice, kfEvent, signed } from './callback';
import { type Corp, createState, type Got, Refusal, type WecomState } from './state';

export type Moods = {
  /** Nobody answers. */
  away: boolean;
  /** sync_msg gives an empty page that promises more, before each page. */
  emptyFirst: boolean;
  /** The most items of a page. */
  pageSize: number;
  /** Every page begins with the last items of the one before. */
  overlap: number;
  /** Calls of paths that end so are answered with this errcode instead, each once. */
  failNext: (readonly [path: string, code: number])[];
  /** Callbacks are sent. */
  callbacks: boolean;
};

export type WecomPlatform = Readonly<{
  url: string;
  state: WecomState;
  moods: Moods;
  /** Path of every call with what it was asked, oldest first. */
  calls: readonly Readonly<{ path: string; asked: Readonly<Record<string, unknown>> }>[];
  /** Every access_token up to now is over. */
  expireTokens(): void;
  /** Tells the application that there is something; resolves to whether it heard. */
  signal(kfid: string): Promise<boolean>;
  /** Directories by path such as `/cgi-bin/school/department/list`. */
  directory: Map<string, (query: URLSearchParams) => object>;
  close(): Promise<void>;
}>;

export type PlatformOptions = Readonly<{
  corps: readonly Corp[];
  /** Where a corporation's callbacks go. */
  callbackUrl: (corp: Corp) => string;
  now?: () => number;
  /** A message reached a customer. */
  onGot?: (got: Got) => void;
  /** The journal was asked for from this place on: all before it need not come again. */
  onSync?: (kfid: string, place: number) => void;
  /** Before a call is answered: false drops the connection, as a broken line would. `after` drops it once it took effect. */
  line?: (path: string) => 'up' | 'down' | 'after' | Promise<'up' | 'down' | 'after'>;
}>;

export async function openWecom(options: PlatformOptions): Promise<WecomPlatform> {
  const { corps, now = Date.now } = options;
  const state = createState(corps, now, options.onGot);
  const moods: Moods = { away: false, emptyFirst: false, pageSize: 1_000, overlap: 0, failNext: [], callbacks: true };
  const tokens = new Map<string, Corp>();
  const calls: { path: string; asked: Readonly<Record<string, unknown>> }[] = [];
  const directory: WecomPlatform['directory'] = new Map();
  const emptied = new Set<string>();
  let tokenCount = 0;

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://wecom');
    try {
      const body = await bodyOf(request);
      const line = (await options.line?.(url.pathname)) ?? 'up';
      if (moods.away || line === 'down') return void response.destroy();
      const asked = Buffer.isBuffer(body) ? jsonIn(body) : {};
      calls.push({ path: url.pathname, asked: { ...Object.fromEntries(url.searchParams), ...asked } });
      const answer = answerTo(url, asked, body);
      if (line === 'after') return void response.destroy();
      give(response, answer);
    } catch (error) {
      if (error instanceof Refusal) return give(response, { errcode: error.code, errmsg: error.message });
      response.writeHead(500).end();
    }
  });

  function answerTo(url: URL, asked: Readonly<Record<string, unknown>>, body: Buffer | Upload): object {
    const { pathname, searchParams } = url;
    if (pathname === '/cgi-bin/gettoken') return newToken(searchParams);
    const corp = tokens.get(searchParams.get('access_token') ?? '');
    if (!corp) throw new Refusal(40_014, 'invalid access_token');
    const failure = moods.failNext.findIndex(([path]) => pathname.endsWith(path));
    const [failed] = failure < 0 ? [] : moods.failNext.splice(failure, 1);
    if (failed) throw new Refusal(failed[1], 'as the test wishes');
    const listed = directory.get(pathname);
    if (listed) return listed(searchParams);
    const { open_kfid: kfid = '', external_userid: user = '' } = asked as { open_kfid?: string; external_userid?: string };
    if (kfid !== '' && !corp.kfids.includes(kfid)) throw new Refusal(95_000, 'invalid open_kfid');
    switch (pathname) {
      case '/cgi-bin/kf/sync_msg':
        return sync(kfid, asked);
      case '/cgi-bin/kf/send_msg':
        return { msgid: state.send(asked) };
      case '/cgi-bin/kf/send_msg_on_event':
        return { msgid: state.sendOnEvent(asked) };
      case '/cgi-bin/kf/service_state/get':
        return { service_state: state.sessionOf(kfid, user).state };
      case '/cgi-bin/kf/service_state/trans':
        return state.trans(kfid, user, Number(asked.service_state));
      case '/cgi-bin/media/get':
        return state.media.get(searchParams.get('media_id') ?? '') ?? refuse(40_007, 'invalid media_id');
      case '/cgi-bin/media/upload':
        return Buffer.isBuffer(body) ? refuse(44_001, 'empty media') : { media_id: state.keepMedia(body.name, body.type, body.bytes) };
      default:
        return refuse(404, `no ${pathname} here`);
    }
  }

  function newToken(query: URLSearchParams): object {
    const corp = corps.find(({ corpId, secret }) => corpId === query.get('corpid') && secret === query.get('corpsecret'));
    if (!corp) throw new Refusal(40_001, 'invalid credential');
    tokenCount += 1;
    const token = `token-${tokenCount}`;
    tokens.set(token, corp);
    return { access_token: token, expires_in: 7_200 };
  }

  function sync(kfid: string, { cursor = '', limit = 1_000 }: Readonly<{ cursor?: string; limit?: number }>): object {
    const at = `${kfid}@${cursor}`;
    if (moods.emptyFirst && !emptied.has(at)) {
      emptied.add(at);
      return { next_cursor: cursor, has_more: 1, msg_list: [] };
    }
    emptied.delete(at);
    const page = state.sync(kfid, cursor, Math.min(limit, moods.pageSize));
    const from = Number(cursor.replace(/^c/, '') || 0);
    options.onSync?.(kfid, from);
    return { ...page, msg_list: [...state.journal(kfid).slice(Math.max(0, from - moods.overlap), from), ...page.msg_list] };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    moods,
    calls,
    directory,
    expireTokens: () => tokens.clear(),
    async signal(kfid) {
      const corp = corps.find(({ kfids }) => kfids.includes(kfid));
      if (!corp || !moods.callbacks) return false;
      const event = kfEvent(corp, kfid, `sync-${now()}`, now());
      return callBackThrice(() => options.callbackUrl(corp), signed(corp, event, now()));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const refuse = (code: number, said: string): never => {
  throw new Refusal(code, said);
};

type Upload = Readonly<{ name: string; type: string; bytes: Buffer }>;

function bodyOf(request: IncomingMessage): Promise<Buffer | Upload> {
  if (!/^multipart\//.test(request.headers['content-type'] ?? '')) {
    return (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      return Buffer.concat(parts);
    })();
  }
  return new Promise((resolve, reject) => {
    const form = busboy({ headers: request.headers, defParamCharset: 'utf8' });
    form.on('file', (_, file, { filename, mimeType }) => {
      const parts: Buffer[] = [];
      file.on('data', (part: Buffer) => parts.push(part));
      file.on('end', () => resolve({ name: filename ?? '', type: mimeType, bytes: Buffer.concat(parts) }));
    });
    form.on('error', reject);
    request.pipe(form);
  });
}

function jsonIn(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return {};
  }
}

function give(response: ServerResponse, answer: object): void {
  if ('bytes' in answer && answer.bytes instanceof Buffer && 'name' in answer && 'type' in answer) {
    const disposition = `attachment; filename="${encodeURIComponent(String(answer.name))}"`;
    response.writeHead(200, { 'content-type': String(answer.type), 'content-disposition': disposition }).end(answer.bytes);
    return;
  }
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }));
}
