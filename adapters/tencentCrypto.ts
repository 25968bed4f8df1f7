/**
 * Tencent's callback cipher, the same for WeChat official accounts and WeCom: a SHA-1 over the sorted parts, and AES-256-CBC around
 * `16 random bytes, length (u32be), message, receiver id`, padded to 32 bytes (developers.weixin.qq.com: 消息加解密说明).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What an encrypted message holds, or why it is refused. `other-receiver`: it is Tencent's, but for another account. */
export type Opened =
  | Readonly<{ kind: 'opened'; message: string }>
  | Readonly<{ kind: 'refused'; reason: 'cipher-malformed' | 'padding-wrong' | 'length-wrong' | 'other-receiver' }>;

const BLOCK = 32;
const RANDOM = 16;
const HEAD = RANDOM + 4;

/** The 32 bytes an EncodingAESKey of 43 characters stands for; null when it is no such key. */
export function aesKeyOf(encodingAesKey: string): Buffer | null {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)) return null;
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

/** Hex SHA-1 of the parts, sorted and joined: `token, timestamp, nonce` for plain messages, and the cipher text too for encrypted ones. */
export const tencentSignature = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

/** Whether `given` is that signature; compared in constant time. */
export function isTencentSignature(given: string | undefined, ...parts: readonly string[]): boolean {
  const expected = Buffer.from(tencentSignature(...parts));
  const actual = Buffer.from(given ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Opens base64 cipher text that is for `receiver` (the app id or corp id). Check the signature first. */
export function decryptTencent(cipherText: string, key: Buffer, receiver: string): Opened {
  const bytes = Buffer.from(cipherText, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return { kind: 'refused', reason: 'cipher-malformed' };
  // Tencent pads to 32 bytes where OpenSSL knows 16 only, so padding is ours.
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const pad = padded[padded.length - 1] ?? 0;
  const end = padded.length - pad;
  const isPadding = pad >= 1 && pad <= BLOCK && end >= 0 && padded.subarray(end).every((byte) => byte === pad);
  if (!isPadding) return { kind: 'refused', reason: 'padding-wrong' };
  if (end < HEAD) return { kind: 'refused', reason: 'length-wrong' };
  const behind = HEAD + padded.readUInt32BE(RANDOM);
  if (behind > end) return { kind: 'refused', reason: 'length-wrong' };
  if (padded.toString('utf8', behind, end) !== receiver) return { kind: 'refused', reason: 'other-receiver' };
  return { kind: 'opened', message: padded.toString('utf8', HEAD, behind) };
}

/** The base64 cipher text of a message to or from `receiver`; `random` is 16 bytes and given only to make a result repeatable. */
export function encryptTencent(message: string, key: Buffer, receiver: string, random: Buffer = randomBytes(RANDOM)): string {
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(receiver)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64');
}
