/** The platform's requests opened and our responses sealed: plain and signed in the address, or encrypted and signed as a whole. Pure but for randomness. */
import { randomBytes } from 'node:crypto';
import { aesKeyOf, decryptTencent, encryptTencent, isTencentSignature, tencentSignature } from '../tencentCrypto';
import { buildXml, parseXml, type XmlFields } from '../xml';
import type { Account } from './options';

export type Opened =
  | Readonly<{ kind: 'opened'; fields: XmlFields }>
  | Readonly<{ kind: 'refused'; why: 'unsigned' | 'forged' | 'stale' | 'malformed' }>;

/** Five minutes either way: an address that leaked is of no use tomorrow, as the plain mode signs nothing but the time. */
const REPLAY_WINDOW_MS = 5 * 60_000;

type Signed = Readonly<{ timestamp: string; nonce: string; signature: string; sealed: string }>;

/** The parts of an address that was signed; null when one is missing. */
function signedBy(query: URLSearchParams): Signed | null {
  const [timestamp, nonce, signature] = [query.get('timestamp'), query.get('nonce'), query.get('signature')];
  if (!timestamp || !nonce || (!signature && !query.get('msg_signature'))) return null;
  return { timestamp, nonce, signature: signature ?? '', sealed: query.get('msg_signature') ?? '' };
}

function verified(
  account: Account,
  query: URLSearchParams,
  now: number,
  cipherText: string | null,
): Signed | Extract<Opened, { kind: 'refused' }> {
  const signed = signedBy(query);
  if (!signed) return { kind: 'refused', why: 'unsigned' };
  const { timestamp, nonce, signature, sealed } = signed;
  const fits =
    cipherText === null
      ? isTencentSignature(signature, account.token, timestamp, nonce)
      : isTencentSignature(sealed, account.token, timestamp, nonce, cipherText);
  if (!fits) return { kind: 'refused', why: 'forged' };
  const off = Math.abs(now - Number(timestamp) * 1000);
  return off <= REPLAY_WINDOW_MS ? signed : { kind: 'refused', why: 'stale' };
}

/** Whether this is the platform asking if the address is ours; what it wants to hear, or null. */
export function echoOf(account: Account, query: URLSearchParams, now: number): string | null {
  const echo = query.get('echostr');
  if (echo === null || echo.length > 512) return null;
  return 'kind' in verified(account, query, now, null) ? null : echo;
}

export function open(account: Account, query: URLSearchParams, body: string, now: number): Opened {
  const outer = parseXml(body);
  if (account.aesKey === undefined) {
    const signed = verified(account, query, now, null);
    if ('kind' in signed) return signed;
    return outer ? { kind: 'opened', fields: outer } : { kind: 'refused', why: 'malformed' };
  }
  // In 兼容模式 the plain fields stand beside the sealed ones; only what is sealed is believed.
  const cipherText = outer?.Encrypt;
  if (typeof cipherText !== 'string' || cipherText === '') return { kind: 'refused', why: outer ? 'unsigned' : 'malformed' };
  const signed = verified(account, query, now, cipherText);
  if ('kind' in signed) return signed;
  const message = decryptTencent(cipherText, keyOf(account.aesKey), account.appId);
  if (message.kind === 'refused') return { kind: 'refused', why: 'forged' };
  const fields = parseXml(message.message);
  return fields ? { kind: 'opened', fields } : { kind: 'refused', why: 'malformed' };
}

/** The response that answers a message with a text. */
export function seal(account: Account, said: Readonly<{ to: string; from: string; text: string }>, now: number): string {
  const seconds = Math.floor(now / 1000);
  const plain = buildXml({ ToUserName: said.to, FromUserName: said.from, CreateTime: seconds, MsgType: 'text', Content: said.text });
  if (account.aesKey === undefined) return plain;
  const Encrypt = encryptTencent(plain, keyOf(account.aesKey), account.appId);
  const [TimeStamp, Nonce] = [String(seconds), randomBytes(8).toString('hex')];
  return buildXml({ Encrypt, MsgSignature: tencentSignature(account.token, TimeStamp, Nonce, Encrypt), TimeStamp: seconds, Nonce });
}

/** The configuration took no key that is none. */
const keyOf = (encodingAesKey: string): Buffer => {
  const key = aesKeyOf(encodingAesKey);
  if (key === null) throw new Error('the aesKey of an official account is not 43 characters');
  return key;
};
