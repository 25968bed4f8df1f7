/** Calls an application back as WeCom does: cipher, signature, three tries. */
import { randomBytes } from 'node:crypto';
import { aesKeyOf, encryptTencent, tencentSignature } from '../../../adapters/tencentCrypto';
import { buildXml } from '../../../adapters/xml';
import type { Corp } from './state';

export type Signed = Readonly<{ query: string; body: string }>;
const TRIES = 3;
const PATIENCE_MS = 5_000;

/** What WeCom sends for `message`, or for the echo of a verification; `corp` may be forged. */
export function signed(corp: Pick<Corp, 'corpId' | 'token' | 'aesKey'>, message: string, at: number): Signed & { cipher: string } {
  const key = aesKeyOf(corp.aesKey);
  if (!key) throw new Error('no EncodingAESKey');
  const cipher = encryptTencent(message, key, corp.corpId);
  const [timestamp, nonce] = [String(Math.floor(at / 1_000)), randomBytes(5).toString('hex')];
  const query = new URLSearchParams({ msg_signature: tencentSignature(corp.token, timestamp, nonce, cipher), timestamp, nonce });
  return { query: query.toString(), cipher, body: buildXml({ ToUserName: corp.corpId, Encrypt: cipher, AgentID: '' }) };
}

export function kfEvent(corp: Pick<Corp, 'corpId'>, kfid: string, token: string, at: number): string {
  const CreateTime = Math.floor(at / 1_000);
  return buildXml({ ToUserName: corp.corpId, CreateTime, MsgType: 'event', Event: 'kf_msg_or_event', Token: token, OpenKfId: kfid });
}

/** True when the desk said that it heard. */
export async function callBack(url: string, { query, body }: Signed): Promise<boolean> {
  try {
    const response = await fetch(`${url}?${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said = await response.text();
    return response.ok && said === 'success';
  } catch {
    return false;
  }
}

/** As WeCom repeats itself; false when nobody heard any of it. */
export async function callBackThrice(url: () => string, message: Signed): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) if (await callBack(url(), message)) return true;
  return false;
}
