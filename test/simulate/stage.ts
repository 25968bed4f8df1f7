/** Where a simulation is put up: a folder of its own, the built server in it, and all that was started ended in reverse, at once when the rest does not start. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qiao, startServer } from '../support/program';
import { seed } from './cast';

/** The built server while it runs. */
export type Desk = Readonly<{
  url: string;
  /** Asks with the API token, a `body` by POST. `T` is the shape of our own API. Rejects with what it said when it refuses. */
  ask<T>(path: string, body?: object): Promise<T>;
}>;

export type Stage = Readonly<{
  folder: string;
  /** `stop` ends what was started last. */
  ends(stop: () => Promise<unknown>): void;
  /** The agents of the cast are signed up, and somebody is always at the desk. */
  seed(): Promise<void>;
  serve(keys: Readonly<Record<string, string>>): Promise<Desk>;
}>;
export type PutUp<T> = T & Readonly<{ folder: string; close(): Promise<void> }>;

/** What stands now, also what is not up yet. */
const standing = new Set<() => Promise<void>>();
/** Takes down all of it, in the middle of a play too. */
export const takeDown = async (): Promise<void> => void (await Promise.all([...standing].map((close) => close())));

const API_TOKEN = 'the API token of the simulation';

/** Resolves to what `start` resolves to, and to what takes it down. */
export async function putUp<T extends object>(start: (stage: Stage) => Promise<T>): Promise<PutUp<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-simulate-'));
  const started: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const ends = (stop: () => Promise<unknown>): void => void started.push(stop);
  const close = async (): Promise<void> => {
    standing.delete(close);
    for (const stop of started.splice(0).reverse()) await stop();
  };
  standing.add(close);
  const stage: Stage = {
    folder,
    ends,
    async seed() {
      await writeFile(join(folder, 'seed.json'), JSON.stringify(seed));
      const seeded = await qiao(['seed', 'seed.json'], folder);
      if (seeded.code !== 0) throw new Error(`the server could not be prepared; run npm run build first: ${seeded.err}`);
    },
    async serve(keys) {
      const server = await startServer(folder, { API_TOKEN, ...keys });
      ends(() => server.stop());
      return { url: server.url, ask: (path, body) => asked(`${server.url}${path}`, body) };
    },
  };
  try {
    return { ...(await start(stage)), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function asked<T>(url: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(url, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
