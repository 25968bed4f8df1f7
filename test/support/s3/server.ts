/** A small storage that speaks S3 over HTTP: it checks signatures, hashes and lengths for real, and can be away, slow to recover or cut off. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Keys, type Wrong, wrongIn } from './signature';

type Kept = Readonly<{ bytes: Buffer; type: string }>;

export type Storage = Readonly<{
  url: string;
  keys: Keys;
  bucket: string;
  /** What lies there, by its name in the bucket. */
  objects: ReadonlyMap<string, Kept>;
  /** Every request as it was answered: `PUT 200`. */
  answered: string[];
  /** The next so many requests are answered 503 SlowDown. */
  refuse(times: number): void;
  /** The next so many connections are cut before anything is answered. */
  hangUp(times: number): void;
  /** What is given from now on breaks off in the middle, or is whole again. */
  cutShort(on: boolean): void;
  close(): Promise<void>;
}>;

const keys: Keys = { accessKey: 'QIAOTESTKEY', secretKey: 'a secret key of the storage', region: 'cn-test-1' };
const bucket = 'school-files';

type Code = Wrong | 'BadDigest' | 'MissingContentLength' | 'NoSuchBucket' | 'NoSuchKey' | 'SlowDown' | 'MethodNotAllowed';
const STATUS: Readonly<Partial<Record<Code, number>>> = {
  BadDigest: 400,
  AuthorizationHeaderMalformed: 400,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  MethodNotAllowed: 405,
  SlowDown: 503,
};

export async function startStorage(): Promise<Storage> {
  const objects = new Map<string, Kept>();
  const answered: string[] = [];
  let [refusals, cuts, short] = [0, 0, false];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    if (cuts > 0) {
      cuts -= 1;
      return void request.socket.destroy();
    }
    const body = await buffer(request);
    const end = (status: number, bytes: Buffer | string = '', type = 'application/xml') => {
      answered.push(`${method} ${status}`);
      const length = Buffer.byteLength(bytes);
      response.writeHead(status, { 'content-type': type, 'content-length': length });
      if (!short || status !== 200 || method !== 'GET') return void response.end(bytes);
      response.write(bytes.slice(0, length / 2), () => request.socket.destroy());
    };
    const fail = (code: Code) => end(STATUS[code] ?? 403, `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
    if (refusals > 0) {
      refusals -= 1;
      return fail('SlowDown');
    }
    const wrong = wrongIn({ method, url, headers }, keys, Date.now());
    if (wrong) return fail(wrong);
    const [, where, ...rest] = decodeURIComponent(new URL(url, 'http://any').pathname).split('/');
    if (where !== bucket) return fail('NoSuchBucket');
    const name = rest.join('/');
    if (method === 'PUT') {
      if (headers['content-length'] === undefined) return fail('MissingContentLength');
      if (createHash('sha256').update(body).digest('hex') !== headers['x-amz-content-sha256']) return fail('BadDigest');
      objects.set(name, { bytes: body, type: headers['content-type'] ?? '' });
      return end(200);
    }
    if (method !== 'GET') return fail('MethodNotAllowed');
    const kept = objects.get(name);
    if (!kept) return fail('NoSuchKey');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    if (from === undefined) return end(200, kept.bytes, kept.type);
    return end(206, kept.bytes.subarray(Number(from), Number(to) + 1), kept.type);
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is always of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    bucket,
    objects,
    answered,
    refuse: (times) => {
      refusals = times;
    },
    hangUp: (times) => {
      cuts = times;
    },
    cutShort: (on) => {
      short = on;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
