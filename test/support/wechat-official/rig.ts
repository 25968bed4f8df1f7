/** An official account's channel over the real wire: the platform, the channel with its memory, and a desk that answers as the test says. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accept, Accepted, Entry, History, News, Outgoing, Settle } from '../../../adapters/channel';
import type { Notebook } from '../../../adapters/notebook';
import { createWechatOfficial, type Official } from '../../../adapters/wechat-official';
import { type Account, TIMES, type Times } from '../../../adapters/wechat-official/options';
import type { Inbound, Reply } from '../../../dialogs/vocabulary';
import { createFiles } from '../../../src/files/files';
import { memoryNotebook } from '../memoryNotebook';
import { configured, kindergarten, type OfficialPlatform, openOfficialPlatform, school } from './platform';

export type OfficialRig = Readonly<{
  channel: Official;
  platform: OfficialPlatform;
  /** Where files are kept. */
  folder: string;
  /** Where the desk is. */
  url: string;
  stored: Map<string, Inbound>;
  /** Every call of `accept`, redeliveries too. */
  accepted: string[];
  news: News[];
  /** Lets the desk answer a message with these replies, once it is asked. */
  answers(messageId: string, ...replies: readonly Reply[]): void;
  /** The effect of a reply performed, as the outbox does it. */
  perform(messageId: string, n?: number): Promise<void>;
  outgoing(key: string, user: string, reply: Reply): Outgoing;
  stop(): Promise<void>;
  close(): Promise<void>;
}>;

export type RigOptions = Readonly<{
  accept?: Accept;
  /** The desk answers nothing, and says so at once: nothing is waited for, so the times are those of the product, and a file has all of them. */
  mute?: true;
  now?: () => number;
  times?: Partial<Times>;
  notebook?: Notebook;
  accounts?: (base: string) => readonly Account[];
  platform?: Readonly<{ patienceMs?: number; tries?: number }>;
  replyTo?: (message: Inbound) => Reply | undefined;
}>;

const quick: Partial<Times> = { answerWithin: 400, mediaWithin: 2_000, retryWithin: 200, mediaEvery: 40 };

export async function openOfficialRig(options: RigOptions = {}): Promise<OfficialRig> {
  const { now = Date.now } = options;
  const folder = await mkdtemp(join(tmpdir(), 'qiao-official-'));
  let desk = '';
  const platform = await openOfficialPlatform({ accounts: [school, kindergarten], route: () => desk, now, ...options.platform });
  const stored = new Map<string, Inbound>();
  const accepted: string[] = [];
  const news: News[] = [];
  const replies = new Map<string, readonly Outgoing[]>();
  const waiting = new Map<string, (() => void)[]>();

  const keep: Accept = async (message) => {
    const id = `wechat-official:${message.from.account}:${message.id}`;
    const duplicate = stored.has(id);
    accepted.push(id);
    if (!duplicate) stored.set(id, message);
    const reply = duplicate ? undefined : options.replyTo?.(message);
    if (reply) answer(id, message.from.user, [reply]);
    return { id, conversation: `wechat-official:${message.from.account}:${message.from.user}`, duplicate };
  };

  /** Places as the log gives them: the customer's line, then the replies. */
  function next(): number {
    lines += 1;
    return lines;
  }
  const said: Entry[] = [];
  const history: History = async (_, after) => said.filter(({ seq }) => seq > after);

  const settle: Settle = async ({ id }: Accepted, withinMs) => {
    if (!replies.has(id) && !options.mute) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        const wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        waiting.set(id, [...(waiting.get(id) ?? []), wake]);
      });
    }
    return replies.get(id) ?? [];
  };

  let lines = 0;
  const outgoing = (key: string, user: string, reply: Reply, account = 'school', seq?: number): Outgoing => ({
    key,
    seq: seq ?? next(),
    to: { channel: 'wechat-official', account, user },
    reply,
  });
  function answer(id: string, user: string, given: readonly Reply[]): void {
    const [, account = ''] = id.split(':');
    lines += 1;
    const made = given.map((reply, n) => outgoing(`${id}:${n}`, user, reply, account));
    replies.set(id, made);
    for (const { key, seq, reply } of made) said.push({ seq, at: now(), id: key, author: 'bot', reply });
    for (const wake of waiting.get(id) ?? []) wake();
  }

  const channel = createWechatOfficial({
    accounts: options.accounts?.(platform.url) ?? [configured(school, platform.url), configured(kindergarten, platform.url)],
    notebook: options.notebook ?? memoryNotebook(),
    settle,
    history,
    files: createFiles({ dir: folder, secret: 'a secret for links to files', publicUrl: 'https://help.example' }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    now,
    times: { ...(options.mute ? { ...TIMES, mediaWithin: TIMES.answerWithin } : quick), ...options.times },
  });
  const stopChannel = await channel.start(options.accept ?? keep, async (one) => void news.push(one));
  const server = createServer((request, response) => {
    const answering = channel.handle(request, response);
    if (answering) answering.catch(() => response.destroy());
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  desk = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    channel,
    platform,
    folder,
    url: desk,
    stored,
    accepted,
    news,
    answers: (messageId, ...given) => answer(`wechat-official:school:${messageId}`, 'u1', given),
    async perform(messageId, n = 0) {
      const one = replies.get(`wechat-official:school:${messageId}`)?.[n];
      if (one) await channel.send(one);
    },
    outgoing,
    stop: stopChannel,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
