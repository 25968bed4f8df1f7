/** A file of the embedded store being rewritten while it is written to: nothing waits for it, and nothing is lost with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createEmbeddedStore } from '../../src/store/embedded';
import { openJournal } from '../../src/store/embedded/journal';
import { conversation, message } from './documents';

const REGISTER = join(__dirname, '../support/typescript.cjs');
const WRITER = join(__dirname, 'children/writer.ts');
const BALLAST = 2000;

let dir: string;
let file: string;
let beside: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-rewrite-'));
  file = join(dir, 'conversations.db');
  beside = `${file}~`;
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A store of which half of the conversations' file is out of date. */
async function halfOutOfDate(rewriteAfter: number, warn: (details: object) => void = () => undefined) {
  const store = await createEmbeddedStore({ dir, rewriteAfter, log: { warn } });
  await store.conversations.insertMany(Array.from({ length: BALLAST }, (_, i) => conversation(`c${i}`)));
  await store.conversations.updateMany({}, { $inc: { version: 1 } });
  return store;
}

test('writes during a rewrite are answered before it ends, and are all there after it', async () => {
  const store = await halfOutOfDate(1);
  const before = (await stat(file)).size;
  let during = 0;
  for (let n = 0; (await stat(file)).size >= before; n++) {
    await Promise.all([
      store.conversations.insert(conversation(`new${n}`)),
      store.conversations.update({ _id: 'c1' }, { $inc: { version: 1 } }),
      store.conversations.remove({ _id: `c${BALLAST - 1 - n}` }),
    ]);
    during = n + 1;
  }
  expect(during).toBeGreaterThan(1);
  const kept = await store.conversations.find({}, { sort: { _id: 1 } });
  await store.close();
  const reopened = await createEmbeddedStore({ dir });
  expect(await reopened.conversations.find({}, { sort: { _id: 1 } })).toEqual(kept);
  expect(kept.length).toBe(BALLAST);
  expect((await reopened.conversations.get('c1'))?.version).toBe(1 + during);
  await reopened.close();
});

test('a process killed during a rewrite loses nothing it acknowledged', async () => {
  const versions = new Map<string, number>();
  const messages = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const args = ['-r', REGISTER, WRITER, dir, String(round), String(BALLAST)];
    const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(writer, 'close');
    let reports = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      const [kind, id = '', version] = line.split(' ');
      if (kind === 'message') messages.add(id);
      else versions.set(id, Number(version));
      reports += 1;
      // At other places of the rewrite each time.
      if (reports > 50 + 11 * round && existsSync(beside)) writer.kill('SIGKILL');
    }
    await closed;
    expect(existsSync(beside)).toBe(true);
    const store = await createEmbeddedStore({ dir });
    const kept = new Set((await store.messages.find({})).map((doc) => doc._id));
    expect([...messages].filter((id) => !kept.has(id))).toEqual([]);
    for (const [id, version] of versions) expect((await store.conversations.get(id))?.version).toBeGreaterThanOrEqual(version);
    expect(await store.conversations.count({ seq: { $gte: 1 } })).toBeGreaterThanOrEqual(BALLAST);
    await store.close();
  }
}, 120_000);

test('a store closed during a rewrite keeps everything, leaves nothing beside the file and has nothing to complain of', async () => {
  const told: object[] = [];
  const store = await halfOutOfDate(1, (details) => void told.push(details));
  await store.close();
  expect([existsSync(beside), told]).toEqual([false, []]);
  const reopened = await createEmbeddedStore({ dir });
  expect(await reopened.conversations.count({ version: 1 })).toBe(BALLAST);
  await reopened.close();
});

test('a rewrite that cannot be written leaves the file as it is, and writing goes on', async () => {
  const store = await createEmbeddedStore({ dir, rewriteAfter: 1 });
  await mkdir(beside);
  await store.conversations.insert(conversation('c1'));
  for (let n = 1; n <= 20; n++) await store.conversations.update({ _id: 'c1' }, { $inc: { version: 1 } });
  await store.close();
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(21);
  await rm(beside, { recursive: true });
  const reopened = await createEmbeddedStore({ dir });
  expect((await reopened.conversations.get('c1'))?.version).toBe(20);
  await reopened.close();
});

test('a rewrite that fails is told once, with what to do, and shown until one succeeds', async () => {
  const told: { file?: string; err?: unknown }[] = [];
  const store = await createEmbeddedStore({ dir, rewriteAfter: 20_000, log: { warn: (details) => void told.push(details) } });
  const change = () => store.conversations.update({ _id: 'c1' }, { $inc: { version: 1 } });
  await store.conversations.insert(conversation('c1'));
  expect(await store.ping()).toEqual({ unrewritten: [] });
  await mkdir(beside);
  while (told.length === 0) await change();
  await change();
  expect(told).toEqual([
    { file: 'conversations.db', err: expect.objectContaining({ code: 'unwritable', message: expect.stringMatching(/EISDIR/) }) },
  ]);
  expect(await store.ping()).toEqual({ unrewritten: ['conversations'] });
  await rm(beside, { recursive: true });
  while ((await store.ping()).unrewritten.length > 0) await change();
  expect((await stat(file)).size).toBeLessThan(20_000);
  await store.close();
  expect(told).toHaveLength(1);
});

test('what is only inserted is never rewritten: all of it is up to date', async () => {
  const store = await createEmbeddedStore({ dir, rewriteAfter: 1 });
  const { ino } = await stat(join(dir, 'messages.db'));
  for (let n = 0; n < 30; n++) await store.messages.insert(message(`m${n}`));
  await store.close();
  expect((await stat(join(dir, 'messages.db'))).ino).toBe(ino);
});

test('a rewrite begun when a write was under way that then failed does not bring that write back', async () => {
  await writeFile(file, '');
  const memory = new Set<string>();
  const rewrites: { file: string; memory: string[] }[] = [];
  const journal = await openJournal({
    filename: file,
    durability: 'disk',
    memory: {
      size: () => 1,
      lines: () => {
        rewrites.push({ file: readFileSync(file, 'utf8'), memory: [...memory] });
        return [...memory];
      },
    },
    failure: () => new Error('not written'),
    rewriteAfter: 1,
  });
  const write = (text: string, line = () => text): Promise<void> => {
    memory.add(text);
    return journal.append(line, () => memory.delete(text));
  };
  const fails = (): never => {
    throw new Error('no room');
  };
  const first = [write('one\n'), write('two\n')];
  // The first batch is being written now; what comes next waits, and memory holds it already when the rewrite begins.
  await nextTurn();
  await nextTurn();
  const second = write('three\n', fails);
  await Promise.all(first);
  expect(rewrites).toEqual([{ file: 'one\ntwo\n', memory: ['one\n', 'two\n', 'three\n'] }]);
  await expect(second).rejects.toThrow('not written');
  // The next rewrite begins when this one is over.
  while (rewrites.length < 2) await write('four\n');
  await journal.close();
  expect(rewrites[1]?.file).toMatch(/^one\ntwo\n(?:four\n)+$/);
});
