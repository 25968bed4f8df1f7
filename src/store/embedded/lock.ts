/** One data folder, one process: a lock that refuses the second and is taken over at once from one that was killed. */
import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { StoreError } from '../collection';
import { codeOf } from '../refusal';
import { isPlainObject } from '../value';

/** A lock nobody refreshed for this long belongs to a process that is gone, wherever it ran. */
const STALE_MS = 8_000;
const INSTANCE = randomUUID();

type Owner = { pid: number; host: string; instance: string };

/** Resolves to the function that gives the folder free. `onLost` is called should another process take the lock from us. */
export async function lockFolder(dir: string, onLost: (cause: Error) => void): Promise<() => Promise<void>> {
  const [lockfilePath, ownerPath] = [join(dir, '.lock'), join(dir, '.lock-owner.json')];
  const acquire = (retries: number): Promise<() => Promise<void>> =>
    lock(dir, {
      lockfilePath,
      stale: STALE_MS,
      update: STALE_MS / 4,
      retries: { retries, factor: 1, minTimeout: 500 },
      onCompromised: onLost,
    });

  const release = await acquire(0).catch(async (cause) => {
    if (codeOf(cause) !== 'ELOCKED') throw cause;
    const owner = await readOwner(ownerPath);
    const fate = fateOf(owner);
    if (fate === 'alive') throw inUse(dir, owner, cause);
    if (fate === 'dead') await rm(lockfilePath, { recursive: true, force: true });
    return acquire(Math.ceil(STALE_MS / 500) + 1).catch((late) => {
      throw codeOf(late) === 'ELOCKED' ? inUse(dir, owner, late) : late;
    });
  });
  const me: Owner = { pid: process.pid, host: hostname(), instance: INSTANCE };
  await writeFile(ownerPath, JSON.stringify(me), { mode: 0o600 });
  return release;
}

/** `unknown` when it ran on another host or under our own process id, as in a restarted container: then only time tells. */
function fateOf(owner: Owner | null): 'alive' | 'dead' | 'unknown' {
  if (owner === null || owner.host !== hostname()) return 'unknown';
  if (owner.instance === INSTANCE) return 'alive';
  if (owner.pid === process.pid) return 'unknown';
  try {
    process.kill(owner.pid, 0);
    return 'alive';
  } catch (cause) {
    return codeOf(cause) === 'ESRCH' ? 'dead' : 'alive';
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const owner: unknown = JSON.parse(text);
    return isPlainObject(owner) && typeof owner.pid === 'number' ? (owner as Owner) : null; // written by us, and only a hint
  } catch {
    return null; // killed while writing it
  }
}

function inUse(dir: string, owner: Owner | null, cause: unknown): StoreError {
  const who = owner === null ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  const message = `DATA_DIR ${dir} is in use by ${who}; stop it, choose another DATA_DIR, or set MONGODB_URI to run several processes`;
  return new StoreError('locked', message, { retryable: false, cause });
}
