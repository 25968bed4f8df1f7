/** The platform's API for one account: the shared access token, calls that are short and files that may take their time. */
import { z } from 'zod';
import type { Notebook } from '../notebook';
import { askTencent, createTencentApi, type Fetch, isPassing, type Reach, type TencentApi, TencentError, tencentJson } from '../tencentApi';
import { createTokens, type FreshToken, type Tokens } from '../tencentToken';
import type { Account } from './options';

export type Line = Readonly<{
  account: Account;
  /** Calls: a send of the shell waits ten seconds, and one call may need a new token first. */
  api: TencentApi;
  /** Files, which may be large. */
  media: TencentApi;
}>;

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const CALL_MS = 4_000;
const MEDIA_MS = 60_000;

/** What the operator must put right; until then calls are tried again. */
const hints: Readonly<Record<number, string>> = {
  40013: 'the appId is unknown: copy it from 基本配置',
  40125: 'the appSecret is wrong: copy it anew or reset it in 基本配置',
  40164: 'this server is not on the IP whitelist: add its address in 基本配置',
  48001: 'the account may not use this interface: see 接口权限',
  50002: 'the account is restricted: see the notices of 公众平台',
};
/** In words for the log and /readyz when it is the operator's to mend, else null. */
export const hintOf = (error: unknown): string | null => (error instanceof TencentError ? (hints[error.code] ?? null) : null);
/** Whether the same may succeed later. */
export const isForLater = (error: TencentError): boolean =>
  isPassing(error) || error.code in hints || [40001, 40014, 42001].includes(error.code);

export function createLine(account: Account, deps: Readonly<{ notebook: Notebook; fetch: Fetch; now: () => number }>): Line {
  const fetchToken = tokenOf(account, deps.fetch);
  const tokens = createTokens({ notebook: deps.notebook, key: `token:${account.account}`, fetchToken, now: deps.now });
  return over(account, deps.fetch, tokens);
}

/** For one command beside a running server: a token of a kind that does not end the server's. */
export function createPassingLine(account: Account, fetch: Fetch): Line {
  const fetchToken = tokenOf({ ...account, stableToken: true }, fetch);
  const get = async (): Promise<string> => (await fetchToken()).token;
  return over(account, fetch, { get, renew: get });
}

function over(account: Account, fetch: Fetch, tokens: Tokens): Line {
  const reach = (timeoutMs: number): Reach => ({ base: account.apiBase, fetch, timeoutMs });
  return { account, api: createTencentApi(reach(CALL_MS), tokens), media: createTencentApi(reach(MEDIA_MS), tokens) };
}

/** `stable_token` gives the same token until it is over; one that was refused before that must be replaced by force. */
function tokenOf({ apiBase, appId, appSecret, stableToken }: Account, fetch: Fetch): () => Promise<FreshToken> {
  const reach = { base: apiBase, fetch, timeoutMs: CALL_MS };
  const given = { grant_type: 'client_credential', appid: appId, secret: appSecret };
  let last: string | null = null;

  async function stable(force: boolean): Promise<z.infer<typeof Token>> {
    const body = JSON.stringify({ ...given, force_refresh: force });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    return Token.parse(await tencentJson(await askTencent(reach, '/cgi-bin/stable_token', init)));
  }
  async function plain(): Promise<z.infer<typeof Token>> {
    return Token.parse(await tencentJson(await askTencent(reach, `/cgi-bin/token?${new URLSearchParams(given)}`)));
  }

  return async () => {
    let fresh = stableToken ? await stable(false) : await plain();
    if (stableToken && fresh.access_token === last) fresh = await stable(true);
    last = fresh.access_token;
    return { token: fresh.access_token, seconds: fresh.expires_in };
  };
}
