import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { amend, leaseOf } from '../../adapters/notebook';
import { createNotebook } from '../../src/channels/notebook';
import { createLog } from '../../src/log';
import { openStore } from '../../src/store/open';
import type { Store } from '../../src/store/store';

describe('what a channel remembers', () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qiao-notes-'));
    store = await openStore({ dataDir: folder, log: createLog('silent') });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('is there again later, and gone when forgotten', async () => {
    const notebook = createNotebook(store, 'wecom');
    expect(await notebook.read('cursor')).toBeNull();
    expect(await notebook.write('cursor', { at: 'abc' }, null)).toBe(true);
    expect(await notebook.read('cursor')).toEqual({ value: { at: 'abc' }, version: 1 });
    await notebook.forget('cursor');
    expect(await notebook.read('cursor')).toBeNull();
  });

  test('is only overwritten by whoever read the newest', async () => {
    const notebook = createNotebook(store, 'wecom');
    await notebook.write('cursor', 'a', null);
    expect([
      await notebook.write('cursor', 'b', 1),
      await notebook.write('cursor', 'c', 1),
      await notebook.write('cursor', 'd', null),
    ]).toEqual([true, false, false]);
    expect(await notebook.read('cursor')).toEqual({ value: 'b', version: 2 });
  });

  test('is the channel’s own', async () => {
    await createNotebook(store, 'wecom').write('token', 'a', null);
    expect(await createNotebook(store, 'wechat-official').read('token')).toBeNull();
  });

  test('a hundred at once count to a hundred', async () => {
    const notebook = createNotebook(store, 'wecom');
    await Promise.all(Array.from({ length: 100 }, () => amend(notebook, 'sent', (value) => Number(value ?? 0) + 1)));
    expect((await notebook.read('sent'))?.value).toBe(100);
  });

  test('a lease is one process’s until it runs out or is given up', async () => {
    let at = 0;
    const notebook = createNotebook(store, 'email');
    const lease = (owner: string) => leaseOf(notebook, 'inbox', { owner, ms: 1_000, now: () => at });
    const [one, two] = [lease('one'), lease('two')];
    expect([await one.hold(), await two.hold(), await one.hold()]).toEqual([true, false, true]);
    at = 1_001;
    expect([await two.hold(), await one.hold()]).toEqual([true, false]);
    await two.release();
    expect(await one.hold()).toBe(true);
  });
});
