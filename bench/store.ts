/**
 * Operations per second of every store, and the longest pause while the embedded one rewrites its file: `npm run bench:store`. Give
 * MONGODB_URI a database of its own. Each figure of the first table is the best of three rounds of 64 callers at once. `--pauses` measures
 * the pauses alone, `--lookups` how long it takes to find the tickets of a number or a name, as an agent's merge does.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ConversationDoc } from '../src/store/documents';
import { createEmbeddedStore } from '../src/store/embedded';
import { createMongoStore } from '../src/store/mongo';
import type { Store } from '../src/store/store';
import { conversation, message, ticket } from '../test/store/documents';

const CALLERS = 64;
const ROUNDS = 3;
const CONVERSATIONS = 500;
const PAUSE_CONVERSATIONS = [1_000, 10_000, 50_000];
const PAUSE_CALLERS = 32;
const LOOKUP_TICKETS = [1_000, 10_000, 100_000];
const LOOKUPS = 500;

const line = (id: string) => message(id, { conversation: 'c1', hash: id });

async function perSecond(operations: number, callers: number, operation: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < operations) await operation(next++);
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return Math.round(operations / ((performance.now() - begin) / 1000));
}

/** What a turn saves: new state, new outbox, one more event seen. */
function turnOf(doc: ConversationDoc, n: number): Record<string, unknown> {
  const reply = { kind: 'text', text: '请问您的手机号码是多少?' };
  return {
    $set: {
      state: doc.state,
      holder: doc.holder,
      outbox: [{ id: `${n}:0`, effect: { kind: 'reply', reply }, attempts: 0, notBefore: 0 }],
      updatedAt: new Date(),
    },
    $inc: { version: 1, seq: 2 },
    $push: { seen: { $each: [{ id: String(n), seq: n, status: 'done', outcome: 'answered' }], $slice: -20 } },
  };
}

async function measure(name: string, store: Store, operations: number): Promise<void> {
  await store.conversations.insertMany(Array.from({ length: CONVERSATIONS }, (_, i) => conversation(`c${i}`)));
  const template = conversation('template');
  const best = { insert: 0, update: 0, get: 0, serial: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const insert = await perSecond(operations, CALLERS, (n) => store.messages.insert(line(`${round}-${n}`)));
    const update = await perSecond(operations, CALLERS, (n) =>
      store.conversations.update({ _id: `c${n % CONVERSATIONS}`, version: { $gte: 0 } }, turnOf(template, n)),
    );
    const get = await perSecond(operations, CALLERS, (n) => store.conversations.get(`c${n % CONVERSATIONS}`));
    const serial = await perSecond(operations / 10, 1, (n) => store.messages.insert(line(`${round}-serial-${n}`)));
    for (const [key, value] of Object.entries({ insert, update, get, serial }) as [keyof typeof best, number][])
      best[key] = Math.max(best[key], value);
  }
  const cells = [best.insert, best.update, best.get, best.serial].map((figure) => String(figure).padStart(9));
  process.stdout.write(`${name.padEnd(34)}${cells.join('')}\n`);
}

/** Saves turns until the file has been rewritten twice; afterwards it is another file. */
async function pauses(conversations: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'qiao-bench-'));
  const store = await createEmbeddedStore({ dir });
  const docs = Array.from({ length: conversations }, (_, i) => conversation(`c${i}`));
  for (let at = 0; at < docs.length; at += 500) await store.conversations.insertMany(docs.slice(at, at + 500));
  const template = conversation('template');
  const inode = (): number => statSync(join(dir, 'conversations.db')).ino;
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const waits: number[] = [];
  for (let rewrites = 0, file = inode(), n = 0; rewrites < 2; ) {
    await perSecond(1_000, PAUSE_CALLERS, async () => {
      const begin = performance.now();
      await store.conversations.change({ _id: `c${n % conversations}` }, turnOf(template, n++));
      waits.push(performance.now() - begin);
    });
    if (inode() === file) continue;
    rewrites += 1;
    file = inode();
  }
  stalls.disable();
  await store.close();
  rmSync(dir, { recursive: true });
  waits.sort((a, b) => a - b);
  const cells = [waits[waits.length >> 1], waits[Math.floor(waits.length * 0.999)], waits.at(-1), stalls.max / 1e6];
  const figures = cells.map((ms) => `${(ms ?? 0).toFixed(1)} ms`.padStart(15));
  process.stdout.write(`${`${conversations} conversations`.padEnd(22)}${figures.join('')}\n`);
}

