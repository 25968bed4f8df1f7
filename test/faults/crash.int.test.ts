import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { CrashPoint } from '../../src/conversation/deps';
import { createEmbeddedStore } from '../../src/store/embedded';

const WORKER = join(__dirname, 'worker.ts');
const LOADER = join(__dirname, '../support/typescript.cjs');

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'qiao-crash-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

type Life = { accepted: Set<string>; sent: string[]; audit: Record<string, unknown> | null };

/** One life of the desk: the messages it was given, until it ended by itself or was killed. */
async function live(
  messages: readonly string[],
  crash: Readonly<{ at?: CrashPoint; nth?: number; afterAccepted?: number }> = {},
): Promise<Life> {
  const args = ['-r', LOADER, WORKER, dir, ...(crash.at ? [crash.at, String(crash.nth ?? 1)] : [])];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // a dead process reads no more
  const life: Life = { accepted: new Set(), sent: [], audit: null };
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', id = ''] = line.split(' ');
    if (what === 'ready') {
      child.stdin.end(messages.map((message) => `${message}\n`).join(''));
    }
    if (what === 'accepted') life.accepted.add(id);
    if (life.accepted.size === crash.afterAccepted) child.kill('SIGKILL');
    if (what === 'sent') life.sent.push(line.slice('sent '.length));
    if (what === 'audit') life.audit = JSON.parse(line.slice('audit '.length));
  }
  await ended;
  return life;
}

const MESSAGES = [
  'm1 wang hello',
  'm2 wang ticket 收不到短信',
  'm3 li twice',
  'm4 wang 还有一件事',
  'm5 li ticket 换手机号',
  'm6 chen hello',
];

/** What must hold after any crash once the platform has sent again what was not acknowledged. */
async function expectWhole(lives: readonly Life[], messages: readonly string[]): Promise<void> {
  const last = lives.at(-1);
  expect(last?.audit).toMatchObject({ accepted: messages.length, lost: 0, pending: 0, deadLettered: 0, outboxAgeMs: 0 });
  const store = await createEmbeddedStore({ dir });
  try {
    const tickets = await store.tickets.find({});
    expect(tickets.map(({ slots }) => slots.issue?.value).sort()).toEqual(
      messages.flatMap((one) => (one.includes(' ticket ') ? [one.split(' ticket ')[1]] : [])).sort(),
    );
    expect(await store.conversations.find({ outboxAt: { $ne: null } })).toEqual([]);
    const sent = new Set(lives.flatMap((life) => life.sent.map((line) => line.split(' ')[2])));
    for (const { _id } of await store.messages.find({ direction: 'out' })) expect(sent).toContain(_id);
    for (const { _id } of await store.conversations.find({})) {
      const lines = await store.messages.find({ conversation: _id, seq: { $ne: null } }, { sort: { seq: 1 } });
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, n) => n + 1));
      const heard = lines.filter(({ direction }) => direction === 'in').map(({ receivedAt }) => receivedAt.getTime());
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
    }
  } finally {
    await store.close();
  }
}

test.each<[CrashPoint, number]>([
  ['accepted', 2],
  ['saved', 1],
  ['saved', 3],
  ['logged', 2],
  ['marking', 1],
  ['effect', 2],
  ['sent', 1],
  ['flushing', 1],
])('killed at "%s" (time %i) it loses nothing and opens no ticket twice', async (at, nth) => {
  const first = await live(MESSAGES, { at, nth });
  expect(first.audit).toBeNull();
  // The platform sends again what it heard nothing of, and a little more.
  const second = await live(MESSAGES);
  await expectWhole([first, second], MESSAGES);
});

test('killed again and again while messages pour in it loses nothing that was acknowledged', async () => {
  const users = ['wang', 'li', 'chen', 'zhao'];
  const messages = Array.from({ length: 120 }, (_, n) => `x${n} ${users[n % 4]} ${n % 10 === 0 ? `ticket 第${n}件` : `hello ${n}`}`);
  const lives: Life[] = [];
  for (const afterAccepted of [1, 7, 30, 61, 90, 119]) {
    lives.push(await live(messages, { afterAccepted }));
  }
  lives.push(await live(messages));
  await expectWhole(lives, messages);
});

test('a message that kills the program three times goes to a person with the reason, and everybody else is answered', async () => {
  const messages = ['m1 wang poison', 'm2 wang hello', 'm3 li hello', 'm4 chen ticket 收不到短信'];
  const lives: Life[] = [];
  while (lives.length < 5 && !lives.at(-1)?.audit) lives.push(await live(messages));
  expect(lives).toHaveLength(4);
  expect(lives.at(-1)?.audit).toMatchObject({ accepted: 4, answered: 1, queued: 2, deadLettered: 1, lost: 0, pending: 0 });
  const store = await createEmbeddedStore({ dir });
  try {
    const dead = await store.messages.find({ outcome: 'dead-lettered' });
    expect(dead.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'poison' }]);
    const ticket = await store.tickets.get(dead[0]?.owner ?? '');
    expect(ticket).toMatchObject({ flags: ['dead-letter'], handoff: true, conversation: 'web:main:wang' });
    expect(ticket?.events.map(({ kind, data }) => [kind, data.note ?? data.text])).toEqual([
      ['opened', undefined],
      ['dead-lettered', 'the program stopped each time it handled this message'],
      ['message', 'hello'],
    ]);
  } finally {
    await store.close();
  }
});
