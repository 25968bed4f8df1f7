/** WeCom's server API for one application. */
import { z } from 'zod';
import type { Notebook } from '../notebook';
import { askTencent, createTencentApi, type Fetch, type TencentApi, tencentJson } from '../tencentApi';
import { createTokens } from '../tencentToken';
import { API_URL, type WecomAccount } from './options';

const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** `purpose` tells the tokens of one corporation's applications apart. */
export function createWecomApi(
  { account, corpId, secret }: Pick<WecomAccount, 'account' | 'corpId' | 'secret'>,
  options: Readonly<{ notebook: Notebook; apiUrl?: string | undefined; fetch?: Fetch; now?: () => number; purpose?: string }>,
): TencentApi {
  const { notebook, apiUrl = API_URL, now = Date.now, purpose = 'kf' } = options;
  const reach = { base: apiUrl, ...(options.fetch && { fetch: options.fetch }) };
  const fetchToken = async () => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    const { access_token: token, expires_in: seconds } = Token.parse(
      await tencentJson(await askTencent(reach, `/cgi-bin/gettoken?${query}`)),
    );
    return { token, seconds };
  };
  return createTencentApi(reach, createTokens({ notebook, key: `token:${purpose}:${account}`, fetchToken, now }));
}
