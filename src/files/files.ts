/** The file store: streamed in, judged by their bytes and not by their name, kept once on a shelf under the hash of their content. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type FileRefused, type Files, THUMB } from '../../adapters/files';
import { createDiskShelf } from './disk';
import { bare, createLinks, storedAt } from './links';
import type { Part } from './part';
import type { Held, Shelf } from './shelf';
import { extensionOf } from './sniff';
import { createThumbs } from './thumbs';
import { FILE_TYPES, kindOfExtension, MAX_FILE_BYTES } from './types';

const LONGEST_NAME = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unsafe = /[\u0000-\u001f\u007f"\\/<>]|\p{Surrogate}/gu;
const tidyName = (name: string): string => [...basename(name).replace(unsafe, '')].slice(-LONGEST_NAME).join('') || 'file';

class TooLarge extends Error {}

export type FileStore = Files &
  Readonly<{
    /** What a link of ours opens: the file or a part of it, or its small picture where the link asks for `thumb`. Null when there is no such thing. */
    give(url: string, part?: Part | null): Promise<(Held & Readonly<{ name: string; type: string }>) | null>;
  }>;

/**
 * `dir` is this machine's own folder: files wait there until they are judged, and stay where no other shelf is given.
 * `publicUrl` is how other programs reach this server: `https://help.example.edu.cn`.
 */
export function createFiles(
  options: Readonly<{ dir: string; secret: string; shelf?: Shelf; publicUrl?: string; now?: () => number }>,
): FileStore {
  const dir = resolve(options.dir);
  const incoming = join(dir, 'incoming');
  const shelf = options.shelf ?? createDiskShelf(dir);
  const thumbs = createThumbs(shelf, incoming);
  const links = createLinks(options.secret, options.now ?? Date.now);

  async function write(bytes: AsyncIterable<Uint8Array>, temporary: string, maxBytes: number) {
    const hash = createHash('sha256');
    let size = 0;
    const count = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length;
        if (size > maxBytes) return done(new TooLarge());
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(bytes instanceof Readable ? bytes : Readable.from(bytes), count, createWriteStream(temporary, { flags: 'wx' }));
    return { hash: hash.digest('hex'), size };
  }

  return {
    async keep(bytes, name, { maxBytes = MAX_FILE_BYTES, types = FILE_TYPES } = {}) {
      await mkdir(incoming, { recursive: true });
      const path = join(incoming, randomUUID());
      try {
        const { hash, size } = await write(bytes, path, maxBytes);
        const extension = await extensionOf(path);
        const kind = extension === undefined ? undefined : kindOfExtension(extension);
        if (!kind || !types.includes(kind.type)) return typeRefused;
        if (size > kind.maxBytes) return tooLarge(kind.maxBytes);
        const file = `${hash}.${extension}`;
        await shelf.put(file, { path, hash, size, type: kind.type });
        const tidy = tidyName(name);
        const attachment = { name: extname(tidy) ? tidy : `${tidy}.${extension}`, url: bare(file), type: kind.type, size };
        return { kind: 'kept', attachment };
      } catch (error) {
        if (error instanceof TooLarge) return tooLarge(maxBytes);
        throw error;
      } finally {
        await rm(path, { force: true });
      }
    },
    async read({ url }) {
      const file = storedAt(url);
      const held = file === null ? null : await shelf.get(file);
      return held && buffer(held.bytes);
    },
    open: links.open,
    openOutside(attachment) {
      const opened = links.open(attachment);
      return options.publicUrl === undefined || opened === attachment ? opened : { ...opened, url: `${options.publicUrl}${opened.url}` };
    },
    linked: links.read,
    async give(url, part = null) {
      const linked = links.read(url);
      if (!linked) return null;
      const file = basename(linked.url);
      const small = linked.type.startsWith('image/') && new URL(url, 'http://any').searchParams.has(THUMB);
      const held = small ? await thumbs.of(file) : await shelf.get(file, part);
      return held && { name: linked.name, type: linked.type, ...held };
    },
  };
}

const typeRefused: FileRefused = {
  kind: 'refused',
  reason: 'type-refused',
  message: '这种文件不能发送。可以发图片、语音、视频、PDF、Word、Excel 和 PPT（docx、xlsx、pptx）。',
};

function tooLarge(limit: number): FileRefused {
  const most = limit >= 1024 * 1024 ? `${Math.floor(limit / 1024 / 1024)} MB` : `${limit} 字节`;
  return { kind: 'refused', reason: 'too-large', limit, message: `文件太大，最多 ${most}。请压缩或分开发送。` };
}