async function measurePauses(): Promise<void> {
  const titles = ['p50', 'p99.9', 'longest', 'longest stall'].map((title) => title.padStart(15));
  process.stdout.write(`${'a save, while rewriting'.padEnd(22)}${titles.join('')}\n`);
  for (const conversations of PAUSE_CONVERSATIONS) await pauses(conversations);
}

async function lookUp(tickets: number): Promise<void> {
  const store = await createEmbeddedStore({ memory: true });
  const slot = (value: string) => ({ raw: value, value });
  const one = (n: number) => ticket(`T-${n}`, { slots: { phone: slot(`n${n >> 1}`), name: slot(`name ${n >> 1}`) } });
  await store.tickets.insertMany(Array.from({ length: tickets }, (_, n) => one(n)));
  let found = 0;
  const begin = performance.now();
  for (let n = 0; n < LOOKUPS; n++) {
    const known = (n * 7919) % (tickets >> 1);
    const ways = [{ 'slots.phone.value': { $in: [`n${known}`] } }, { 'slots.name.value': `name ${known}`, channel: 'web' }];
    found += (await store.tickets.find({ $or: ways }, { sort: { createdAt: -1 }, limit: 50 })).length;
  }
  const each = (performance.now() - begin) / LOOKUPS;
  await store.close();
  if (found !== 2 * LOOKUPS) throw new Error(`${found} tickets were found where ${2 * LOOKUPS} stand`);
  process.stdout.write(`${`${tickets} tickets`.padEnd(22)}${`${each.toFixed(3)} ms`.padStart(15)}\n`);
}

/** As who is calling is: everything whose id begins with a number, whatever stands behind it. */
async function lookUpRange(customers: number): Promise<void> {
  const store = await createEmbeddedStore({ memory: true });
  const at = new Date(0);
  const one = (n: number) => ({ _id: `phone:main:${n >> 1}:${n}`, slots: {}, createdAt: at, updatedAt: at });
  await store.customers.insertMany(Array.from({ length: customers }, (_, n) => one(n)));
  let found = 0;
  const begin = performance.now();
  for (let n = 0; n < LOOKUPS; n++) {
    const here = `phone:main:${(n * 7919) % (customers >> 1)}`;
    found += (await store.customers.find({ $or: [{ _id: here }, { _id: { $gt: `${here}:`, $lt: `${here};` } }] })).length;
  }
  const each = (performance.now() - begin) / LOOKUPS;
  await store.close();
  if (found !== 2 * LOOKUPS) throw new Error(`${found} customers were found where ${2 * LOOKUPS} stand`);
  process.stdout.write(`${`${customers} customers`.padEnd(22)}${`${each.toFixed(3)} ms`.padStart(15)}\n`);
}

async function measureLookups(): Promise<void> {
  process.stdout.write(`${'by number or name'.padEnd(22)}${'each'.padStart(15)}\n`);
  for (const tickets of LOOKUP_TICKETS) await lookUp(tickets);
  process.stdout.write(`${'by where the id begins'.padEnd(22)}${'each'.padStart(15)}\n`);
  for (const customers of LOOKUP_TICKETS) await lookUpRange(customers);
}

async function main(): Promise<void> {
  if (process.argv.includes('--lookups')) return measureLookups();
  if (process.argv.includes('--pauses')) return measurePauses();
  process.stdout.write(
    `${'operations per second'.padEnd(34)}${['insert', 'update', 'get', 'insert, 1 caller'].map((title) => title.padStart(9)).join('')}\n`,
  );
  const memory = await createEmbeddedStore({ memory: true });
  await measure('embedded, memory', memory, 20_000);
  for (const durability of ['os', 'disk'] as const) {
    const dir = mkdtempSync(join(tmpdir(), 'qiao-bench-'));
    const store = await createEmbeddedStore({ dir, durability });
    await measure(`embedded, durable to the ${durability}`, store, 20_000);
    await store.close();
    rmSync(dir, { recursive: true });
  }
  const { MONGODB_URI } = process.env;
  if (MONGODB_URI) {
    const store = await createMongoStore({ uri: MONGODB_URI });
    await Promise.all([store.conversations.remove({ _id: /^c\d+$/ }), store.messages.remove({ conversation: 'c1' })]);
    await measure('MongoDB of MONGODB_URI', store, 5_000);
    await store.close();
  }
  await measurePauses();
  await measureLookups();
}

void main();
