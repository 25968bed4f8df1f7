/** Delivers one reply to a gateway's callback URL, signed like its own requests. */
import { ChannelError, type Outgoing } from '../channel';
import { sign } from '../signedBody';
import type { WebhookReply } from './encode';

export type Fetch = typeof globalThis.fetch;
const TIMEOUT_MS = 5000;

/** Throws ChannelError; 408, 425, 429, 5xx, timeouts and broken connections may be tried again. */
export async function callBack(
  to: Readonly<{ url: string; secret: string }>,
  outgoing: Outgoing,
  replies: readonly WebhookReply[],
  tools: Readonly<{ fetch: Fetch; now: () => number }>,
): Promise<void> {
  const body = JSON.stringify({ id: outgoing.key, seq: outgoing.seq, user: outgoing.to.user, replies });
  const headers = {
    'content-type': 'application/json',
    'x-qiao-timestamp': String(Math.floor(tools.now() / 1000)),
    'x-qiao-signature': sign(body, to.secret),
  };
  let response: Response;
  try {
    response = await tools.fetch(to.url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new ChannelError('the callback URL did not answer', { retryable: true, cause });
  }
  await response.body?.cancel();
  if (response.ok) return;
  const retryable = response.status >= 500 || [408, 425, 429].includes(response.status);
  throw new ChannelError(`the callback URL answered ${response.status}`, { retryable });
}
