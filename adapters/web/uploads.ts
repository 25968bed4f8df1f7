/** Takes in a visitor's file: the first part of a multipart request, handed to the file store as it streams in. */
import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import type { Attachment } from '../../dialogs/vocabulary';
import type { Files, Kept } from '../files';
import type { Refused } from './wire';

export type UploadRules = Readonly<{ maxBytes: number; types: readonly string[] }>;

/** Room for the multipart frame around the file itself. */
const FRAME = 64 * 1024;

/** What became of the first file; null when there is none or the request is not multipart. Rejects when the client goes away. */
function firstFile(request: IncomingMessage, rules: UploadRules, files: Pick<Files, 'keep'>): Promise<Kept | null> {
  return new Promise((resolve, reject) => {
    let keeping = false;
    const form = busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      // One byte more than may be kept, so that the store sees that it is too much.
      limits: { files: 1, fileSize: rules.maxBytes + 1, fields: 0, parts: 2, headerPairs: 20 },
    });
    form.on('file', (_, file, { filename }) => {
      keeping = true;
      files.keep(file, filename ?? '', rules).then(resolve, reject);
    });
    form.on('close', () => {
      if (!keeping) resolve(null);
    });
    form.on('error', reject);
    request.on('aborted', () => form.destroy(new Error('the client went away')));
    request.pipe(form);
  });
}

const refuse = (code: Refused['code'], limit?: number): Refused => ({ ok: false, code, ...(limit !== undefined && { limit }) });

/** Stores the uploaded file, or says why not. */
export async function takeUpload(request: IncomingMessage, rules: UploadRules, files: Pick<Files, 'keep'>): Promise<Attachment | Refused> {
  if (!/^multipart\/form-data;/i.test(request.headers['content-type'] ?? '')) return refuse('bad_request');
  if (Number(request.headers['content-length'] ?? 0) > rules.maxBytes + FRAME) return refuse('file_too_large', rules.maxBytes);
  const kept = await firstFile(request, rules, files);
  if (!kept) return refuse('bad_request');
  if (kept.kind === 'kept') return kept.attachment;
  return kept.reason === 'too-large' ? refuse('file_too_large', rules.maxBytes) : refuse('file_type_refused');
}
