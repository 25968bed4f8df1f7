/** A command line run by another process: what it writes comes as it writes it, and a server that ends first is no success. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Commands, commandRoutes, type Said } from '../../src/api/commands';
import { commandAt, createCommands } from '../../src/cli/commands';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(commands: Commands) {
  server = createServer(express().use('/api/commands', commandRoutes({ commands, guard: [] }))).listen(0, '127.0.0.1');
  await new Promise((done) => server?.once('listening', done));
  // A TCP server's address is always of this shape.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'any' };
}

test('what a command writes is heard while it runs, with every sign a line may be broken by', async () => {
  const heard: Said[] = [];
  const at = await serve(async ({ argv, input }, say) => {
    say({ err: `${argv.join(' ')}\n` });
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
    say({ out: `${input}\u2028\r\n家校` });
    return 3;
  });
  const code = await commandAt(at, { argv: ['seed', '-'], input: '给学校的话' }, (said) => void heard.push(said));
  expect([code, heard]).toEqual([3, [{ err: 'seed -\n' }, { out: '给学校的话\u2028\r\n家校' }]]);
});

test('a server that ends before its command did is told of, and so is one that does not answer', async () => {
  const at = await serve(async (_, say) => {
    say({ out: 'half of it' });
    setImmediate(() => server?.closeAllConnections());
    return new Promise<number>(() => undefined);
  });
  await expect(commandAt(at, { argv: [] }, () => undefined)).rejects.toThrow('ended before the command did');
  await expect(commandAt({ ...at, url: 'http://127.0.0.1:9' }, { argv: [] }, () => undefined)).rejects.toThrow('does not answer');
});

describe('the server', () => {
  let store: Store;
  let changed = 0;
  beforeEach(async () => {
    store = await createEmbeddedStore({ memory: true });
    changed = 0;
  });
  afterEach(() => store.close());
  const runs = async (argv: readonly string[], input?: string) => {
    const said = { out: '', err: '' };
    const audit = () => Promise.reject(new Error('nobody asks'));
    const commands = createCommands({ store, audit, directories: async () => [], atWork: true }, () => {
      changed += 1;
    });
    const code = await commands({ argv, input }, (part) => {
      if ('out' in part) said.out += part.out;
      else said.err += part.err;
    });
    return { code, ...said };
  };

  test('writes a seed that was sent, and lets the desk look anew at what it knew', async () => {
    expect(await runs(['seed', '-'], '{"schools":[{"name":"实验小学"}]}')).toEqual({
      ...{ code: 0, err: '' },
      out: '已写入 written：schools 1，customers 0，agents 0，incidents 0，tickets 0，settings 0\n',
    });
    expect([(await store.schools.find({})).map(({ name }) => name), changed]).toEqual([['实验小学'], 1]);
  });

  test('opens no file for whoever asks', async () => {
    expect(await runs(['seed', __filename])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is not read here') });
  });

  test('says which accounts it has no directory of', async () => {
    expect(await runs(['wecom', 'directory'])).toMatchObject({ code: 2, err: expect.stringContaining('set WECOM_ACCOUNTS first') });
    expect(await runs(['chat'])).toMatchObject({ code: 2, out: '' });
  });
});
