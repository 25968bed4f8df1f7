/** An official account without WeChat: the pretended platform, the built server pointed at it, a scripted crowd, and a page where anybody may join in. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qiao, startServer } from '../../support/program';
import type { Shown } from '../../support/wechat-official/api';
import { configured, openOfficialPlatform, school } from '../../support/wechat-official/platform';
import { seed } from '../cast';
import { scenes } from './crowd';

export type Simulation = Readonly<{
  /** Where a person writes to the account. */
  url: string;
  server: string;
  folder: string;
  close(): Promise<void>;
}>;

const API_TOKEN = 'the API token of the simulation';
const ways = { response: '直接返回', call: '客服消息', template: '模板消息' } as const;
/** So long nothing was shown to anybody: the desk has said what it had to say. */
const QUIET_MS = 1_200;
const indented = (text: string): string => text.replaceAll('\n', '\n      ');

/** Starts everything, plays the crowd and tells it through `say`; the desk stays up until it is closed. */
export async function startOfficialSimulation(say: (line: string) => void): Promise<Simulation> {
  const started: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'qiao-simulate-'));
    started.push(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'seed.json'), JSON.stringify(seed));
    const seeded = await qiao(['seed', 'seed.json'], folder);
    if (seeded.code !== 0) throw new Error(`the server could not be prepared; run npm run build first: ${seeded.err}`);
    let desk = '';
    let heard = Date.now();
    const onShown = ({ user, by, kind, text }: Shown): void => {
      heard = Date.now();
      say(`  ← ${user}（${ways[by]}）${kind === 'image' ? '[图片]' : indented(text)}`);
    };
    const platform = await openOfficialPlatform({ accounts: [school], route: () => desk, onShown });
    started.push(platform.close);
    const server = await startServer(folder, { WECHAT_OFFICIAL_ACCOUNTS: JSON.stringify([configured(school, platform.url)]), API_TOKEN });
    started.push(() => server.stop());
    desk = server.url;

    async function api(path: string, body?: object) {
      const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
      const response = await fetch(`${desk}/api${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
      return response.json();
    }
    /** Nothing new was shown for a moment, and no message waits at the desk. */
    async function still(): Promise<void> {
      for (;;) {
        const { status } = await fetch(`${desk}/readyz`);
        if (status === 200 && Date.now() - heard > QUIET_MS) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const note = (text: string): void => say(`  · ${text}`);
    const says = async (user: string, text: string): Promise<void> => {
      say(`  → ${user}：${text}`);
      const { acknowledged, tries } = await platform.say('school', user, text);
      if (!acknowledged) say(`    （投递 ${tries} 次，没有应答）`);
    };
    const act = async (body: object): Promise<readonly string[]> => {
      await still();
      const { tickets } = await api('/tickets?limit=1');
      const { number } = tickets[0];
      const answer = await api(`/tickets/${number}/acts`, body);
      if (answer.error) note(`坐席的操作没有成功：${answer.error.message}`);
      heard = Date.now();
      await still();
      return (await api(`/tickets/${number}`)).ticket.flags;
    };

    for (const { title, play } of scenes) {
      say(`\n■ ${title}`);
      await play({ platform, says, note, act });
      heard = Date.now();
      await still();
    }
    say('\n■ 工单 / tickets');
    const { tickets } = await api('/tickets');
    for (const { number, nature, status, flags } of tickets.reverse()) say(`  ${number}  ${nature}  ${status}  ${flags.join('、')}`);
    const url = await openPage(
      async (text) => void (await says('您', text)),
      () => platform.shown,
      started,
    );
    return { url, server: desk, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A page without scripts: a line to write in and what came back. */
async function openPage(
  say: (text: string) => Promise<void>,
  shown: () => readonly Shown[],
  started: (() => Promise<unknown>)[],
): Promise<string> {
  const written: { at: number; text: string }[] = [];
  const page = createServer(async (request, response) => {
    if (request.method === 'POST') {
      let body = '';
      for await (const part of request) body += part;
      const text = new URLSearchParams(body).get('text')?.trim();
      if (text) {
        written.push({ at: Date.now(), text });
        await say(text);
      }
      return void response.writeHead(303, { location: '/' }).end();
    }
    const lines = [
      ...written.map(({ at, text }) => ({ at, line: `<p style="text-align:right">${escaped(text)}</p>` })),
      ...shown().flatMap(({ at, user, text }) =>
        user === '您' ? [{ at, line: `<p style="white-space:pre-wrap">${escaped(text)}</p>` }] : [],
      ),
    ].sort((a, b) => a.at - b.at);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="zh"><title>公众号模拟</title><body style="max-width:40em;margin:auto;font-family:sans-serif">
<h1>公众号模拟</h1>${lines.map(({ line }) => line).join('')}<form method="post"><input name="text" autofocus size="40" aria-label="写一句话">
<button>发送</button> <a href="/">刷新</a></form></body></html>`);
  }).listen(0, '127.0.0.1');
  await once(page, 'listening');
  started.push(async () => {
    const closed = once(page, 'close');
    page.close();
    page.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
}
