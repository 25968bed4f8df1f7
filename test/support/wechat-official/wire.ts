/** The platform's side of the callback wire, written apart from ours: its ciphers come from Tencent's own library. */
import { createHash } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';

/** How an account is entered at the platform. `mode` as 服务器配置 calls it: plain, compatible or safe. */
export type PlatformAccount = Readonly<{
  account: string;
  appId: string;
  appSecret: string;
  token: string;
  aesKey: string;
  mode: 'plain' | 'compatible' | 'safe';
}>;

export type Field = string | number | Readonly<Record<string, string>>;
export type Fields = Readonly<Record<string, Field>>;

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

export function xmlOf(fields: Fields): string {
  const inner = (value: Field): string => {
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return cdata(value);
    return Object.entries(value)
      .map(([name, text]) => `<${name}>${cdata(text)}</${name}>`)
      .join('');
  };
  return `<xml>\n${Object.entries(fields)
    .map(([name, value]) => `<${name}>${inner(value)}</${name}>`)
    .join('\n')}\n</xml>`;
}

/** One request as the platform makes it. */
export function requestOf(account: PlatformAccount, fields: Fields, at: number): Readonly<{ query: string; body: string }> {
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), String(at % 1_000_000_007)];
  const query = new URLSearchParams({
    signature: plainSignature(account.token, timestamp, nonce),
    timestamp,
    nonce,
    openid: String(fields.FromUserName),
  });
  const plain = xmlOf(fields);
  if (account.mode === 'plain') return { query: query.toString(), body: plain };
  const Encrypt = encrypt(account.aesKey, plain, account.appId);
  query.set('encrypt_type', 'aes');
  query.set('msg_signature', getSignature(account.token, timestamp, nonce, Encrypt));
  const sealed = { ToUserName: String(fields.ToUserName), Encrypt };
  return { query: query.toString(), body: xmlOf(account.mode === 'safe' ? sealed : { ...fields, ...sealed }) };
}

export const plainSignature = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

const field = (xml: string, name: string): string | undefined => {
  const inner = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
  return inner?.replaceAll(']]]]><![CDATA[>', ']]>').replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, '$1');
};

/** What a response says to the customer: a text, nothing (`success` or an empty one), or something no platform takes. */
export type Responded =
  | Readonly<{ kind: 'text'; to: string; from: string; text: string }>
  | Readonly<{ kind: 'nothing' }>
  | Readonly<{ kind: 'abnormal' }>;

export function readResponse(account: PlatformAccount, body: string): Responded {
  if (body === 'success' || body === '') return { kind: 'nothing' };
  let xml = body;
  if (account.mode !== 'plain') {
    const sealed = field(body, 'Encrypt');
    const signed = getSignature(account.token, field(body, 'TimeStamp') ?? '', field(body, 'Nonce') ?? '', sealed ?? '');
    if (sealed === undefined || signed !== field(body, 'MsgSignature')) return { kind: 'abnormal' };
    const { id, message } = decrypt(account.aesKey, sealed);
    if (id !== account.appId) return { kind: 'abnormal' };
    xml = message;
  }
  const [to, from, text] = [field(xml, 'ToUserName'), field(xml, 'FromUserName'), field(xml, 'Content')];
  const isText = field(xml, 'MsgType') === 'text' && to !== undefined && from !== undefined && text !== undefined;
  return isText && Buffer.byteLength(text) <= 2048 ? { kind: 'text', to, from, text } : { kind: 'abnormal' };
}
