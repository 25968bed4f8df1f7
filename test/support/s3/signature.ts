/** Checks an S3 request's signature (AWS Signature Version 4) from its bytes alone, with nothing of the client that made it. */
import { createHash, createHmac } from 'node:crypto';

export type Keys = Readonly<{ accessKey: string; secretKey: string; region: string }>;
export type Signed = Readonly<{ method: string; url: string; headers: Readonly<Record<string, string | string[] | undefined>> }>;
/** The code S3 answers with. */
export type Wrong =
  | 'AccessDenied'
  | 'InvalidAccessKeyId'
  | 'RequestTimeTooSkewed'
  | 'SignatureDoesNotMatch'
  | 'AuthorizationHeaderMalformed';

const SKEW_MS = 15 * 60_000;
const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Null when the signature is right. */
export function wrongIn({ method, url, headers }: Signed, keys: Keys, now: number): Wrong | null {
  const header = headers.authorization;
  if (typeof header !== 'string') return 'AccessDenied';
  const [, accessKey, day = '', region = '', names = '', given] = HEADER.exec(header) ?? [];
  if (given === undefined || region !== keys.region) return 'AuthorizationHeaderMalformed';
  if (accessKey !== keys.accessKey) return 'InvalidAccessKeyId';
  const date = String(headers['x-amz-date']);
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!date.startsWith(day) || !(Math.abs(now - at) < SKEW_MS)) return 'RequestTimeTooSkewed';
  const signed = names.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name))) return 'AccessDenied';
  const { pathname, searchParams } = new URL(url, 'http://any');
  const canonical = [
    method,
    pathname
      .split('/')
      .map((part) => encoded(decodeURIComponent(part)))
      .join('/'),
    [...searchParams]
      .map((pair) => pair.map(encoded).join('='))
      .sort()
      .join('&'),
    ...signed.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    names,
    String(headers['x-amz-content-sha256']),
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${keys.secretKey}`, day), region));
  return hmac(key, text).toString('hex') === given ? null : 'SignatureDoesNotMatch';
}
