/** The files of the embedded store: what was acknowledged outlives kills, full disks and compaction, and one folder has one process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createEmbeddedStore } from '../../src/store/embedded';
import { conversation, message, ticket } from './documents';

const REGISTER = join(__dirname, '../support/typescript.cjs');
const child = (script: string, ...args: string[]): string[] => ['-r', REGISTER, join(__dirname, 'children', script), ...args];

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-files-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function outputOf(process: ChildProcess): Promise<string> {
  let output = '';
  process.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  await once(process, 'close');
  return output;
}

describe('a killed process', () => {
  /** Kills the writer after so many reports and returns all it reported. */
  async function writeAndKill(folder: string, round: number, reports: number): Promise<string[]> {
    const writer = spawn(process.execPath, child('writer.ts', folder, String(round)), { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(writer, 'close');
    const lines: string[] = [];
    for await (const line of createInterface({ input: writer.stdout })) {
      lines.push(line);
      if (lines.length === reports) writer.kill('SIGKILL');
    }
    await closed;
    return lines;
  }

  async function expectKept(folder: string, messages: ReadonlySet<string>, versions: ReadonlyMap<string, number>): Promise<void> {
    const store = await createEmbeddedStore({ dir: folder });
    const kept = new Set((await store.messages.find({})).map((doc) => doc._id));
    expect([...messages].filter((id) => !kept.has(id))).toEqual([]);
    for (const [id, version] of versions) expect((await store.conversations.get(id))?.version).toBeGreaterThanOrEqual(version);
    await store.close();
  }

  async function killTenTimes(folder: string, offset: number): Promise<void> {
    const messages = new Set<string>();
    const versions = new Map<string, number>();
    for (let round = 0; round < 10; round++) {
      for (const line of await writeAndKill(folder, round, 1 + offset + round * 97)) {
        const [kind, id = '', version] = line.split(' ');
        if (kind === 'message') messages.add(id);
        else versions.set(id, Number(version));
      }
      await expectKept(folder, messages, versions);
    }
    expect(messages.size).toBeGreaterThan(1000);
  }

  test('loses nothing it acknowledged, 20 kills long, in the middle of writes and compactions', async () => {
    await Promise.all([killTenTimes(join(dir, 'a'), 0), killTenTimes(join(dir, 'b'), 53)]);
  }, 120_000);

  test('leaves half a line, which the next start cuts off', async () => {
    const first = await createEmbeddedStore({ dir });
    await first.messages.insertMany([message('m1'), message('m2')]);
    await first.close();
    await appendFile(join(dir, 'messages.db'), '{"_id":"m3","conversation":"c1","con');
    const second = await createEmbeddedStore({ dir });
    expect(await second.messages.find({}, { sort: { _id: 1 } })).toEqual([message('m1'), message('m2')]);
    await second.messages.insert(message('m3'));
    await second.close();
    const third = await createEmbeddedStore({ dir });
    expect(await third.messages.count({})).toBe(3);
    await third.close();
  });
});

