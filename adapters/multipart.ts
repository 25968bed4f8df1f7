/** Takes the first file out of a multipart request and hands it to the file store as it streams in. */
import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import type { Files, Kept } from './files';

export type UploadRules = Readonly<{ maxBytes: number; types: readonly string[] }>;

/** Room for the multipart frame around the file itself. */
const FRAME = 64 * 1024;

/** Whether it may hold a file at all, and one that is not too large, before anything of it is read. */
export function multipart({ headers }: IncomingMessage, { maxBytes }: UploadRules): 'fine' | 'no-file' | 'too-large' {
  if (!/^multipart\/form-data;/i.test(headers['content-type'] ?? '')) return 'no-file';
  return Number(headers['content-length'] ?? 0) > maxBytes + FRAME ? 'too-large' : 'fine';
}

/** What became of the first file; null when there is none or the request is not multipart. Rejects when the client goes away. */
export function firstFile(request: IncomingMessage, rules: UploadRules, files: Pick<Files, 'keep'>): Promise<Kept | null> {
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
