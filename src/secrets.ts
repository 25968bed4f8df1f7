/** Secrets nobody has to think of: made once and kept, the same for all processes of a desk. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, unwritable } from './store/folder';
import { codeOf } from './store/refusal';
import type { Store } from './store/store';

/** What each signs: tokens, links and codes of customers; sessions of agents; Message-IDs of ours. */
export type SecretName = 'web-secret' | 'desk-secret' | 'email-secret';
export type KeptSecrets = (name: SecretName) => Promise<string>;
type Settings = Pick<Store, 'settings'>;

export const newSecret = (): string => randomBytes(24).toString('base64url');

/** In the store itself, which is all that several processes share: whoever reads the database reads them. */
export const secretsInStore =
  ({ settings }: Settings): KeptSecrets =>
  async (name) => {
    const made = { _id: name, value: { secret: newSecret() }, updatedAt: new Date() };
    const { inserted } = await settings.insert(made);
    const kept = inserted ? made : await settings.get(name);
    return String(kept?.value.secret);
  };

/**
 * Beside an embedded store, one file each, which its user alone can read: copies of the store's own files give none away. One that an
 * earlier version kept in the store moves out of it. Rejects with a StoreError `unwritable`.
 */
export const secretsInFolder =
  (dir: string, { settings }: Settings): KeptSecrets =>
  async (name) => {
    const file = join(dir, `${name}.key`);
    let secret = await kept(dir, file);
    if (secret === '') {
      const before = await settings.get(name);
      secret = before ? String(before.value.secret) : newSecret();
      await keep(dir, file, secret);
    }
    // Only once the file is durable: a kill in between leaves both, and the next start takes the second away.
    await settings.remove({ _id: name });
    return secret;
  };

async function kept(dir: string, file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    if (codeOf(cause) === 'ENOENT') return '';
    throw unwritable(dir, cause);
  });
  return text.trim();
}

async function keep(dir: string, file: string, secret: string): Promise<void> {
  const beside = `${file}~`;
  try {
    const written = await open(beside, 'w', 0o600);
    try {
      await written.writeFile(`${secret}\n`);
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(beside, file);
    await syncFolder(dir);
  } catch (cause) {
    throw unwritable(dir, cause);
  }
}
