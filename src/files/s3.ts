/** Kept files in a bucket of any storage that speaks S3, shared by all machines of a desk. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { AwsClient } from 'aws4fetch';
import { type Shelf, ShelfError } from './shelf';

export type S3Options = Readonly<{
  /** `https://s3.example.com`; the bucket's own address when `bucket` is left out. */
  endpoint: string;
  region: string;
  bucket?: string | undefined;
  /** Stands before every name. */
  prefix?: string | undefined;
  accessKey: string;
  secretKey: string;
  /** How long to wait before each further try, in milliseconds. */
  retryMs?: readonly number[];
  timeoutMs?: number;
}>;

const TRIES_AFTER_MS = [200, 1_000];
const TIMEOUT_MS = 60_000;

type Asked = Readonly<{ method: 'GET' | 'PUT'; headers?: Readonly<Record<string, string>>; body?: () => Readable }>;

export function createS3Shelf(options: S3Options): Shelf {
  const { retryMs = TRIES_AFTER_MS, timeoutMs = TIMEOUT_MS } = options;
  const folder = [options.endpoint.replace(/\/$/, ''), options.bucket, options.prefix].filter(Boolean).join('/');
  let client: Promise<AwsClient> | undefined;

  /** Loaded with the first file: who keeps files on disk never needs it. */
  function signer(): Promise<AwsClient> {
    client ??= import('aws4fetch').then(({ AwsClient }) => {
      const { accessKey, secretKey, region } = options;
      return new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, region, service: 's3', retries: 0 });
    });
    return client;
  }

  async function once(name: string, { method, headers, body }: Asked): Promise<Response> {
    const aws = await signer();
    // Signed without the body: its hash is in the headers, and a stream can be read once only.
    const { url, headers: signed } = await aws.sign(`${folder}/${name}`, { method, headers: { ...headers } });
    const stream = body?.();
    const request = { method, headers: signed, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const;
    // Node calls a stream of its own by another type than the browser's, and wants to be told that we do not listen while we speak.
    const sending = stream && { ...request, body: Readable.toWeb(stream) as BodyInit, duplex: 'half' };
    try {
      return await fetch(url, sending ?? request);
    } catch (cause) {
      throw new ShelfError('the file storage did not answer', { retryable: true, cause });
    } finally {
      stream?.destroy();
    }
  }

  /** What is away for a moment is asked again; who it is that refuses is said, what they said is not. */
  async function ask(name: string, asked: Asked): Promise<Response | null> {
    for (let tried = 0; ; tried += 1) {
      const wait = retryMs[tried];
      try {
        const response = await once(name, asked);
        if (response.ok) return response;
        await response.body?.cancel();
        if (response.status === 404 && asked.method === 'GET') return null;
        const retryable = response.status >= 500 || response.status === 429 || response.status === 408;
        throw new ShelfError(`the file storage answered ${response.status}; check the S3_ keys`, { retryable });
      } catch (error) {
        if (wait === undefined || !(error instanceof ShelfError && error.retryable)) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  return {
    async put(name, { path, hash, size, type }) {
      const headers = { 'x-amz-content-sha256': hash, 'content-length': String(size), 'content-type': type };
      const response = await ask(name, { method: 'PUT', headers, body: () => createReadStream(path) });
      await response?.body?.cancel();
    },
    async get(name, part) {
      // With a range fetch() itself asks for bytes as they lie; said twice, the signature would be of other words.
      const headers: Readonly<Record<string, string>> = part
        ? { range: `bytes=${part.from}-${part.to}` }
        : { 'accept-encoding': 'identity' };
      const response = await ask(name, { method: 'GET', headers });
      if (!response?.body) return null;
      const bytes = Readable.fromWeb(response.body as ReadableStream);
      return { bytes, size: Number(response.headers.get('content-length')) };
    },
  };
}
