/** WeChat official accounts (公众号): signed and encrypted callbacks in, answers in the response or by the customer-service interface. */
import type { Reply } from '../../dialogs/vocabulary';
import { createBudgets } from '../budget';
import type { Channel, Tell } from '../channel';
import type { Gateway } from '../http';
import { decode } from './decode';
import { encode as encodeFor, LIMITS, type Wire } from './encode';
import { createLater } from './later';
import { createLedger, customerOf } from './ledger';
import { createLine } from './line';
import { fetchMedia } from './media';
import { type OfficialOptions, TIMES } from './options';
import { createReceiver } from './receive';
import { createSender } from './send';
import { createTurns } from './turns';

export type Official = Channel<Wire> & { readonly handle: Gateway };

/** `/channels/wechat-official/:account` is the address the operator enters at 基本配置 → 服务器地址. */
export function createWechatOfficial(options: OfficialOptions): Official {
  const { notebook, log, files, fetch = globalThis.fetch, now = Date.now } = options;
  const times = { ...TIMES, ...options.times };
  const accounts = new Map(options.accounts.map((account) => [account.account, account]));
  const lines = new Map(options.accounts.map((account) => [account.account, createLine(account, { notebook, fetch, now })]));
  const encode = (reply: Reply): readonly Wire[] => encodeFor(reply, files);
  const ledger = createLedger(notebook);
  const budgets = createBudgets(notebook, now);
  const turns = createTurns({ now, retryWithin: times.retryWithin });
  const later = createLater({
    notebook,
    fetchMedia: async (account, media) => {
      const line = lines.get(account);
      if (!line) throw new Error(`no official account is called ${account} any more`);
      return fetchMedia(line, media, { files, fetch });
    },
    now,
    log,
    times,
  });
  const receiver = createReceiver({
    accounts,
    ledger,
    budgets,
    turns,
    later,
    settle: options.settle,
    history: options.history,
    encode,
    log,
    now,
    times,
  });
  /** What the operator must mend, by account. */
  const troubles = new Map<string, string>();
  const troubled = (account: string, trouble: string | null | undefined): void => {
    if (trouble === null) troubles.delete(account);
    else if (trouble !== undefined) troubles.set(account, trouble);
  };
  const clock = new Intl.DateTimeFormat('zh-CN', {
    timeZone: options.timeZone ?? 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  let told: Tell = async () => undefined;
  const send = createSender({
    lines,
    ledger,
    budgets,
    turns,
    encode,
    files,
    now,
    times,
    timeText: (at) => clock.format(at),
    tell: (news) => told(news),
    troubled,
  });

  return {
    name: 'wechat-official',
    limits: LIMITS,
    decode,
    encode,
    handle: receiver.handle,
    send,
    async start(accept, tell = async () => undefined) {
      told = tell;
      receiver.open(accept);
      const stopLater = later.start(accept);
      return async () => {
        receiver.close();
        await stopLater();
      };
    },
    budget: (to) => budgets.left(customerOf(to)),
    health: () => ({
      filesWaiting: later.waiting(),
      ...Object.fromEntries(
        [...accounts.keys()].map((name) => {
          const heardAt = receiver.heardAt(name);
          const trouble = troubles.get(name) ?? null;
          return [name, { heardAt: heardAt === null ? null : new Date(heardAt).toISOString(), ...(trouble !== null && { trouble }) }];
        }),
      ),
    }),
  };
}
