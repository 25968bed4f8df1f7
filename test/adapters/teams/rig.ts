/** The channel behind a real server, and the platform on the other side of the wire. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accept, Settle } from '../../../adapters/channel';
import type { Note, Notebook } from '../../../adapters/notebook';
import { createTeams } from '../../../adapters/teams';
import type { Log, TeamsAccount, TeamsOptions } from '../../../adapters/teams/options';
import type { Inbound } from '../../../dialogs/vocabulary';
import { createFiles } from '../../../src/files/files';
import { type Change, message, personal } from '../../support/teams/activities';
import { openTeamsPlatform } from '../../support/teams/platform';
import { createSigning, type Signer } from '../../support/teams/signing';

/** Made once: a key takes its time. */
export const signer: Signer = createSigning();
export const ACCOUNTS: readonly [TeamsAccount, TeamsAccount] = [
  {
    account: 'school',
    type: 'UserAssignedMSI',
    appId: '11111111-1111-4111-8111-111111111111',
    tenantId: 'c2b2e0a0-0000-4000-8000-000000000002',
  },
  {
    account: 'bureau',
    type: 'UserAssignedMSI',
    appId: '22222222-2222-4222-8222-222222222222',
    tenantId: 'c2b2e0a0-0000-4000-8000-000000000002',
  },
];
const quiet: Log = { warn: () => undefined, error: () => undefined, debug: () => undefined };

export function memoryNotebook(): Notebook {
  const notes = new Map<string, Note>();
  return {
    read: async (key) => notes.get(key) ?? null,
    async write(key, value, version) {
      if ((notes.get(key)?.version ?? null) !== version) return false;
      notes.set(key, { value: structuredClone(value), version: (version ?? 0) + 1 });
      return true;
    },
    async forget(key) {
      notes.delete(key);
    },
  };
}

/** The turn is over as soon as it is asked for. */
const atOnce: Settle = async () => [];

export type TeamsRig = Awaited<ReturnType<typeof openRig>>;

export async function openRig(accept: Accept, given: Partial<TeamsOptions> = {}) {
  const platform = await openTeamsPlatform(signer);
  Object.assign(process.env, platform.environment);
  const accounts = given.accounts ?? ACCOUNTS;
  const dir = await mkdtemp(join(tmpdir(), 'qiao-teams-'));
  const files = createFiles({ dir, secret: 'a secret of the files', publicUrl: 'https://help.example' });
  const options = { notebook: memoryNotebook(), files, settle: atOnce, log: quiet, openIdUrl: platform.openIdUrl };
  const channel = createTeams({ ...options, ...given, accounts });
  const stop = await channel.start(accept);
  const server = createServer((request, response) => {
    const answering = channel.handle(request, response);
    if (answering) answering.catch(() => response.writeHead(500).end());
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has one

  /** Posts anything, with the account's token unless another header is given. */
  async function post(
    activity: unknown,
    change: Readonly<{ account?: string; path?: string; authorization?: string }> = {},
  ): Promise<Response> {
    const account = accounts.find((one) => one.account === (change.account ?? accounts[0]?.account));
    const authorization = change.authorization ?? platform.authorization({ aud: account?.appId ?? '' });
    return fetch(`${url}${change.path ?? `/channels/teams/${account?.account}`}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
  }

  return {
    channel,
    platform,
    url,
    post,
    /** An activity in a person's own chat. */
    says: (id: string, text: string, more: Change = {}, change: Parameters<typeof post>[1] = {}) =>
      post({ serviceUrl: platform.url, ...personal('wang'), ...message(id, text), ...more }, change),
    stop,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await platform.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** What was stored, by what it is and who said it. */
export const told = ({ from, content }: Inbound) => ({
  user: from.user,
  ...(from.thread !== undefined && { thread: from.thread }),
  content,
});
