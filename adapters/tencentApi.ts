/** Calls Tencent's server API with the shared access_token: JSON both ways, media up and down, `errcode` as an exception. */
import { z } from 'zod';
import { ChannelError } from './channel';
import type { Tokens } from './tencentToken';

export type Fetch = typeof globalThis.fetch;
type Query = Readonly<Record<string, string>>;
/** A file for `upload`; its type goes into the part's header. */
export type MediaFile = Readonly<{ name: string; type: string; bytes: Uint8Array }>;
/** `name` as Tencent gives it, null when it gives none. */
export type Media = Readonly<{ bytes: AsyncIterable<Uint8Array>; name: string | null; type: string }>;

/** Tencent understood and said no; `code` is its errcode, by which alone it may be told apart. */
export class TencentError extends Error {
  readonly code: number;
  constructor(code: number, said: string) {
    super(`errcode ${code}: ${said.slice(0, 200)}`);
    this.name = 'TencentError';
    this.code = code;
  }
}

/** All throw ChannelError (retryable) when Tencent cannot be reached, and TencentError when it refuses. */
export type TencentApi = Readonly<{
  get(path: string, query?: Query): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  upload(path: string, query: Query, file: MediaFile): Promise<unknown>;
  download(path: string, query: Query): Promise<Media>;
}>;

/** The token is wrong, unknown or over: a new one mends it, once. */
const STALE_TOKEN: ReadonlySet<number> = new Set([40001, 40014, 42001]);
/** Busy, or asked too often: the same may succeed later. */
const LATER: ReadonlySet<number> = new Set([-1, 45009, 45011, 45033]);
export const isPassing = (error: unknown): boolean => error instanceof TencentError && LATER.has(error.code);

const Answer = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });

export type Reach = Readonly<{ base: string; fetch?: Fetch; timeoutMs?: number }>;

/** One request without a token, such as the one for the token itself. The address is never part of an error: it holds secrets. */
export async function askTencent(
  { base, fetch = globalThis.fetch, timeoutMs = 8_000 }: Reach,
  pathAndQuery: string,
  init: RequestInit = {},
) {
  let response: Response;
  try {
    response = await fetch(`${base}${pathAndQuery}`, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  } catch (cause) {
    throw new ChannelError('Tencent does not answer', { retryable: true, cause });
  }
  if (response.ok) return response;
  await response.body?.cancel().catch(() => undefined);
  const retryable = response.status >= 500 || [408, 425, 429].includes(response.status);
  throw new ChannelError(`Tencent answered ${response.status}`, { retryable });
}

/** The JSON of an answer; throws TencentError for an errcode other than 0. */
export async function tencentJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause) => {
    throw new ChannelError('Tencent broke off', { retryable: true, cause });
  });
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) throw new ChannelError('Tencent answered something else than JSON', { retryable: true });
  if (parsed.data.errcode !== 0) throw new TencentError(parsed.data.errcode, parsed.data.errmsg);
  return parsed.data;
}

export function createTencentApi(reach: Reach, tokens: Tokens): TencentApi {
  async function withToken<T>(path: string, query: Query, init: () => RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    const ask = async (token: string) =>
      read(await askTencent(reach, `${path}?${new URLSearchParams({ access_token: token, ...query })}`, init()));
    const token = await tokens.get();
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof TencentError && STALE_TOKEN.has(error.code))) throw error;
      return ask(await tokens.renew(token));
    }
  }

  return {
    get: (path, query = {}) => withToken(path, query, () => ({}), tencentJson),
    post: (path, body) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      return withToken(path, {}, () => init, tencentJson);
    },
    upload: (path, query, { name, type, bytes }) => {
      const init = (): RequestInit => {
        const form = new FormData();
        form.append('media', new Blob([Buffer.from(bytes)], { type }), name);
        return { method: 'POST', body: form };
      };
      return withToken(path, query, init, tencentJson);
    },
    download: (path, query) => withToken(path, query, () => ({}), mediaOf),
  };
}

/** A file, unless the body is the JSON of an error. */
async function mediaOf(response: Response): Promise<Media> {
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  const disposition = response.headers.get('content-disposition') ?? '';
  if (!disposition && /^(application\/json|text\/plain)/i.test(type)) {
    await tencentJson(response);
    throw new ChannelError('Tencent answered without a file', { retryable: false });
  }
  if (!response.body) throw new ChannelError('Tencent answered without a file', { retryable: false });
  return { bytes: response.body, name: nameIn(disposition), type };
}

function nameIn(disposition: string): string | null {
  const name = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1] ?? /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  if (name === undefined) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // as it came
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
