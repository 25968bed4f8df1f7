/** The data folder: made when it is missing, and when it cannot be used, said why and what to do. */
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from './collection';
import { codeOf } from './refusal';

/** Makes a folder and those above it, for this user alone. Rejects with a StoreError `unwritable`. */
export async function makeFolder(dir: string): Promise<void> {
  await make(dir).catch((cause) => {
    throw unwritable(dir, cause);
  });
}

// Node's own recursive mkdir never ends below /proc, where ENOENT is not about the parent.
async function make(dir: string): Promise<void> {
  await makeOne(dir).catch(async (cause) => {
    const parent = dirname(dir);
    if (codeOf(cause) !== 'ENOENT' || parent === dir) throw cause;
    await make(parent);
    await makeOne(dir);
  });
}

async function makeOne(dir: string): Promise<void> {
  await mkdir(dir, { mode: 0o700 }).catch(async (cause) => {
    if (codeOf(cause) !== 'EEXIST' || !(await stat(dir)).isDirectory()) throw cause;
  });
}

/** Resolves once the names of the files in it are durable; at once where the system keeps folders to itself, as Windows does. */
export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r').catch((cause) => {
    if (!CLOSED_FOLDER.has(codeOf(cause) ?? '')) throw cause;
  });
  if (!folder) return;
  try {
    await folder.sync();
  } catch (cause) {
    if (!CLOSED_FOLDER.has(codeOf(cause) ?? '')) throw cause;
  } finally {
    await folder.close();
  }
}

const CLOSED_FOLDER: ReadonlySet<string> = new Set(['EISDIR', 'EPERM', 'EINVAL']);

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'the disk quota is used up; make room',
  EFBIG: 'the file would become larger than the system allows; raise the limit (ulimit -f)',
  EROFS: 'the file system is read-only; mount it writable',
  EACCES: 'the user running this has no right to it; change its owner or permissions',
  EPERM: 'the user running this has no right to it; change its owner or permissions',
  ENOENT: 'the folder is gone, or the system lets nobody make one there; choose another folder',
  ENOTDIR: 'part of the path is a file; choose another folder',
  EEXIST: 'there is a file of that name; choose another folder',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
};

/** What to tell when the folder, or a file in it, refused a write. */
export function unwritable(dir: string, cause: unknown): StoreError {
  const code = codeOf(cause) ?? 'unknown';
  const remedy = REMEDIES[code] ?? 'see the cause; check that the folder exists and is writable';
  const message = `DATA_DIR ${dir} cannot be written (${code}): ${remedy}, or point DATA_DIR elsewhere. Nothing acknowledged is lost`;
  return new StoreError('unwritable', message, { retryable: true, cause });
}
