/** Signs short texts so that they can leave the server and be trusted on return: HMAC-SHA256, compared in constant time. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export type Signer = Readonly<{ sign(text: string): string; verify(text: string, signature: string): boolean }>;

/** One key per purpose is derived from the secret, so a signature made for one purpose never passes for another. */
export function createSigner(secret: string, purpose: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => digest(text).toString('base64url'),
    verify(text, signature) {
      const given = Buffer.from(signature, 'base64url');
      const expected = digest(text);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
