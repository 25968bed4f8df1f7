/** The store without a server: one process, documents in memory, every acknowledged write in a file of the data folder. */
import { open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from './collection';
import { embeddedCollection, noJournal } from './embedded/collection';
import { type Durability, type Journal, openJournal } from './embedded/journal';
import { lockFolder } from './embedded/lock';
import { linesFor, openTable } from './embedded/table';
import { makeFolder, unwritable } from './folder';
import { collectionNames, schemas } from './schemas/all';
import { shapeOf } from './shape';
import type { Store } from './store';

export type EmbeddedOptions =
  | Readonly<{ memory: true }>
  /** `durability` is `disk` unless a power cut may cost the last second; `rewriteAfter` is the growth in bytes after which a file is compacted. */
  | Readonly<{ dir: string; durability?: Durability; rewriteAfter?: number; log?: StoreLog }>;
/** Told of what an operator must mend although every write is acknowledged still. */
export type StoreLog = Readonly<{ warn(details: object, message: string): void }>;

const NOT_REWRITTEN =
  'a file of the store could not be rewritten: it stays as it is and goes on growing, and is tried again once it has grown as much; mend what the error names';

/** Rejects with a StoreError that says what to do: `locked`, `unwritable` or `corrupt`. */
export async function createEmbeddedStore(options: EmbeddedOptions): Promise<Store> {
  let refusal: StoreError | null = null;
  const guard = (): void => {
    if (refusal !== null) throw refusal;
  };
  const journals: Journal[] = [];
  const unrewritten = new Set<string>();
  const refuse = (code: string, message: string, cause?: unknown): void => {
    refusal = new StoreError(code, message, { retryable: false, cause });
  };
  const unlock = 'dir' in options ? await takeFolder(options.dir, refuse) : async () => undefined;

  const openCollection = async (name: (typeof collectionNames)[number]) => {
    const shape = shapeOf(name, schemas[name]);
    if ('memory' in options) return embeddedCollection(shape, await openTable(shape, null), noJournal, guard);
    const filename = join(options.dir, `${name}.db`);
    await cutTornLine(filename);
    const table = await openTable(shape, filename);
    const journal = await openJournal({
      filename,
      durability: options.durability ?? 'disk',
      memory: { size: table.size, lines: () => linesFor(table.all()) },
      failure: (cause) => unwritable(options.dir, cause),
      ...(options.rewriteAfter !== undefined && { rewriteAfter: options.rewriteAfter }),
      rewritten: (trouble) => {
        if (trouble === null) return void unrewritten.delete(name);
        unrewritten.add(name);
        options.log?.warn({ file: `${name}.db`, err: trouble }, NOT_REWRITTEN);
      },
    });
    journals.push(journal);
    return embeddedCollection(shape, table, journal, guard);
  };
  const closeFiles = async (): Promise<void> => {
    await Promise.all(journals.map((journal) => journal.close()));
    await unlock();
  };

  try {
    const opening = collectionNames.map(async (name) => [name, await openCollection(name)] as const);
    await Promise.allSettled(opening); // so that after a failure nothing is still busy with the folder
    const opened = await Promise.all(opening);
    return {
      ...(Object.fromEntries(opened) as unknown as Omit<Store, 'ping' | 'close'>), // one collection for every name of Documents
      ping: async () => {
        guard();
        await Promise.all(
          journals.map((journal) =>
            journal.append(
              () => '\n',
              () => undefined,
            ),
          ),
        );
        return { unrewritten: [...unrewritten].sort() };
      },
      close: async () => {
        if (refusal?.code === 'closed') return;
        refuse('closed', 'The store is closed; open it again with openStore()');
        await closeFiles();
      },
    };
  } catch (cause) {
    await closeFiles().catch(() => undefined); // the first error is the one to tell
    throw 'dir' in options ? openingFailed(options.dir, cause) : cause;
  }
}

async function takeFolder(dir: string, refuse: (code: string, message: string, cause: unknown) => void): Promise<() => Promise<void>> {
  try {
    await makeFolder(dir);
    return await lockFolder(dir, (cause) => {
      refuse('locked', `DATA_DIR ${dir} was taken over by another process; stop this one`, cause);
    });
  } catch (cause) {
    throw openingFailed(dir, cause);
  }
}

/** A process killed while appending leaves part of a line. It was never acknowledged, and nedb would call the file corrupt. */
async function cutTornLine(filename: string): Promise<void> {
  const file = await open(filename, 'r').catch(() => null);
  if (file === null) return;
  try {
    const { size } = await file.stat();
    const chunk = Buffer.alloc(64 * 1024);
    for (let end = size; end > 0; end -= chunk.length) {
      const start = Math.max(0, end - chunk.length);
      const { bytesRead } = await file.read(chunk, 0, end - start, start);
      const newline = chunk.subarray(0, bytesRead).lastIndexOf(10);
      if (newline < 0 && start > 0) continue;
      if (start + newline + 1 < size) await truncate(filename, start + newline + 1);
      return;
    }
  } finally {
    await file.close();
  }
}

function openingFailed(dir: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  if (typeof cause === 'object' && cause !== null && 'corruptItems' in cause && 'message' in cause) {
    const message = `A file in DATA_DIR ${dir} is damaged: ${cause.message} Restore the folder from a backup, or move it away to begin anew`;
    return new StoreError('corrupt', message, { retryable: false, cause });
  }
  return unwritable(dir, cause);
}
