/** Where the server that has a data folder can be reached: a file in the folder, so that commands on the same machine find it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** `token` opens /api/knowledge and /api/commands alone, and only as long as the server runs. */
const Running = z.object({ url: z.url(), token: z.string().min(1) });
export type Running = Readonly<z.infer<typeof Running>>;

const fileIn = (dir: string): string => join(dir, '.server.json');

/** Only the owner of the folder may read it. Resolves to what takes it away again. */
export async function announce(dir: string, running: Running): Promise<() => Promise<void>> {
  await rm(fileIn(dir), { force: true });
  await writeFile(fileIn(dir), JSON.stringify(running), { mode: 0o600 });
  return () => rm(fileIn(dir), { force: true });
}

/** Null when none announced itself; one that was killed left its file behind, so whoever asks may find nobody there. */
export async function announced(dir: string): Promise<Running | null> {
  const text = await readFile(fileIn(dir), 'utf8').catch(() => '');
  try {
    return Running.parse(JSON.parse(text));
  } catch {
    return null; // none, or cut off while it was written
  }
}
