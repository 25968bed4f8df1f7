/** Kept files in a folder of this machine. */
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { lengthOf } from './part';
import type { Shelf } from './shelf';

/** `dir` must lie on the same disk as the files that are put, so that a file is there whole or not at all. */
export function createDiskShelf(dir: string): Shelf {
  return {
    async put(name, { path }) {
      await flush(path);
      await rename(path, join(dir, name));
      await flush(dir);
    },
    async get(name, part = null) {
      const file = await open(join(dir, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (!file) return null;
      const { size } = await file.stat();
      if (!part) return { bytes: file.createReadStream(), size };
      return { bytes: file.createReadStream({ start: part.from, end: part.to }), size: lengthOf(part) };
    },
  };
}

/** What was acknowledged is not lost when the power goes. */
async function flush(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
