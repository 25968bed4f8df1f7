/** Where a simulation is put up: a folder of its own, and all that was started ended in reverse, at once when the rest does not start. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Stage = Readonly<{
  folder: string;
  /** `stop` ends what was started last. */
  ends(stop: () => Promise<unknown>): void;
}>;
export type PutUp<T> = T & Readonly<{ folder: string; close(): Promise<void> }>;

/** Resolves to what `start` resolves to, and to what takes it down. */
export async function putUp<T extends object>(start: (stage: Stage) => Promise<T>): Promise<PutUp<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-simulate-'));
  const started: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    return { ...(await start({ folder, ends: (stop) => void started.push(stop) })), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}
