/** What a file is, by its bytes: the extension it is stored under. */
import { open } from 'node:fs/promises';

/** Names of the same kind under which the bytes of phones and messengers are known. */
const SAME: Readonly<Record<string, string>> = { opus: 'ogg', m4v: 'mp4', '3g2': '3gp', f4v: 'mp4', apng: 'png' };

/** How a voice message of WeChat begins, WeChat's own byte 2 before it or not. */
const SILK = Buffer.from('#!SILK_V3');

async function isSilk(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(SILK.length + 1), 0, SILK.length + 1, 0);
    const start = buffer[0] === 2 ? 1 : 0;
    return buffer.subarray(start, start + SILK.length).equals(SILK);
  } finally {
    await file.close();
  }
}

/** Undefined when the bytes are of no kind anybody knows. */
export async function extensionOf(path: string): Promise<string | undefined> {
  if (await isSilk(path)) return 'silk';
  const { fileTypeFromFile } = await import('file-type/node');
  const found = await fileTypeFromFile(path);
  return found && (SAME[found.ext] ?? found.ext);
}
