/** Sends an agent's file to the desk, with progress; what may not go is said before anything is sent. */
import { type Failure, FILE_TYPES, MAX_FILE_BYTES, paths, REQUEST_HEADER, type Uploaded } from '../../adapters/page/wire';
import type { Upload } from '../widget/tray';
import { sendFile } from '../widget/upload';

const MB = 1024 * 1024;
export const LIMITS = `图片、PDF、Word、Excel、PPT 或 MP4，每个不超过 ${MAX_FILE_BYTES / MB} MB`;

/** Null when it may go. A browser that knows no type leaves it to the server, which looks at the bytes. */
export function refusalOf({ type, size }: Readonly<{ type: string; size: number }>): string | null {
  if (size === 0) return '文件是空的，请重新选择。';
  if (size > MAX_FILE_BYTES) return `文件太大，最多 ${MAX_FILE_BYTES / MB} MB。请压缩或分开发送。`;
  return type === '' || FILE_TYPES.some((one) => one === type) ? null : `这种文件不能发送。可以发${LIMITS}。`;
}

export function upload(file: File, progress: (share: number) => void): Upload {
  const no = refusalOf(file);
  if (no !== null) return { done: Promise.resolve({ ok: false, message: no }), cancel: () => undefined };
  const { done, cancel } = sendFile(paths.uploads, { [REQUEST_HEADER]: '1' }, file, progress);
  return { done: done.then(read), cancel };
}

function read(text: string | null): Awaited<Upload['done']> {
  const answer = text === null ? null : parsed(text);
  if (answer && 'attachment' in answer) return { ok: true, attachment: answer.attachment };
  const message = answer?.error?.message ?? '上传没有成功，请检查网络后移除重试。';
  return { ok: false, message };
}

/** Our own server, in the shapes of wire.ts; a proxy's error page has none of them. */
function parsed(text: string): Uploaded | Partial<Failure> | null {
  try {
    return JSON.parse(text) as Uploaded | Partial<Failure>;
  } catch {
    return null;
  }
}
