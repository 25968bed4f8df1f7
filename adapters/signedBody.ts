/** Signs and checks the bodies of programs that call us: `sha256=` and the hex HMAC of the raw bytes, beside a timestamp that must be fresh. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { HttpErrorCode } from './http';

/** Five minutes either way, as the large platforms have it. */
export const REPLAY_WINDOW_MS = 5 * 60_000;

/** A secret made ready once, for whoever signs or checks with it again and again. */
export const keyOf = (secret: string): KeyObject => createSecretKey(secret, 'utf8');

export function sign(rawBody: Buffer | string, secret: string | KeyObject): string {
  return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

export type Verdict = 'ok' | 'unsigned' | 'stale' | 'forged';

/**
 * `timestamp` is the header's text: seconds since the epoch (milliseconds are understood too). Compared in constant time.
 * A copied request inside the window changes nothing either: its message id is known and it is answered as a duplicate.
 */
export function verify(
  request: Readonly<{ rawBody: Buffer; signature: string | undefined; timestamp: string | undefined }>,
  secret: string | KeyObject,
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

/** What is signed, and what the headers `X-Qiao-Signature` and `X-Qiao-Timestamp` say of it. */
export const signedWith = (rawBody: Buffer, headers: IncomingHttpHeaders): Parameters<typeof verify>[0] => ({
  rawBody,
  signature: single(headers['x-qiao-signature']),
  timestamp: single(headers['x-qiao-timestamp']),
});

/** A header of ours that was sent twice proves nothing. */
const single = (value: string | string[] | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** What to answer when the verdict is not `ok`. */
export const signatureRefusals: Readonly<Record<Exclude<Verdict, 'ok'>, readonly [code: HttpErrorCode, message: string]>> = {
  unsigned: ['signature-missing', 'Send X-Qiao-Signature: sha256=<hex hmac of the raw body> and X-Qiao-Timestamp: <unix seconds>.'],
  forged: ['signature-wrong', 'The signature does not fit the raw body. Check the secret of this account and sign the bytes as sent.'],
  stale: ['timestamp-stale', 'X-Qiao-Timestamp is more than 5 minutes off. Set the clock and sign anew.'],
};
