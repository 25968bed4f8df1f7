/** The platform's server API: access tokens that end one another, a count of what may be sent, files both ways, and its error codes. */
import { randomUUID } from 'node:crypto';
import type { PlatformAccount } from './wire';

/** What a customer's phone shows. `by`: the response to their message, a call, or a template. */
export type Shown = Readonly<{
  at: number;
  account: string;
  user: string;
  by: 'response' | 'call' | 'template';
  kind: 'text' | 'image';
  text: string;
}>;
export type Refusal = Readonly<{ errcode: number; errmsg: string }>;
export type ApiAnswer = Readonly<{ json: object } | { bytes: Uint8Array; name: string; type: string }>;

type Grant = { left: number; until: number };
const HOURS_48 = 48 * 3_600_000;

export type PlatformApi = ReturnType<typeof createPlatformApi>;

export function createPlatformApi(
  options: Readonly<{ accounts: readonly PlatformAccount[]; now: () => number; show: (shown: Shown) => void }>,
) {
  const { now, show } = options;
  const tokens = new Map<string, { token: string; until: number }>();
  const over = new Set<string>();
  const grants = new Map<string, Map<'message' | 'act', Grant>>();
  const gone = new Set<string>();
  const files = new Map<string, Readonly<{ bytes: Uint8Array; name: string; type: string }>>();
  const menus = new Map<string, unknown>();
  /** Codes the next calls of a path are answered with, once each; null lets one through. */
  const refusals = new Map<string, (number | null)[]>();
  const calls = { token: 0, send: 0 };
  const key = (account: string, user: string): string => `${account}:${user}`;

  function issue({ account }: PlatformAccount): object {
    calls.token += 1;
    const before = tokens.get(account);
    if (before) over.add(before.token);
    const token = `token-${randomUUID()}`;
    tokens.set(account, { token, until: now() + 7_200_000 });
    return { access_token: token, expires_in: 7200 };
  }

  function stable(account: PlatformAccount, force: boolean): object {
    const standing = tokens.get(account.account);
    if (!force && standing && !over.has(standing.token)) return { access_token: standing.token, expires_in: 7200 };
    return issue(account);
  }

  const accountOf = (token: string): PlatformAccount | undefined =>
    options.accounts.find(({ account }) => tokens.get(account)?.token === token && !over.has(token));

  function spend(account: string, user: string): Refusal | null {
    const open = [...(grants.get(key(account, user))?.values() ?? [])].filter(({ until }) => until > now());
    if (open.length === 0) return { errcode: 45015, errmsg: 'response out of time limit or subscription is canceled' };
    const first = open.filter(({ left }) => left > 0).sort((a, b) => a.until - b.until)[0];
    if (!first) return { errcode: 45047, errmsg: 'out of response count limit' };
    first.left -= 1;
    return null;
  }

  function sendMessage({ account }: PlatformAccount, body: string): object {
    calls.send += 1;
    const { touser, msgtype, text, image } = JSON.parse(body);
    if (gone.has(key(account, touser))) return { errcode: 43004, errmsg: 'require subscribe' };
    if (msgtype === 'text' && Buffer.byteLength(text.content) > 2048) return { errcode: 45002, errmsg: 'content size out of limit' };
    if (msgtype === 'image' && !files.has(image.media_id)) return { errcode: 40007, errmsg: 'invalid media_id' };
    const refused = spend(account, touser);
    if (refused) return refused;
    const said = msgtype === 'image' ? image.media_id : text.content;
    show({ at: now(), account, user: touser, by: 'call', kind: msgtype, text: said });
    return { errcode: 0, errmsg: 'ok' };
  }

  function sendTemplate({ account }: PlatformAccount, body: string): object {
    const { touser, template_id, data } = JSON.parse(body);
    if (!template_id) return { errcode: 40037, errmsg: 'invalid template_id' };
    const text = Object.values(data as Record<string, { value: string }>)
      .map(({ value }) => value)
      .join('\n');
    show({ at: now(), account, user: touser, by: 'template', kind: 'text', text });
    return { errcode: 0, errmsg: 'ok', msgid: 1 };
  }

  async function upload(request: Request): Promise<object> {
    const file = (await request.formData()).get('media');
    if (!(file instanceof File)) return { errcode: 41005, errmsg: 'media data missing' };
    const mediaId = `media-${randomUUID()}`;
    files.set(mediaId, { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name, type: file.type });
    return { type: 'image', media_id: mediaId, created_at: 1 };
  }

  function mediaOf(mediaId: string, base: string): ApiAnswer {
    const file = files.get(mediaId);
    if (!file) return { json: { errcode: 40007, errmsg: 'invalid media_id' } };
    return file.type.startsWith('video/') ? { json: { video_url: `${base}/videos/${mediaId}` } } : file;
  }

  async function answer(url: URL, request: Request): Promise<ApiAnswer> {
    const path = url.pathname;
    if (path.startsWith('/videos/')) return files.get(path.slice('/videos/'.length)) ?? { json: { errcode: 40007, errmsg: 'no video' } };
    const code = refusals.get(path)?.shift();
    if (code !== undefined && code !== null) return { json: { errcode: code, errmsg: 'refused for once' } };
    if (path === '/cgi-bin/token' || path === '/cgi-bin/stable_token') {
      const given = path === '/cgi-bin/token' ? Object.fromEntries(url.searchParams) : JSON.parse(await request.text());
      const account = options.accounts.find(({ appId }) => appId === given.appid);
      if (!account) return { json: { errcode: 40013, errmsg: 'invalid appid' } };
      if (account.appSecret !== given.secret) return { json: { errcode: 40125, errmsg: 'invalid appsecret' } };
      return { json: path === '/cgi-bin/token' ? issue(account) : stable(account, given.force_refresh) };
    }
    const token = url.searchParams.get('access_token') ?? '';
    const account = accountOf(token);
    if (!account)
      return { json: { errcode: over.has(token) ? 42001 : 40001, errmsg: 'invalid credential, access_token is invalid or not latest' } };
    switch (path) {
      case '/cgi-bin/message/custom/send':
        return { json: sendMessage(account, await request.text()) };
      case '/cgi-bin/message/template/send':
        return { json: sendTemplate(account, await request.text()) };
      case '/cgi-bin/media/get':
        return mediaOf(url.searchParams.get('media_id') ?? '', url.origin);
      case '/cgi-bin/media/upload':
        return { json: await upload(request) };
      case '/cgi-bin/menu/create':
        menus.set(account.account, JSON.parse(await request.text()));
        return { json: { errcode: 0, errmsg: 'ok' } };
      default:
        return { json: { errcode: 43003, errmsg: 'no such interface' } };
    }
  }

  return {
    answer,
    calls,
    files,
    menus,
    /** What a customer did opens so many messages for so long. */
    grant(account: string, user: string, kind: 'message' | 'act'): void {
      const mine = grants.get(key(account, user)) ?? new Map<'message' | 'act', Grant>();
      mine.set(kind, kind === 'message' ? { left: 5, until: now() + HOURS_48 } : { left: 3, until: now() + 60_000 });
      grants.set(key(account, user), mine);
      gone.delete(key(account, user));
    },
    unfollow: (account: string, user: string) => void gone.add(key(account, user)),
    /** The token in use is worth nothing any more. */
    endToken(account: string): void {
      const standing = tokens.get(account);
      if (standing) over.add(standing.token);
    },
    refuseNext: (path: string, ...codes: readonly (number | null)[]) => void refusals.set(path, [...(refusals.get(path) ?? []), ...codes]),
  };
}
