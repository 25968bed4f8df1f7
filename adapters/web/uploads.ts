/** Takes in files: streamed to disk, judged by their bytes and not by their name, kept under the hash of their content. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, extname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Attachment } from '../../dialogs/vocabulary';
import { typeOf } from './fileTypes';
import type { Links } from './links';
import type { Refused } from './wire';

export type UploadRules = Readonly<{ dir: string; maxBytes: number; types: readonly string[] }>;
type Received = Readonly<{ temporary: string; hash: string; name: string; size: number; cut: boolean }>;

/** Room for the multipart frame around the file itself. */
const FRAME = 64 * 1024;
const LONGEST_NAME = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unsafe = /[\u0000-\u001f\u007f"\\/<>]/g;
const tidyName = (name: string): string => basename(name).replace(unsafe, '').slice(-LONGEST_NAME) || 'file';

async function keep(file: Readable & { truncated?: boolean }, name: string, temporary: string): Promise<Received> {
  const hash = createHash('sha256');
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(file, count, createWriteStream(temporary, { flags: 'wx' }));
  return { temporary, hash: hash.digest('hex'), name: tidyName(name), size, cut: file.truncated === true };
}

/** The first file of a multipart request; null when there is none or the request is not multipart. Rejects when the client goes away. */
function firstFile(request: IncomingMessage, temporary: string, maxBytes: number): Promise<Received | null> {
  return new Promise((resolve, reject) => {
    let kept: Promise<Received> | undefined;
    const form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fileSize: maxBytes, fields: 0, parts: 2, headerPairs: 20 },
    });
    form.on('file', (_, file, { filename }) => {
      kept = keep(file, filename ?? '', temporary);
      kept.catch(reject);
    });
    form.on('close', () => (kept ? kept.then(resolve, reject) : resolve(null)));
    form.on('error', reject);
    request.on('aborted', () => form.destroy(new Error('the client went away')));
    request.pipe(form);
  });
}

const refuse = (code: Refused['code'], limit?: number): Refused => ({ ok: false, code, ...(limit !== undefined && { limit }) });

/** Stores the uploaded file, or says why not. What was written on the way is removed again unless it is kept. */
export async function takeUpload(request: IncomingMessage, rules: UploadRules, links: Links): Promise<Attachment | Refused> {
  if (!/^multipart\/form-data;/i.test(request.headers['content-type'] ?? '')) return refuse('bad_request');
  if (Number(request.headers['content-length'] ?? 0) > rules.maxBytes + FRAME) return refuse('file_too_large', rules.maxBytes);
  const waiting = join(rules.dir, 'incoming');
  await mkdir(waiting, { recursive: true });
  const temporary = join(waiting, randomUUID());
  try {
    const received = await firstFile(request, temporary, rules.maxBytes);
    if (!received) return refuse('bad_request');
    if (received.cut) return refuse('file_too_large', rules.maxBytes);
    const { fileTypeFromFile } = await import('file-type/node');
    const found = await fileTypeFromFile(temporary);
    const type = found && typeOf(`.${found.ext}`);
    if (!found || !type || !rules.types.includes(type)) return refuse('file_type_refused');
    const file = `${received.hash}.${found.ext}`;
    await rename(temporary, join(rules.dir, file));
    const name = extname(received.name) ? received.name : `${received.name}.${found.ext}`;
    return { name, url: links.bare(file), type, size: received.size };
  } finally {
    await rm(temporary, { force: true });
  }
}
