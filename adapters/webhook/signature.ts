/** Signs and checks webhook bodies: `sha256=` and the hex HMAC of the raw bytes, beside a timestamp that must be fresh. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Five minutes either way, as the large platforms have it. */
export const REPLAY_WINDOW_MS = 5 * 60_000;

export function sign(rawBody: Buffer | string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

export type Verdict = 'ok' | 'unsigned' | 'stale' | 'forged';

/**
 * `timestamp` is the header's text: seconds since the epoch (milliseconds are understood too). Compared in constant time.
 * A copied request inside the window changes nothing either: its message id is known and it is answered as a duplicate.
 */
export function verify(
  request: Readonly<{ rawBody: Buffer; signature: string | undefined; timestamp: string | undefined }>,
  secret: string,
  now: number,
): Verdict {
  const { rawBody, signature, timestamp } = request;
  if (!signature || !timestamp) return 'unsigned';
  const expected = Buffer.from(sign(rawBody, secret));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  const number = Number(timestamp);
  const at = number > 1e12 ? number : number * 1000;
  return Number.isFinite(at) && Math.abs(now - at) <= REPLAY_WINDOW_MS ? 'ok' : 'stale';
}
