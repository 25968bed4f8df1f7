/** A Slack workspace for tests: the emulator behind a door of ours that writes down every call and can be shut, slowed or made to forget. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export const BOT_TOKEN = 'xoxb-the-desk';
/** The emulator lets a token call 5,000 times an hour; what the desk calls for in minutes goes on under the next. */
const CALLS_A_TOKEN = 4_000;
const desksTokens = Array.from({ length: 25 }, (_, n) => (n === 0 ? BOT_TOKEN : `${BOT_TOKEN}-${n}`));
const CHANNELS = ['service', 'complaints', 'supervisors', 'elsewhere'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** One call of the Web API as it came in. */
export type Call = Readonly<{ method: string; given: Readonly<Record<string, string>> }>;
/**
 * What becomes of a call: an answer without the emulator, silence until the line is cut, or the emulator's own answer a while later; `taken`
 * lets the emulator do the work all the same and only loses its answer.
 */
export type Fault = Readonly<
  { status: number; headers?: Record<string, string>; taken?: boolean } | { silentMs: number; taken?: boolean } | { slowMs: number }
>;
/** What the emulator answered to a call that it took. */
export type Answer = Readonly<{ ok: boolean; ts?: string }>;
export type Message = Readonly<{
  ts: string;
  text: string;
  user?: string;
  thread_ts?: string;
  blocks?: readonly Record<string, unknown>[];
  metadata?: Readonly<{ event_payload: Readonly<Record<string, string>> }>;
  reactions?: readonly Readonly<{ name: string }>[];
}>;

export type Workspace = Readonly<{
  /** For SLACK_API_URL. */
  api: string;
  channel: Readonly<Record<ChannelName, string>>;
  /** User ids by name. */
  user: Readonly<Record<string, string>>;
  calls: readonly Call[];
  /** Decides about the calls to come; null lets everything through again. */
  fault(decide: ((call: Call) => Fault | null) | null): void;
  /** Messages of a channel outside threads, oldest first. */
  messages(channel: string): Promise<readonly Message[]>;
  /** A thread without its first message, oldest first. */
  thread(channel: string, ts: string): Promise<readonly Message[]>;
  /** What this person alone was shown. */
  whispers(user: string): readonly string[];
  /** A person writes; resolves to the message's time stamp. */
  write(user: string, channel: string, text: string, thread?: string): Promise<string>;
  /** Looks now and after every call of the Web API, until there is what is looked for; the store changes between calls too. */
  until<T>(look: () => Promise<T | undefined | null | false> | T | undefined | null | false): Promise<T>;
  /** Somebody deletes one of the app's messages. */
  remove(channel: string, ts: string): Promise<void>;
  close(): Promise<void>;
}>;

const LOOK_MS = 100;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** `people` are members by name, with their mail addresses; `onTaken` hears of every call that was done, whatever became of its answer. */
export async function openWorkspace(
  people: Readonly<Record<string, string>>,
  onTaken: (call: Call, answer: Answer) => void = () => undefined,
): Promise<Workspace> {
  const names = Object.keys(people);
  const seed = {
    slack: {
      users: [{ name: 'qiao' }, ...names.map((name) => ({ name, profile: { email: people[name] } }))],
      channels: CHANNELS.map((name) => ({ name })),
      tokens: [...desksTokens.map((token) => ({ token, user: 'qiao' })), ...names.map((name) => ({ token: `xoxp-${name}`, user: name }))],
    },
  };
  const program = fork(join(__dirname, 'emulator.mjs'), [JSON.stringify(seed), String(await freePort())]);
  const [{ url }] = (await once(program, 'message')) as [{ url: string }];

  const calls: Call[] = [];
  let decide: ((call: Call) => Fault | null) | null = null;
  const called = new EventEmitter().setMaxListeners(0);
  const door = createServer(async (request, response) => {
    response.once('close', () => called.emit('call'));
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const method = request.url?.split('/').at(-1) ?? '';
    const call: Call = { method, given: Object.fromEntries(new URLSearchParams(body.toString())) };
    calls.push(call);
    const forward = async (): Promise<Readonly<{ status: number; text: string }>> => {
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const token = desksTokens[Math.floor(calls.length / CALLS_A_TOKEN)] ?? BOT_TOKEN;
      const headers = { authorization: authorization.replace(BOT_TOKEN, token), 'content-type': type };
      const answer = await fetch(`${url}${request.url}`, { method: 'POST', headers, body });
      const text = await answer.text();
      if (answer.ok) onTaken(call, JSON.parse(text));
      return { status: answer.status, text };
    };
    const fault = decide?.(call) ?? null;
    if (fault && 'taken' in fault && fault.taken) await forward();
    if (fault && 'silentMs' in fault) {
      const timer = setTimeout(() => response.destroy(), fault.silentMs);
      request.socket.once('close', () => clearTimeout(timer));
      return;
    }
    if (fault && 'status' in fault) return void response.writeHead(fault.status, fault.headers).end();
    const { status, text } = await forward();
    if (fault) await new Promise((done) => setTimeout(done, fault.slowMs));
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');

  async function ask(method: string, given: Readonly<Record<string, string>>, token = BOT_TOKEN) {
    const response = await fetch(`${url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
    const answer = await response.json();
    if (!answer.ok) throw new Error(`${method}: ${answer.error}`);
    return answer;
  }
  const byName = (list: readonly { id: string; name: string }[]) => Object.fromEntries(list.map(({ id, name }) => [name, id]));
  const user: Record<string, string> = byName((await ask('users.list', {})).members);
  const channel = byName((await ask('conversations.list', {})).channels) as Record<ChannelName, string>;
  const nameOf = (id: string): string => Object.keys(user).find((name) => user[name] === id) ?? id;

  return {
    api: `http://127.0.0.1:${(door.address() as AddressInfo).port}/api/`,
    channel,
    user,
    calls,
    fault(how) {
      decide = how;
    },
    async messages(of) {
      return (await ask('conversations.history', { channel: of, limit: '1000' })).messages.toReversed();
    },
    async thread(of, ts) {
      return (await ask('conversations.replies', { channel: of, ts })).messages.filter((one: Message) => one.ts !== ts);
    },
    whispers: (to) =>
      calls.flatMap(({ method, given }) => (method === 'chat.postEphemeral' && given.user === to ? [given.text ?? ''] : [])),
    async write(from, to, text, thread) {
      const given = { channel: to, text, ...(thread !== undefined && { thread_ts: thread }) };
      return (await ask('chat.postMessage', given, `xoxp-${nameOf(from)}`)).ts;
    },
    remove: async (of, ts) => void (await ask('chat.delete', { channel: of, ts })),
    async until(look) {
      for (;;) {
        const next = once(called, 'call', { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined);
        const found = await look();
        if (found) return found;
        await next;
      }
    },
    async close() {
      await closed(door);
      await ended(program);
    },
  };
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}

async function ended(program: ChildProcess): Promise<void> {
  const done = once(program, 'exit');
  program.disconnect();
  await done;
}
