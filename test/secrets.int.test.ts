/** Keys that nobody sets: beside an embedded store and never in it, in the database where processes share nothing else. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsInFolder, secretsInStore } from '../src/secrets';
import { createEmbeddedStore } from '../src/store/embedded';
import type { Store } from '../src/store/store';
import { startMongod } from './support/mongod/mongod';
import { startServer } from './support/program';
import { openSession, readMessages } from './support/webServer';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-secrets-'));
  file = join(dir, 'web-secret.key');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function inStore<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await createEmbeddedStore({ dir });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
const look = () => inStore((store) => secretsInFolder(dir, store)('web-secret'));
/** As earlier versions did. */
const keepInStore = (secret: string) =>
  inStore((store) => store.settings.insert({ _id: 'web-secret', value: { secret }, updatedAt: new Date(0) }));
const linesOfStore = () => readFile(join(dir, 'settings.db'), 'utf8');

describe('beside an embedded store', () => {
  test('a key is made once, in a file for its user alone, and is nowhere in the files of the store', async () => {
    const secret = await look();
    expect(secret).toHaveLength(32);
    expect(await look()).toBe(secret);
    expect([(await stat(file)).mode & 0o777, await readFile(file, 'utf8')]).toEqual([0o600, `${secret}\n`]);
    expect(await linesOfStore()).not.toContain(secret);
  });

  test('a key the store kept so far moves out of it and stays the same; the next start forgets it there', async () => {
    await keepInStore('the key of an earlier version');
    expect([await look(), await look()]).toEqual(['the key of an earlier version', 'the key of an earlier version']);
    expect(await readFile(file, 'utf8')).toBe('the key of an earlier version\n');
    expect(await linesOfStore()).not.toContain('the key of an earlier version');
  });

  test('a kill after the file was written and before the store forgot leaves one key, that of the file', async () => {
    const secret = await look();
    await keepInStore(secret);
    expect(await look()).toBe(secret);
    expect(await inStore((store) => store.settings.count({ _id: 'web-secret' }))).toBe(0);
  });

  test('a folder that takes no file says so, and the store keeps its key', async () => {
    await keepInStore('the key of an earlier version');
    const taken = inStore((store) => secretsInFolder(join(dir, 'gone'), store)('web-secret'));
    await expect(taken).rejects.toMatchObject({ code: 'unwritable' });
    expect(await inStore((store) => store.settings.count({ _id: 'web-secret' }))).toBe(1);
  });
});

test('processes on one database have the same key', async () => {
  const store = await createEmbeddedStore({ memory: true });
  const keys = await Promise.all([1, 2, 3].map(() => secretsInStore(store)('web-secret')));
  expect(new Set(keys).size).toBe(1);
  await store.close();
});

test('a chat that was open before the key moved goes on after it', async () => {
  const first = await startServer(dir);
  const { token } = await openSession(first.url);
  await first.stop();
  const secret = (await readFile(file, 'utf8')).trim();
  await rm(file);
  await keepInStore(secret);

  const second = await startServer(dir);
  expect((await readMessages(second.url, token)).status).toBe(200);
  await second.stop();
  expect(await readFile(file, 'utf8')).toBe(`${secret}\n`);
}, 120_000);

test('on MongoDB the log says that the key lies in the database, until it is set', async () => {
  const mongod = await startMongod();
  const on = async (more: Readonly<Record<string, string>>) => {
    const server = await startServer(dir, { MONGODB_URI: mongod.uri, LOG_LEVEL: 'warn', ...more });
    return (await server.stop()).err;
  };
  try {
    expect(await on({})).toContain('WEB_SECRET is not set: its key is kept in the database');
    expect(await on({ WEB_SECRET: 'a key of the operators' })).not.toContain('WEB_SECRET');
  } finally {
    await mongod.stop();
  }
}, 120_000);
