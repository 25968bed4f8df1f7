/** A file written anew beside the old one while that goes on growing: what memory holds in slices, then what was appended meanwhile. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';

/** So many characters are made in one stretch, which takes less than a millisecond; others have their turn before the next. */
const SLICE = 64 * 1024;
/** Handed to the disk at once: a flush of much more would hold up the flushes of the old file. */
const FLUSHED = 2 * 1024 * 1024;
/** What is left to copy while appending waits. */
const SHORT = 64 * 1024;
const ROUNDS = 10;

/** The file that is appended to: only its first `length` bytes are whole lines. */
export type Growing = () => Readonly<{ file: FileHandle; length: number }>;

export type Rewrite = Readonly<{
  /** Resolves once nearly all of it is durable. Rejects when it cannot be written, and once it was stopped. */
  nearly: Promise<void>;
  /** Copies the rest and puts the new file in the place of the old one. Nothing may be appended until this resolves; when it rejects, the old file stands. */
  finish(): Promise<Readonly<{ file: FileHandle; length: number; held: number }>>;
  /** From now on it cannot be finished. */
  stop(): void;
  /** Whether it was: then its failure is nobody's to mend. */
  stopped(): boolean;
  /** Takes away what was written, after it failed. */
  discard(): Promise<void>;
}>;

/** `lines` are what memory holds at this moment; `held` in what `finish` answers are their bytes. */
export function beginRewrite(filename: string, lines: Iterable<string>, old: Growing): Rewrite {
  const fresh = `${filename}~`;
  const opened = open(fresh, 'w+', 0o600);
  let copied = old().length;
  let length = 0;
  let held = 0;
  let flushed = 0;
  let stopped = false;

  const put = async (bytes: Buffer): Promise<void> => {
    if (stopped) throw new Error(`The rewrite of ${filename} was stopped`);
    const file = await opened;
    await file.appendFile(bytes);
    length += bytes.length;
    if (length - flushed >= FLUSHED) await flush();
  };
  const flush = async (): Promise<void> => {
    const file = await opened;
    await file.datasync();
    flushed = length;
  };
  const copyAppended = async (): Promise<void> => {
    const { file, length: end } = old();
    const room = Buffer.allocUnsafe(Math.min(SLICE, end - copied));
    while (copied < end) {
      const { bytesRead } = await file.read(room, 0, Math.min(room.length, end - copied), copied);
      if (bytesRead === 0) throw new Error(`${filename} is shorter than what was written to it`);
      await put(room.subarray(0, bytesRead));
      copied += bytesRead;
    }
  };
  const write = async (): Promise<void> => {
    let slice = '';
    for (const line of lines) {
      slice += line;
      if (slice.length < SLICE) continue;
      await put(Buffer.from(slice));
      slice = '';
    }
    await put(Buffer.from(slice));
    held = length;
    await flush();
    // Each round copies what came during the one before; should it never become little, the last of it is waited for.
    for (let round = 0; round < ROUNDS && old().length - copied > SHORT; round++) {
      await copyAppended();
      await flush();
    }
  };

  const nearly = write();
  return {
    nearly,
    async finish() {
      await nearly;
      await copyAppended();
      await flush();
      if (stopped) throw new Error(`The rewrite of ${filename} was stopped`);
      await rename(fresh, filename);
      return { file: await opened, length, held };
    },
    stop() {
      stopped = true;
    },
    stopped: () => stopped,
    async discard() {
      await opened.then((file) => file.close()).catch(() => undefined);
      await rm(fresh, { force: true }).catch(() => undefined);
    },
  };
}
