/** The file store on disk: streamed in, judged by their bytes and not by their name, kept under the hash of their content. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileRefused, Files } from '../../adapters/files';
import { bare, createLinks, storedAt } from './links';
import { extensionOf } from './sniff';
import { FILE_TYPES, kindOfExtension, MAX_FILE_BYTES } from './types';

const LONGEST_NAME = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unsafe = /[\u0000-\u001f\u007f"\\/<>]|\p{Surrogate}/gu;
const tidyName = (name: string): string => [...basename(name).replace(unsafe, '')].slice(-LONGEST_NAME).join('') || 'file';

class TooLarge extends Error {}

export type FileStore = Files &
  Readonly<{
    /** Where the file of a link lies; null when there is no such link. */
    pathOf(url: string): Readonly<{ path: string; name: string; type: string; size: number }> | null;
  }>;

/** `publicUrl` is how other programs reach this server: `https://help.example.edu.cn`. */
export function createFiles(options: Readonly<{ dir: string; secret: string; publicUrl?: string; now?: () => number }>): FileStore {
  const dir = resolve(options.dir);
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
      const waiting = join(dir, 'incoming');
      await mkdir(waiting, { recursive: true });
      const temporary = join(waiting, randomUUID());
      try {
        const { hash, size } = await write(bytes, temporary, maxBytes);
        const extension = await extensionOf(temporary);
        const kind = extension === undefined ? undefined : kindOfExtension(extension);
        if (!kind || !types.includes(kind.type)) return typeRefused;
        if (size > kind.maxBytes) return tooLarge(kind.maxBytes);
        const file = `${hash}.${extension}`;
        await rename(temporary, join(dir, file));
        const tidy = tidyName(name);
        const attachment = { name: extname(tidy) ? tidy : `${tidy}.${extension}`, url: bare(file), type: kind.type, size };
        return { kind: 'kept', attachment };
      } catch (error) {
        if (error instanceof TooLarge) return tooLarge(maxBytes);
        throw error;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async read({ url }) {
      const file = storedAt(url);
      if (file === null) return null;
      try {
        return await readFile(join(dir, file));
      } catch (error) {
        if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    open: links.open,
    openOutside(attachment) {
      const opened = links.open(attachment);
      return options.publicUrl === undefined || opened === attachment ? opened : { ...opened, url: `${options.publicUrl}${opened.url}` };
    },
    linked: links.read,
    pathOf(url) {
      const linked = links.read(url);
      return linked && { path: join(dir, basename(linked.url)), name: linked.name, type: linked.type, size: linked.size };
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