describe('reopening', () => {
  test('finds documents, removals, dates and unique keys as they were', async () => {
    const first = await createEmbeddedStore({ dir, durability: 'os' });
    await first.tickets.insertMany([ticket('T-1'), ticket('T-2'), ticket('T-3')]);
    await first.tickets.update({ _id: 'T-1' }, { $set: { status: 'closed' }, $push: { events: { id: 'e', at: new Date(5) } } });
    await first.tickets.remove({ _id: 'T-2' });
    await first.close();
    const second = await createEmbeddedStore({ dir });
    const found = await second.tickets.find({}, { sort: { _id: 1 } });
    expect(found.map((doc) => doc._id)).toEqual(['T-1', 'T-3']);
    expect(found[0]?.events).toEqual([{ id: 'e', at: new Date(5) }]);
    expect(await second.tickets.insert(ticket('T-9', { key: 'effect-of-T-3' }))).toMatchObject({ inserted: false });
    expect((await second.tickets.find({ status: 'closed' })).map((doc) => doc._id)).toEqual(['T-1']);
    await second.close();
  });

  test('what is only changed here and there keeps its dates over any number of starts', async () => {
    const made = new Date('2026-03-01T08:30:00.123Z');
    const first = await createEmbeddedStore({ dir });
    await first.tickets.insert(
      ticket('T-1', { createdAt: made, events: [{ id: 'e', kind: 'opened', at: made, by: 'bot', data: { at: made } }] }),
    );
    await first.close();
    for (const status of ['pending', 'closed'] as const) {
      const store = await createEmbeddedStore({ dir });
      await store.tickets.change({ _id: 'T-1' }, { $set: { status } });
      await store.close();
    }
    const last = await createEmbeddedStore({ dir, rewriteAfter: 1 });
    await last.tickets.change({ _id: 'T-1' }, { $inc: { version: 1 } });
    await last.tickets.change({ _id: 'T-1' }, { $inc: { version: 1 } });
    await last.close();
    const store = await createEmbeddedStore({ dir });
    const kept = await store.tickets.get('T-1');
    expect(kept).toMatchObject({ status: 'closed', createdAt: made, events: [{ at: made, data: { at: made } }] });
    expect(Object.getPrototypeOf(kept?.createdAt)).toBe(Date.prototype);
    await store.close();
  });

  test('a file damaged in the middle is refused with what to do, and left as it is', async () => {
    const first = await createEmbeddedStore({ dir });
    await first.messages.insertMany([message('m1'), message('m2')]);
    await first.close();
    const file = join(dir, 'messages.db');
    const damaged = `${(await readFile(file, 'utf8')).replace('"conversation"', '"conv')}`;
    await writeFile(file, damaged);
    await expect(createEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('backup') });
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  test('a document rewritten again and again does not fill the disk', async () => {
    const store = await createEmbeddedStore({ dir, rewriteAfter: 20_000 });
    await store.conversations.insert(conversation('c1'));
    for (let round = 0; round < 50; round++) {
      await Promise.all(Array.from({ length: 20 }, () => store.conversations.update({ _id: 'c1' }, { $inc: { version: 1 } })));
    }
    // The file is rewritten while it grows, as fast as the disk allows.
    let version = 1000;
    while ((await stat(join(dir, 'conversations.db'))).size >= 50_000) {
      version += 1;
      await store.conversations.update({ _id: 'c1' }, { $inc: { version: 1 } });
    }
    expect(version).toBeLessThan(1500);
    await store.close();
    const reopened = await createEmbeddedStore({ dir });
    expect((await reopened.conversations.get('c1'))?.version).toBe(version);
    await reopened.close();
  });

  test('a closed store refuses everything and may be closed twice', async () => {
    const store = await createEmbeddedStore({ dir });
    await store.close();
    await store.close();
    await expect(store.messages.get('m1')).rejects.toMatchObject({ code: 'closed' });
    await expect(store.messages.insert(message('m1'))).rejects.toMatchObject({ code: 'closed' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('one folder, one process', () => {
  test('a second process is refused and told who has the folder and what to do', async () => {
    const store = await createEmbeddedStore({ dir });
    const output = await outputOf(spawn(process.execPath, child('opener.ts', dir), { stdio: ['ignore', 'pipe', 'inherit'] }));
    expect(output).toContain(`locked: DATA_DIR ${dir} is in use by process ${process.pid} on`);
    expect(output).toContain('set MONGODB_URI');
    await expect(createEmbeddedStore({ dir })).rejects.toMatchObject({ code: 'locked', retryable: false });
    await store.messages.insert(message('m1'));
    await store.close();
    await (await createEmbeddedStore({ dir })).close();
  });
});

describe('a folder that takes no writes', () => {
  test('a file in its place is named, with what to do', async () => {
    const file = join(dir, 'data');
    await writeFile(file, '');
    for (const place of [file, join(file, 'below')]) {
      await expect(createEmbeddedStore({ dir: place })).rejects.toMatchObject({
        name: 'StoreError',
        code: 'unwritable',
        message: expect.stringMatching(/DATA_DIR .* cannot be written .*choose another folder/),
      });
    }
  });

  test('a place where the system lets nobody make a folder is refused at once', async () => {
    await expect(createEmbeddedStore({ dir: '/proc/qiao/data' })).rejects.toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining('choose another folder'),
    });
  });

  test('a full disk fails the writes, shows none of them, and the store opens afterwards with what it had acknowledged', async () => {
    const limited = ['-c', 'ulimit -f 128; exec "$0" "$@"', process.execPath, ...child('filler.ts', dir)];
    const report = JSON.parse(await outputOf(spawn('sh', limited, { stdio: ['ignore', 'pipe', 'inherit'] })));
    expect(report.acknowledged.length).toBeGreaterThan(20);
    expect(report.visible.sort()).toEqual(report.acknowledged.sort());
    expect(report.errors[0]).toMatchObject({ code: 'unwritable', retryable: true, message: expect.stringContaining('EFBIG') });
    const store = await createEmbeddedStore({ dir });
    expect((await store.messages.find({})).map((doc) => doc._id).sort()).toEqual(report.acknowledged);
    expect(await store.messages.insert(message('later'))).toEqual({ inserted: true });
    await store.close();
  });
});
