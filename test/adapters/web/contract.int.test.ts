import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reply } from '../../../dialogs/vocabulary';
import { channelContract, type Posted } from '../../support/channelContract';
import { openSession, postMessage, serveWeb } from '../../support/webServer';

channelContract<Reply>(
  'the web chat',
  async (accept) => {
    const dir = await mkdtemp(join(tmpdir(), 'qiao-web-'));
    const server = await serveWeb({ accept, history: async () => [] }, { accounts: ['default', 'second'], uploads: { dir } });
    const tokens = new Map<string, string>();
    const tokenOf = async ({ account, user }: Posted): Promise<string> => {
      const known = tokens.get(`${account} ${user}`) ?? (await openSession(server.url, { account })).token;
      tokens.set(`${account} ${user}`, known);
      return known;
    };
    const send = async (token: string, { id, text }: Posted): Promise<boolean> => {
      const { status, body } = await postMessage(server.url, token, { clientMsgId: id, content: { kind: 'text', text } });
      return status === 200 && body.ok;
    };
    return {
      channel: server.web,
      accounts: ['default', 'second'],
      post: async (message) => send(await tokenOf(message), message),
      forge: async (message) => send((await tokenOf(message)).replace('.default.', '.second.'), message),
      stop: server.stop,
      async close() {
        await server.close();
        await rm(dir, { recursive: true });
      },
    };
  },
  { text: (reply) => reply.text, options: (reply) => reply.options?.length ?? 0 },
);
