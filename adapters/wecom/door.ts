/** The callback address of an application: proves who calls, opens the cipher, and says at once that it was heard. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { rawBodyOf } from '../body';
import { type Gateway, refuse } from '../http';
import { aesKeyOf, decryptTencent, isTencentSignature } from '../tencentCrypto';
import { parseXml } from '../xml';
import type { Log, WecomAccount } from './options';

const ADDRESS = /^\/channels\/wecom\/([a-z0-9-]{1,32})\/?(?:\?(.*))?$/;
const BODY_AT_MOST = 64 * 1024;

const Envelope = z.object({ Encrypt: z.string().min(1) });
const Callback = z.object({ Event: z.string().default(''), Token: z.string().max(128).default(''), OpenKfId: z.string().optional() });
export type Signal = Readonly<{ token: string; kfid?: string }>;

/** `signal` resolves once it is durable; null while the channel does not listen. */
export function createDoor(
  options: Readonly<{
    accounts: readonly WecomAccount[];
    signal: () => ((account: string, signal: Signal) => Promise<void>) | null;
    log: Log;
  }>,
): Gateway {
  const accounts = new Map(options.accounts.map((account) => [account.account, { ...account, key: aesKeyOf(account.aesKey) }]));

  /** The text inside `cipher` when its signature is this account's, else null after refusing. */
  function opened(name: string, query: URLSearchParams, cipher: string, response: ServerResponse): string | null {
    const account = accounts.get(name);
    if (!account?.key) {
      refuse(response, 'account-unknown', 'No such account. Add it to WECOM_ACCOUNTS.');
      return null;
    }
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    if (!isTencentSignature(query.get('msg_signature') ?? undefined, account.token, timestamp, nonce, cipher)) {
      refuse(response, 'signature-wrong', 'The signature does not fit. Check Token in WECOM_ACCOUNTS and in the admin console.');
      return null;
    }
    const inside = decryptTencent(cipher, account.key, account.corpId);
    if (inside.kind === 'opened') return inside.message;
    options.log.warn({ account: name, reason: inside.reason }, 'a signed callback of WeCom could not be opened');
    refuse(response, 'signature-wrong', 'The cipher text cannot be opened. Check EncodingAESKey and the corp id in WECOM_ACCOUNTS.');
    return null;
  }

  /** The admin console asks for this once, when the address is saved. */
  async function verify(name: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const echo = opened(name, query, query.get('echostr') ?? '', response);
    if (echo !== null) say(response, echo);
  }

  async function take(name: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await rawBodyOf(request, BODY_AT_MOST);
    if (!body) return refuse(response, 'body-too-large', 'The body is larger than this address takes.');
    const envelope = Envelope.safeParse(parseXml(body.toString('utf8')));
    if (!envelope.success) return refuse(response, 'request-malformed', 'Send <xml> with <Encrypt>.');
    const text = opened(name, query, envelope.data.Encrypt, response);
    if (text === null) return;
    const signal = options.signal();
    if (!signal) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same again in a moment.');
    const callback = Callback.safeParse(parseXml(text));
    if (callback.success && callback.data.Event === 'kf_msg_or_event') {
      const { Token: token, OpenKfId: kfid } = callback.data;
      await signal(name, { token, ...(kfid !== undefined && { kfid }) });
    }
    say(response, 'success');
  }

  return (request, response) => {
    const address = ADDRESS.exec(request.url ?? '');
    if (!address) return null;
    const [, name = '', query] = address;
    const asked = new URLSearchParams(query);
    if (request.method === 'GET') return verify(name, asked, response);
    return request.method === 'POST' ? take(name, asked, request, response) : null;
  };
}

function say(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
