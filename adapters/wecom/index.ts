/** WeCom customer service (微信客服): parents write in WeChat, a callback says that there is something, and we fetch it. */
import { randomUUID } from 'node:crypto';
import type { Address } from '../../dialogs/vocabulary';
import { createBudgets } from '../budget';
import { type Channel, ChannelError, type Tell } from '../channel';
import type { Gateway } from '../http';
import type { TencentApi } from '../tencentApi';
import { createWecomApi } from './api';
import { decode } from './decode';
import { createDoor, type Signal } from './door';
import { encode, LIMITS, type WecomWire } from './encode';
import { createHopeless } from './hopeless';
import { customerKey, type Line, linesOf, type WecomOptions } from './options';
import { createPuller, type Puller } from './pull';
import { createSends } from './send';
import { createSessions } from './sessions';
import { createTake } from './take';

export type Wecom = Channel<WecomWire> & { readonly handle: Gateway };

const PULL_MS = 120_000;
const RETRY_MS = 1_000;

export function createWecom(options: WecomOptions): Wecom {
  const { notebook, files, log, now = Date.now, pullMs = PULL_MS, retryMs = RETRY_MS } = options;
  const lines = options.accounts.flatMap(linesOf);
  const apis = new Map<string, TencentApi>(options.accounts.map((account) => [account.account, createWecomApi(account, options)]));
  const apiOf = ({ account }: Pick<Line, 'account'>): TencentApi => {
    const api = apis.get(account.account);
    if (!api) throw new Error(`account ${account.account} has no API`);
    return api;
  };
  const sessions = createSessions(apiOf, log);
  const budgets = createBudgets(notebook, now);
  let told: Tell = async () => undefined;
  const { send, bring } = createSends({ lineOf, apiOf, sessions, budgets, files, log, tell: (news) => told(news), now });
  const owner = options.worker ?? randomUUID();
  let pullers: ReadonlyMap<Line, Puller> | null = null;

  function lineOf(to: Address): Line {
    const line = lines.find(({ account, thread }) => account.account === to.account && thread === to.thread);
    if (line) return line;
    throw new ChannelError('WECOM_ACCOUNTS 里没有这个客服账号', { retryable: false });
  }

  async function signal(account: string, { token, kfid }: Signal): Promise<void> {
    const meant = lines.filter((line) => line.account.account === account && (kfid === undefined || line.kfid === kfid));
    if (meant.length === 0) log.warn({ account, kfid }, 'WeCom called back for an account that is not among the kfids of WECOM_ACCOUNTS');
    await Promise.all(meant.map((line) => pullers?.get(line)?.signal(token)));
  }

  return {
    name: 'wecom',
    limits: LIMITS,
    decode,
    encode,
    handle: createDoor({ accounts: options.accounts, signal: () => (pullers ? signal : null), log }),
    send,
    budget: async (to) => budgets.left(customerKey(lineOf(to), to.user)),
    async start(accept, tell = async () => undefined) {
      told = tell;
      const started = new Map(
        lines.map((line): [Line, Puller] => {
          const api = apiOf(line);
          const hopeless = createHopeless(notebook, `${line.account.account}:${line.kfid}`);
          const take = createTake({ line, api, accept, tell, files, budgets, sessions, bring, hopeless, log });
          return [line, createPuller({ line, api, notebook, owner, take, log, now, pullMs, retryMs })];
        }),
      );
      pullers = started;
      for (const puller of started.values()) puller.start();
      return async () => {
        if (pullers === started) pullers = null;
        await Promise.all([...started.values()].map((puller) => puller.stop()));
      };
    },
    health: () => ({
      lines: lines.map((line) => ({ account: line.account.account, kfid: line.kfid, ...pullers?.get(line)?.health() })),
    }),
  };
}
