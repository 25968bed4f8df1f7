/** Sends one file with progress. XMLHttpRequest, because fetch cannot tell how far an upload has come. */
import { MAX_UPLOAD_BYTES, paths, type RefusalCode, type Refused, UPLOAD_TYPES, type Uploaded } from '../../adapters/web/wire';
import type { Attachment } from '../../dialogs/vocabulary';

export type UploadResult = Readonly<{ ok: true; attachment: Attachment }> | Readonly<{ ok: false; code: RefusalCode }>;
export type Upload = Readonly<{ done: Promise<UploadResult>; cancel(): void }>;

/** What can be said before anything is sent; null when the file may go. */
export function refusal(file: Readonly<{ type: string; size: number }>): RefusalCode | null {
  if (!UPLOAD_TYPES.some((type) => type === file.type)) return 'file_type_refused';
  return file.size > MAX_UPLOAD_BYTES ? 'file_too_large' : null;
}

const unavailable = { ok: false, code: 'unavailable' } as const;

function read(text: string): UploadResult {
  try {
    // Our own server, in the shape of wire.ts.
    return JSON.parse(text) as Uploaded | Refused;
  } catch {
    return unavailable;
  }
}

/** Posts one file as a form; resolves to what was answered, null when nothing was. */
export function sendFile(
  url: string,
  headers: Readonly<Record<string, string>>,
  file: File,
  progress: (share: number) => void,
): Readonly<{ done: Promise<string | null>; cancel(): void }> {
  const request = new XMLHttpRequest();
  const done = new Promise<string | null>((resolve) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener('load', () => resolve(request.responseText));
    for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, () => resolve(null));
  });
  const form = new FormData();
  form.append('file', file, file.name);
  request.open('POST', url);
  request.timeout = 120_000;
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(form);
  return { done, cancel: () => request.abort() };
}

export function upload(server: string, token: string | null, file: File, progress: (share: number) => void): Upload {
  const early = refusal(file);
  if (early) return { done: Promise.resolve({ ok: false, code: early }), cancel: () => undefined };
  const { done, cancel } = sendFile(server + paths.uploads, { Authorization: `Bearer ${token ?? ''}` }, file, progress);
  return { done: done.then((text) => (text === null ? unavailable : read(text))), cancel };
}
