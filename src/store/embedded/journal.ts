/** Group commit: operations that happen together are appended to a collection's file together, and acknowledged only after that. */
import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

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
  /** Replaces the file by one that holds exactly the state in memory. */
  rewrite: () => Promise<void>;
  /** Makes the error the failed operations reject with. */
  failure: (cause: unknown) => Error;
  /** Rewrites when the file has grown by this many bytes, and by as much as it held after the last rewrite. */
  rewriteAfter?: number;
}>;

type Batch = { lines: (() => string)[]; undo: (() => void)[]; done: Promise<void>; resolve: () => void; reject: (error: Error) => void };

const REWRITE_AFTER = 16 * 1024 * 1024;

export async function openJournal(options: JournalOptions): Promise<Journal> {
  let file = await open(options.filename, 'r+');
  let length = (await file.stat()).size;
  const allowance = (): number => length + Math.max(options.rewriteAfter ?? REWRITE_AFTER, length);
  let rewriteAt = allowance();
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
    if (options.durability === 'disk') await file.datasync();
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
  /** The new file holds the batch already, because memory does. When it could not be written the old one stands as it was. */
  const rewrite = async (): Promise<boolean> => {
    const complete = await options.rewrite().then(
      () => true,
      () => false,
    );
    const [before, reopened] = [await file.stat(), await open(options.filename, 'r+')];
    await file.close();
    file = reopened;
    const after = await file.stat();
    if (after.ino !== before.ino) [length, torn] = [after.size, false];
    rewriteAt = allowance();
    return complete;
  };
  const run = async (): Promise<void> => {
    await nextTurn(); // whatever else happens in this turn of the event loop joins the batch
    for (let batch = waiting; batch !== null; batch = waiting) {
      [writing, waiting] = [batch, null];
      try {
        if (length < rewriteAt || !(await rewrite())) await appendToFile(batch.lines.map((line) => line()).join(''));
        batch.resolve();
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
  /** What came after the failed batch was built on it and goes with it. */
  const fail = (batches: readonly (Batch | null)[], cause: unknown): void => {
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
