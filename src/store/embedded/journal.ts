/** Group commit: operations that happen together are appended to a collection's file together, and acknowledged only after that. */
import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { syncFolder } from '../folder';
import { beginRewrite, type Rewrite } from './rewrite';

/** `os`: acknowledged lines survive the death of the process. `disk`: also of the machine, at the price of one flush a batch. */
export type Durability = 'os' | 'disk';

export type Journal = Readonly<{
  /** Resolves once the line is durable, which is made only when it is written; when it cannot be, `undo` is called, latest first, and the promise rejects. */
  append(line: () => string, undo: () => void): Promise<void>;
  /** Resolves once everything appended so far is durable. */
  settled(): Promise<void>;
  /** Waits for what was appended and lets go of the file. */
  close(): Promise<void>;
}>;

export type JournalOptions = Readonly<{
  filename: string;
  durability: Durability;
  /** What the file must hold: how many documents, and one line for each as they stand when it is asked. */
  memory: Readonly<{ size: () => number; lines: () => Iterable<string> }>;
  /** Makes the error the failed operations reject with. */
  failure: (cause: unknown) => Error;
  /** Rewrites when the file has grown by this many bytes and at least half of its lines are out of date. */
  rewriteAfter?: number;
  /** Told how each rewrite ended: null, or why the old file stands, goes on growing, and is tried again once it has grown by as much. */
  rewritten?: (trouble: Error | null) => void;
}>;

type Batch = { lines: (() => string)[]; undo: (() => void)[]; done: Promise<void>; resolve: () => void; reject: (error: Error) => void };

const REWRITE_AFTER = 16 * 1024 * 1024;

export async function openJournal(options: JournalOptions): Promise<Journal> {
  let file = await open(options.filename, 'r+');
  let length = (await file.stat()).size;
  let lines = options.memory.size();
  /** What the file held after it was read or rewritten. */
  let held = length;
  let rewriting: (Rewrite & Readonly<{ lines: number; began: number }>) | null = null;
  let rewritten = false;
  let closing = false;
  /** Set when the file has taken its name from another and that is not yet durable. */
  let renamed = false;
  /** Set when bytes of a failed batch may lie behind `length`. */
  let torn = false;
  let waiting: Batch | null = null;
  let writing: Batch | null = null;
  let running: Promise<void> | null = null;
  /** One buffer for all batches: they are written before the next is encoded. */
  let room = Buffer.alloc(0);

  const encode = (text: string): Buffer => {
    const most = text.length * 3; // bytes of UTF-8 for a unit of UTF-16
    if (room.length < most) room = Buffer.allocUnsafe(most);
    return room.subarray(0, room.write(text));
  };
  const appendToFile = async (text: string): Promise<void> => {
    const bytes = encode(text);
    if (torn) await file.truncate(length);
    torn = true;
    writeAllSync(file.fd, bytes, length);
    if (options.durability === 'disk') {
      await file.datasync();
      if (renamed) await syncFolder(dirname(options.filename));
      renamed = false;
    }
    torn = false;
    length += bytes.length;
  };
  /** Tried at once so that a process that ends now leaves a clean file, and again before the next write. */
  const cutTornLines = async (): Promise<void> => {
    if (!torn) return;
    await file.truncate(length).then(
      () => {
        torn = false;
      },
      () => undefined,
    );
  };
  const rewriteSoon = (): void => {
    const { size, lines: linesNow } = options.memory;
    if (rewriting !== null || closing || length - held < (options.rewriteAfter ?? REWRITE_AFTER) || lines < 2 * size()) return;
    const begun = beginRewrite(options.filename, linesNow(), () => ({ file, length }));
    rewriting = { ...begun, lines: size(), began: lines };
    const look = (): void => {
      rewritten = true;
      running ??= run();
    };
    begun.nearly.then(look, look);
  };
  /** Between two batches: what the new file lacks is copied and it becomes the file; when it could not be written the old one stands. */
  const adopt = async (rewrite: NonNullable<typeof rewriting>): Promise<void> => {
    try {
      const fresh = await rewrite.finish();
      await file.close().catch(() => undefined); // nothing is read from or written to it any more
      ({ file, length, held } = fresh);
      lines = rewrite.lines + lines - rewrite.began;
      [torn, renamed] = [false, true];
      options.rewritten?.(null);
    } catch (cause) {
      await rewrite.discard();
      held = length;
      if (!rewrite.stopped()) options.rewritten?.(options.failure(cause));
    }
    [rewriting, rewritten] = [null, false];
  };
  const run = async (): Promise<void> => {
    await nextTurn(); // whatever else happens in this turn of the event loop joins the batch
    for (;;) {
      if (rewriting !== null && rewritten) await adopt(rewriting);
      const batch = waiting;
      if (batch === null) break;
      [writing, waiting] = [batch, null];
      try {
        await appendToFile(batch.lines.map((line) => line()).join(''));
        lines += batch.lines.length;
        batch.resolve();
        rewriteSoon();
      } catch (cause) {
        const lost = [batch, waiting];
        [writing, waiting] = [null, null];
        fail(lost, cause);
        await cutTornLines();
      }
      writing = null;
    }
    running = null;
  };
  /** What came after the failed batch was built on it and goes with it, and so does a rewrite that may hold some of it. */
  const fail = (batches: readonly (Batch | null)[], cause: unknown): void => {
    rewriting?.stop();
    const error = options.failure(cause);
    for (const batch of [...batches].reverse()) {
      for (const undo of batch?.undo.reverse() ?? []) undo();
    }
    for (const batch of batches) batch?.reject(error);
  };

  const append = (line: () => string, undo: () => void): Promise<void> => {
    waiting ??= emptyBatch();
    waiting.lines.push(line);
    waiting.undo.push(undo);
    running ??= run();
    return waiting.done;
  };
  const settled = async (): Promise<void> => (waiting ?? writing)?.done;
  const close = async (): Promise<void> => {
    closing = true;
    rewriting?.stop();
    await rewriting?.nearly.catch(() => undefined);
    await running;
    await file.close();
  };
  return { append, settled, close };
}

function emptyBatch(): Batch {
  const { promise, resolve, reject } = withResolvers();
  promise.catch(() => undefined); // every operation of the batch sees the rejection; one without listeners must not end the process
  return { lines: [], undo: [], done: promise, resolve, reject };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** A write into the page cache takes microseconds; handing it to a thread and back would take ten times as long. */
function writeAllSync(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}
