/** The generic door: any HTTP or SMS gateway posts signed messages and gets replies by callback, in the response, or by asking. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from '../../dialogs/vocabulary';
import { jsonIn, rawBodyOf, unescaped } from '../body';
import type { Accept, Accepted, Channel, History, Outgoing, Settle } from '../channel';
import type { Files } from '../files';
import { type Gateway, handOut, refuse, sendJson } from '../http';
import { keyOf, signatureRefusals, signedWith, verify } from '../signedBody';
import { callBack, type Fetch } from './callback';
import { decode, read } from './decode';
import { encode as encodeFor, LIMITS, type WebhookReply } from './encode';

export type WebhookOptions = Readonly<{
  accounts: readonly Readonly<{ account: string; secret: string; callback?: string | undefined }>[];
  history: History;
  settle: Settle;
  files: Pick<Files, 'openOutside'>;
  fetch?: Fetch;
  now?: () => number;
  /** How long `?reply=sync` waits for the turn. */
  syncWithinMs?: number;
}>;
export type Webhook = Channel<WebhookReply> & { readonly handle: Gateway };
/** What a request's address says. */
type Asked = Readonly<{ account: string; query: URLSearchParams }>;

const ADDRESS = /^\/channels\/webhook\/([^/?]+)(\/messages)?\/?(?:\?(.*))?$/i;
const BODY_AT_MOST = 64 * 1024;
const RESPONSES_KEPT = 10_000;

/**
 * `POST /channels/webhook/:account[?reply=sync]` takes messages, `GET …/messages?user=&after=` gives what was said.
 * It speaks plain node:http: a gateway calls it many times a second, and a framework's layers cost more than the check of a signature.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  const now = options.now ?? Date.now;
  const encode = (reply: Reply): readonly WebhookReply[] => encodeFor(reply, options.files);
  const tools = { fetch: options.fetch ?? globalThis.fetch, now };
  const accounts = new Map(options.accounts.map((account) => [account.account, { ...account, key: keyOf(account.secret) }]));
  /** Of the latest messages asked with `?reply=sync`: whether the response carried their replies, so that no callback repeats them. */
  const inResponse = new Map<string, Promise<boolean>>();
  let accept: Accept | null = null;

  /** The account when the request is signed by it, else null after refusing. */
  function signedBy({ account: name }: Asked, { headers }: IncomingMessage, response: ServerResponse, signed: Buffer) {
    const account = accounts.get(name);
    if (!account) {
      refuse(response, 'account-unknown', 'No such webhook account. Add it to WEBHOOK_ACCOUNTS.');
      return null;
    }
    const verdict = verify(signedWith(signed, headers), account.key, now());
    if (verdict === 'ok') return account;
    refuse(response, ...signatureRefusals[verdict]);
    return null;
  }

  async function take(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rawBody = await rawBodyOf(request, BODY_AT_MOST);
    if (!rawBody) return refuse(response, 'body-too-large', 'The body is larger than this address takes. Send less.');
    const account = signedBy(asked, request, response, rawBody);
    if (!account) return;
    if (!accept) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same message again in a moment.');
    const { messages, problems } = read({ account: account.account, receivedAt: now(), body: jsonIn(rawBody) });
    if (problems.length > 0) return refuse(response, 'message-invalid', `Mend these fields and send again: ${problems.join('; ')}`);
    const sync = asked.query.get('reply') === 'sync';
    const accepted: Accepted[] = [];
    const settled: Promise<readonly Outgoing[]>[] = [];
    let said: (out: boolean) => void = () => undefined;
    const out = new Promise<boolean>((resolve) => {
      said = resolve;
    });
    try {
      for (const message of messages) {
        const one = await accept(message, response.getHeader('x-request-id')?.toString());
        accepted.push(one);
        // Before the next is stored: the desk may be about to send what answers this one.
        if (sync) settled.push(settleInResponse(one, out));
      }
      const answer = { id: messages[0]?.id, duplicate: accepted.every((one) => one.duplicate) };
      if (!sync) return sendJson(response, 202, answer);
      const replies = (await Promise.all(settled)).flat().flatMap(({ reply }) => encode(reply));
      const { conversation } = accepted[0] ?? {};
      said(await handOut(response, 'application/json', JSON.stringify({ ...answer, conversation, replies })));
    } finally {
      said(false);
    }
  }

  /** What is too late for the response, or finds nobody listening, goes by callback. */
  function settleInResponse(accepted: Accepted, out: Promise<boolean>): Promise<readonly Outgoing[]> {
    const settling = options.settle(accepted, options.syncWithinMs ?? 10_000);
    const carried = settling.then(
      (replies) => replies.length > 0 && out,
      () => false,
    );
    inResponse.delete(accepted.id);
    inResponse.set(accepted.id, carried);
    const [oldest] = inResponse.keys();
    if (inResponse.size > RESPONSES_KEPT && oldest !== undefined) inResponse.delete(oldest);
    return settling;
  }

  async function give(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const account = signedBy(asked, request, response, Buffer.from(request.url ?? ''));
    if (!account) return;
    const user = asked.query.get('user');
    const after = Number(asked.query.get('after'));
    if (!user || !Number.isSafeInteger(after) || after < 0) {
      return refuse(response, 'query-invalid', 'Name the user, and the last seq you have or 0: ?user=<id>&after=<seq>.');
    }
    const entries = await options.history({ channel: 'webhook', account: account.account, user }, after);
    const messages = entries.map(({ reply, ...entry }) => ({ ...entry, ...(reply ? { replies: encode(reply) } : {}) }));
    sendJson(response, 200, { messages });
  }

  const handle: Gateway = (request, response) => {
    const address = ADDRESS.exec(request.url ?? '');
    if (!address) return null;
    const [, account = '', messages, query] = address;
    const asked = { account: unescaped(account), query: new URLSearchParams(query) };
    if (request.method === 'POST' && !messages) return take(asked, request, response);
    return request.method === 'GET' && messages ? give(asked, request, response) : null;
  };

  return {
    name: 'webhook',
    limits: LIMITS,
    decode,
    encode,
    handle,
    async send(outgoing: Outgoing) {
      const account = accounts.get(outgoing.to.account);
      if (!account?.callback || (await inResponse.get(outgoing.key.replace(/:\d+$/, '')))) return;
      await callBack({ url: account.callback, secret: account.secret }, outgoing, encode(outgoing.reply), tools);
    },
    async start(deliver: Accept) {
      accept = deliver;
      return async () => {
        accept = null;
      };
    },
  };
}
