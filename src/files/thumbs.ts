/** Small pictures of kept ones: turned upright, without place or camera, made once and kept beside them. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Held, Shelf } from './shelf';

/** Longest side in pixels: sharp on a phone, small on the way. */
const SIDE = 480;
/** A camera of 64 megapixels; a few bytes may unfold into much more than that. */
export const MAX_PIXELS = 70_000_000;
const SECONDS = 15;
/** Pictures of which none could be made are remembered for a while, so that nobody can keep us busy with one. */
const REMEMBERED = 1_000;

const TYPE = 'image/jpeg';

export type Thumbs = Readonly<{
  /** The small picture of a kept file by its stored name, null when none can be made of it. */
  of(file: string): Promise<(Held & Readonly<{ type: string }>) | null>;
}>;

/** `incoming` is a folder for files on their way to the shelf. */
export function createThumbs(shelf: Shelf, incoming: string): Thumbs {
  const hopeless = new Set<string>();
  const making = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: a large picture takes much memory for a moment. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function make(file: string): Promise<boolean> {
    const whole = await shelf.get(file);
    if (!whole) return false;
    const small = await shrunk(await buffer(whole.bytes));
    if (!small) {
      hopeless.add(file);
      const [oldest] = hopeless;
      if (hopeless.size > REMEMBERED && oldest !== undefined) hopeless.delete(oldest);
      return false;
    }
    await mkdir(incoming, { recursive: true });
    const path = join(incoming, randomUUID());
    try {
      await writeFile(path, small, { flag: 'wx' });
      const hash = createHash('sha256').update(small).digest('hex');
      await shelf.put(smallOf(file), { path, hash, size: small.length, type: TYPE });
    } finally {
      await rm(path, { force: true });
    }
    return true;
  }

  function madeOnce(file: string): Promise<boolean> {
    const under = making.get(file);
    if (under) return under;
    const made = alone(() => make(file)).finally(() => making.delete(file));
    making.set(file, made);
    return made;
  }

  return {
    async of(file) {
      if (hopeless.has(file)) return null;
      const there = (await shelf.get(smallOf(file))) ?? ((await madeOnce(file)) ? await shelf.get(smallOf(file)) : null);
      return there && { ...there, type: TYPE };
    },
  };
}

/** `<hash of the picture>.thumb.jpg`; no kept file has such a name. */
const smallOf = (file: string): string => `${file.slice(0, file.indexOf('.'))}.thumb.jpg`;

/** Null when it is no picture sharp can read, or one that unfolds too far. */
async function shrunk(picture: Buffer): Promise<Buffer | null> {
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 78, mozjpeg: true })
      .timeout({ seconds: SECONDS })
      .toBuffer();
  } catch {
    return null;
  }
}
