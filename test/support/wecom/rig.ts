/** The channel over the wire between our WeCom and an HTTP server of its own. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accept, Tell } from '../../../adapters/channel';
import type { Notebook } from '../../../adapters/notebook';
import { createWecom, type Wecom } from '../../../adapters/wecom';
import type { WecomOptions } from '../../../adapters/wecom/options';
import { createFiles } from '../../../src/files/files';
import { memoryNotebook } from '../memoryNotebook';
import { openWecom, type WecomPlatform } from './platform';
import { type Corp, corp, textOf } from './state';

export type WecomRig = Readonly<{
  wecom: Wecom;
  platform: WecomPlatform;
  corps: readonly [Corp, Corp];
  notebook: Notebook;
  files: ReturnType<typeof createFiles>;
  logged: readonly (readonly [data: object, message: string])[];
  /** Where callbacks of an account go. */
  address(account: string): string;
  /** The texts a customer has got on a line. */
  got(kfid: string, user: string): readonly string[];
  /** A second process on the same notebook. */
  another(accept: Accept, tell?: Tell): Promise<() => Promise<void>>;
  stop(): Promise<void>;
  close(): Promise<void>;
}>;

type Change = Partial<Pick<WecomOptions, 'now' | 'pullMs' | 'retryMs' | 'notebook'>> & { line?: Parameters<typeof openWecom>[0]['line'] };

/** `begin: false`: nothing is started yet. */
export async function openRig(accept: Accept, tell?: Tell, { line, ...change }: Change = {}): Promise<WecomRig> {
  const corps = [corp('school', ['wk-school', 'wk-second']), corp('other')] as const;
  const folder = await mkdtemp(join(tmpdir(), 'qiao-wecom-'));
  const files = createFiles({ dir: folder, secret: 'a secret for links' });
  const notebook = change.notebook ?? memoryNotebook();
  const door = createServer((request, response) => {
    (wecom.handle(request, response) ?? Promise.reject(new Error('no such door'))).catch(() => response.writeHead(500).end());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = (account: string): string => `http://127.0.0.1:${(door.address() as AddressInfo).port}/channels/wecom/${account}`;
  const platform = await openWecom({
    corps,
    callbackUrl: ({ account }) => address(account),
    ...(change.now && { now: change.now }),
    ...(line && { line }),
  });
  const logged: (readonly [data: object, message: string])[] = [];
  const write = (data: object, message: string): void => void logged.push([data, message]);
  const log = { info: write, warn: write, error: write };
  const options: WecomOptions = { accounts: corps, files, log, apiUrl: platform.url, pullMs: 3_600_000, retryMs: 20, ...change, notebook };
  const wecom = createWecom(options);
  const stop = await wecom.start(accept, tell);
  return {
    wecom,
    platform,
    corps,
    notebook,
    files,
    logged,
    address,
    got: (kfid, user) => platform.state.got.filter((one) => one.kfid === kfid && one.user === user).map(({ body }) => textOf(body)),
    another: (more, news) => createWecom(options).start(more, news),
    stop,
    async close() {
      await stop();
      await platform.close();
      door.closeAllConnections();
      door.close();
      await once(door, 'close');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
