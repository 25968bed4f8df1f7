/** Tokens as the Bot Framework signs them, made without its SDK: RS256 over a key of our own. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export const ISSUER = 'https://api.botframework.com';
const KEY_ID = 'key-of-the-test';

export type Claims = Readonly<{ iss?: string; aud: string; serviceurl?: string; nbf?: number; exp?: number }>;
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export type Signer = Readonly<{
  /** The `Authorization` header with which a channel posts; fresh for an hour unless the claims say otherwise. */
  authorization(claims: Claims): string;
  /** The published half, as the key document names it. */
  jwk: Readonly<Record<string, unknown>>;
}>;

/** Two signers have the same key id and different keys. */
export function createSigning(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    jwk: {
      ...publicKey.export({ format: 'jwk' }),
      use: 'sig',
      kid: KEY_ID,
      endorsements: ['msteams', 'emulator', 'webchat', 'directline'],
    },
    authorization: (claims) => `Bearer ${tokenOf(claims, privateKey)}`,
  };
}

function tokenOf(claims: Claims, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000);
  const body = `${part({ typ: 'JWT', alg: 'RS256', kid: KEY_ID })}.${part({ iss: ISSUER, nbf: now - 60, exp: now + 3600, ...claims })}`;
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key, 'base64url')}`;
}
