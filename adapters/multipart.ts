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

/** The form is broken, or ends in the middle: whoever sent it is told so. */
const broken = (cause: unknown): Error => Object.assign(new Error('the form could not be read', { cause }), { status: 400 });

/** What became of the first file; null when there is none. Rejects, with the status 400, when the form is broken or the client goes away. */
export function firstFile(request: IncomingMessage, rules: UploadRules, files: Pick<Files, 'keep'>): Promise<Kept | null> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(broken(cause));
    const form = formOf(request, rules);
    if (form instanceof Error) return fail(form);
    let keeping = false;
    form.on('file', (_, file, { filename }) => {
      keeping = true;
      // It may break before the store listens to it, and an error nobody listens to ends the program; the form tells of it too.
      file.on('error', () => undefined);
      files.keep(file, filename ?? '', rules).then(resolve, (error) => {
        // A form that broke says so itself, before it closes.
        if (form.closed) return reject(error);
        form.once('close', () => reject(error));
        form.destroy();
      });
    });
    form.on('error', fail);
    form.on('close', () => {
      if (!keeping) resolve(null);
    });
    request.on('aborted', () => form.destroy(new Error('the client went away')));
    request.pipe(form);
  });
}

function formOf({ headers }: IncomingMessage, { maxBytes }: UploadRules): busboy.Busboy | Error {
  try {
    // One byte more than may be kept, so that the store sees that it is too much.
    const limits = { files: 1, fileSize: maxBytes + 1, fields: 0, parts: 2, headerPairs: 20 };
    return busboy({ headers, defParamCharset: 'utf8', limits });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
