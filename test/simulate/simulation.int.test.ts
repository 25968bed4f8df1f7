import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openSession, postMessage } from '../support/webServer';
import type { Act, Block, Done, Place, Post, Seen } from './wire';

const root = resolve(__dirname, '../..');

/** The program as `npm run simulate -- slack` runs it, once it has said where everything is. */
async function run() {
  const program = spawn(process.execPath, ['-r', './test/support/typescript.cjs', 'test/simulate/main.ts', 'slack'], { cwd: root });
  const ended = once(program, 'exit');
  const told = new Promise<{ url: string; server: string; folder: string }>((resolve, reject) => {
    let out = '';
    program.stdout.setEncoding('utf8').on('data', (part) => {
      out += part;
      const [, url, server, folder] = /open\s+(http\S+)[\s\S]*?(http\S+)\/\n[\s\S]*?data\s+(\S+)/.exec(out) ?? [];
      if (url && server && folder && out.includes('Ctrl+C')) resolve({ url, server, folder });
    });
    ended.then(() => reject(new Error(`the simulation ended early: ${out}`)), reject);
  });
  return { program, ended, ...(await told) };
}

describe('the desk in Slack, tried by hand', () => {
  test('a customer asks for a person, an agent claims by a click and is heard, and Ctrl+C leaves nothing behind', async () => {
    const { program, ended, url, server, folder } = await run();
    try {
      const page = await (await fetch(url)).text();
      expect(page).toContain(`${server}/widget.js`);
      const place: Place = JSON.parse((/data-place="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"'));
      expect((await fetch(`${url}/test/simulate/page/main.js`)).headers.get('content-type')).toMatch(/javascript/);
      expect((await fetch(`${url}/test/simulate/simulation.js`)).status).toBe(404);

      const agent = place.people.find(({ name }) => name === '值班客服甲')?.id ?? '';
      const channel = place.rooms.find(({ name }) => name === '工单')?.id ?? '';
      const changes = (await fetch(`${url}/changes`)).body?.getReader();
      const until = async (thread: string | undefined, found: (seen: Seen) => boolean): Promise<Seen> => {
        for (;;) {
          await changes?.read();
          const asked = new URLSearchParams({ user: agent, channel, ...(thread !== undefined && { thread }) });
          const seen: Seen = await (await fetch(`${url}/seen?${asked}`)).json();
          if (found(seen)) return seen;
        }
      };
      const act = async (given: Act): Promise<Done> => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`${url}/acts`, { method: 'POST', headers, body: JSON.stringify(given) })).json();
      };
      const buttons = (post: Post | undefined) =>
        (post?.blocks ?? []).flatMap(({ elements = [] }: Block) => elements).map(({ action_id }) => action_id);

      const { token } = await openSession(server);
      await postMessage(server, token, { clientMsgId: 'm1', content: { kind: 'text', text: '我要转人工' } });
      const [card] = (await until(undefined, ({ posts }) => buttons(posts[0]).includes('qiao_claim'))).posts;
      const ts = card?.ts ?? '';
      const number = /\d{8}-\d{4}/.exec(card?.text ?? '')?.[0] ?? '';
      expect(await act({ kind: 'press', user: agent, where: { channel, ts }, action: 'qiao_claim', value: number })).toEqual({
        status: 200,
      });
      const claimed = await until(undefined, ({ posts }) => JSON.stringify(posts[0]?.blocks).includes('值班客服甲处理中'));
      expect(buttons(claimed.posts[0])).toContain('qiao_reply');

      await act({ kind: 'write', user: agent, channel, thread: ts, text: '您好，请讲。' });
      await until(ts, ({ thread }) =>
        thread.some(({ text, reactions }) => text === '您好，请讲。' && reactions?.[0]?.name === 'white_check_mark'),
      );

      await act({ kind: 'press', user: agent, where: { channel, ts }, action: 'qiao_resolve', value: number });
      await until(undefined, ({ form }) => form?.submit?.text === '解决');
      const refused = await act({ kind: 'submit', user: agent, values: { result: ' ', cause: '' } });
      expect(Object.keys(refused.errors ?? {})).toEqual(['result']);

      await act({ kind: 'write', user: agent, channel, text: '/qiao mine' });
      await until(undefined, ({ whispers }) => JSON.stringify(whispers.at(-1)).includes(number));
    } finally {
      program.kill('SIGINT');
    }
    expect((await ended)[0]).toBe(0);
    expect(existsSync(folder)).toBe(false);
    await expect(fetch(`${server}/healthz`)).rejects.toThrow();
  });
});
