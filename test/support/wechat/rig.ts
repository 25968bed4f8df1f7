/** The WeChat channel over real gateways, with its notes in memory and everything in the test's hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accept } from '../../../adapters/channel';
import type { Notebook } from '../../../adapters/notebook';
import { createWechat, type Wechat } from '../../../adapters/wechat';
import type { Alert, Patience, WechatAccount, WechatOptions } from '../../../adapters/wechat/options';
import { createFiles } from '../../../src/files/files';
import { until } from '../until';
import type { Gateway } from './gateway';

/** Notes as the store keeps them; `broken` makes every call fail. */
export function memoryNotebook(): Notebook & { broken: boolean; keys(): readonly string[] } {
  const notes = new Map<string, { value: unknown; version: number }>();
  const works = (): void => {
    if (book.broken) throw new Error('the store is away');
  };
  const book = {
    broken: false,
    keys: () => [...notes.keys()],
    async read(key: string) {
      works();
      return structuredClone(notes.get(key)) ?? null;
    },
    async write(key: string, value: unknown, version: number | null) {
      works();
      if ((notes.get(key)?.version ?? null) !== version) return false;
      notes.set(key, { value: structuredClone(value), version: (version ?? 0) + 1 });
      return true;
    },
    async forget(key: string) {
      works();
      notes.delete(key);
    },
  };
  return book;
}

/** Waits a person would not notice. */
export const hasty: Partial<Patience> = {
  restartMs: [20, 50, 100],
  acceptMs: [10, 20, 50],
  fetchMs: [10, 20],
  answerMs: 5_000,
  sayMs: 60_000,
  lastMs: 1_000,
  undecidedMs: 5_000,
  awayAlertMs: 150,
  leaseMs: 3_000,
  lookMs: 50,
  relayMs: 20,
  relayWithinMs: 10_000,
};

export type Health = Readonly<{ state: string; heartbeat: number | null; unsaved: number; missed: number; silenced: number }>;
const fail = (account: string): never => {
  throw new Error(`there is no account ${account}`);
};

export type WechatRig = Readonly<{
  wechat: Wechat;
  alerts: readonly Alert[];
  notebook: ReturnType<typeof memoryNotebook>;
  folder: string;
  health(account: string): Health;
  /** Resolves once the account stands so. */
  becomes(account: string, state: string): Promise<unknown>;
  stop(): Promise<void>;
  close(): Promise<void>;
}>;

type Given = Partial<Omit<WechatOptions, 'accounts' | 'notebook'>> &
  Readonly<{
    accounts: readonly (Pick<WechatAccount, 'account'> & Partial<WechatAccount> & Gateway['reached'])[];
    notebook?: ReturnType<typeof memoryNotebook>;
  }>;

export async function openWechat(accept: Accept, { accounts, ...given }: Given): Promise<WechatRig> {
  const dir = await mkdtemp(join(tmpdir(), 'qiao-wechat-'));
  const notebook = given.notebook ?? memoryNotebook();
  const alerts: Alert[] = [];
  const folder = join(dir, 'wechat');
  const silent = () => undefined;
  const wechat = createWechat({
    folder,
    files: createFiles({ dir: join(dir, 'uploads'), secret: 'a secret of sufficient length' }),
    alert: async (alert) => void alerts.push(alert),
    admitted: async () => true,
    owner: 'this process',
    shared: false,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    patience: hasty,
    ...given,
    notebook,
    accounts: accounts.map((one) => ({ groups: true, pace: [0, 0], heartbeatSeconds: 20, ...one })),
  });
  const stop = await wechat.start(accept);
  // health() promises no shape to others; this rig is here to look at it.
  const health = (account: string) => (wechat.health?.() as Readonly<Record<string, Health>> | undefined)?.[account] ?? fail(account);
  return {
    wechat,
    alerts,
    notebook,
    folder,
    health,
    becomes: (account, state) => until(() => health(account).state === state, `${account} is ${state}`),
    stop,
    async close() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
