/** The generic door: any HTTP or SMS gateway posts signed messages and gets replies by callback, in the response, or by asking. */
import express, { type Request, type Response, Router } from 'express';
import type { Accept, Accepted, Channel, History, Outgoing, Settle } from '../channel';
import { type HttpErrorCode, refuse } from '../http';
import { callBack, type Fetch } from './callback';
import { decode, read } from './decode';
import { encode, LIMITS, type WebhookReply } from './encode';
import { type Verdict, verify } from './signature';

export type WebhookOptions = Readonly<{
  accounts: readonly Readonly<{ account: string; secret: string; callback?: string | undefined }>[];
  history: History;
  settle: Settle;
  fetch?: Fetch;
  now?: () => number;
  /** How long `?reply=sync` waits for the turn. */
  syncWithinMs?: number;
}>;
export type Webhook = Channel<WebhookReply> & { readonly router: Router };

const INLINE_KEPT = 10_000;

const refusals: Record<Exclude<Verdict, 'ok'>, readonly [code: HttpErrorCode, message: string]> = {
  unsigned: ['signature-missing', 'Send X-Qiao-Signature: sha256=<hex hmac of the raw body> and X-Qiao-Timestamp: <unix seconds>.'],
  forged: ['signature-wrong', 'The signature does not fit the raw body. Check the secret of this account and sign the bytes as sent.'],
  stale: ['timestamp-stale', 'X-Qiao-Timestamp is more than 5 minutes off. Set the clock and sign anew.'],
};

/** `POST /channels/webhook/:account[?reply=sync]` takes messages, `GET …/messages?user=&after=` gives what was said. */
export function createWebhook(options: WebhookOptions): Webhook {
  const now = options.now ?? Date.now;
  const tools = { fetch: options.fetch ?? globalThis.fetch, now };
  const accounts = new Map(options.accounts.map((account) => [account.account, account]));
  const router = Router();
  /** The latest messages whose replies went into the response, so that no callback repeats them. */
  const inline = new Set<string>();
  let accept: Accept | null = null;

  /** The account when the request is signed by it, else null after refusing. */
  function signedBy(request: Request, response: Response, rawBody: Buffer) {
    const account = accounts.get(String(request.params.account));
    if (!account) {
      refuse(response, 'account-unknown', 'No such webhook account. Add it to WEBHOOK_ACCOUNTS.');
      return null;
    }
    const headers = { signature: request.get('x-qiao-signature'), timestamp: request.get('x-qiao-timestamp') };
    const verdict = verify({ rawBody, ...headers }, account.secret, now());
    if (verdict === 'ok') return account;
    refuse(response, ...refusals[verdict]);
    return null;
  }

  async function take(request: Request, response: Response): Promise<void> {
    const rawBody: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const account = signedBy(request, response, rawBody);
    if (!account) return;
    if (!accept) return refuse(response, 'starting', 'The desk is starting or stopping. Send the same message again in a moment.');
    const { messages, problems } = read({ account: account.account, receivedAt: now(), body: parseJson(rawBody) });
    if (problems.length > 0) return refuse(response, 'message-invalid', `Mend these fields and send again: ${problems.join('; ')}`);
    const accepted: Accepted[] = [];
    for (const message of messages) accepted.push(await accept(message, response.get('x-request-id')));
    const answer = { id: messages[0]?.id, duplicate: accepted.every((one) => one.duplicate) };
    if (request.query.reply !== 'sync') return void response.status(202).json(answer);
    const replies = (await Promise.all(accepted.map(settleInline))).flat();
    response.json({ ...answer, conversation: accepted[0]?.conversation, replies: replies.flatMap((one) => encode(one.reply)) });
  }

  async function settleInline(accepted: Accepted): Promise<readonly Outgoing[]> {
    inline.add(accepted.id);
    const [oldest] = inline;
    if (inline.size > INLINE_KEPT && oldest !== undefined) inline.delete(oldest);
    const replies = await options.settle(accepted, options.syncWithinMs ?? 10_000);
    // Too late for this response: they go by callback.
    if (replies.length === 0) inline.delete(accepted.id);
    return replies;
  }

  async function give(request: Request, response: Response): Promise<void> {
    const account = signedBy(request, response, Buffer.from(request.originalUrl));
    if (!account) return;
    const user = String(request.query.user ?? '');
    if (!user) return refuse(response, 'message-invalid', 'Name the user: ?user=<id>&after=<seq>.');
    const entries = await options.history({ channel: 'webhook', account: account.account, user }, Number(request.query.after ?? 0) || 0);
    response.json({ messages: entries.map(({ reply, ...entry }) => ({ ...entry, ...(reply ? { replies: encode(reply) } : {}) })) });
  }

  router.post('/channels/webhook/:account', express.raw({ type: () => true, limit: '64kb' }), take);
  router.get('/channels/webhook/:account/messages', give);

  return {
    name: 'webhook',
    limits: LIMITS,
    decode,
    encode,
    router,
    async send(outgoing: Outgoing) {
      const account = accounts.get(outgoing.to.account);
      if (!account?.callback || inline.has(outgoing.key.replace(/:\d+$/, ''))) return;
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

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return null;
  }
}
