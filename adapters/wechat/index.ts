/** WeChat by personal accounts, over wechaty's puppets: private chats, and groups where the account is mentioned. */
import type { Router } from 'express';
import { type Channel, ChannelError } from '../channel';
import { createAccount, type View } from './account';
import { decode } from './decode';
import { encode, limits, type Wire } from './encode';
import type { WechatOptions } from './options';
import { createRouter } from './router';

export type Wechat = Channel<Wire> &
  Readonly<{
    /** To be mounted at the root: its paths begin with /channels/wechat. */
    router: Router;
  }>;

export function createWechat(options: WechatOptions): Wechat {
  const accounts = new Map(options.accounts.map((one) => [one.account, createAccount(one, options)]));
  const { now = Date.now } = options;
  return {
    name: 'wechat',
    limits,
    router: createRouter({ ...options, accounts, now }),
    decode,
    encode,
    async send(outgoing) {
      const account = accounts.get(outgoing.to.account);
      if (!account) throw new ChannelError(`WECHAT_ACCOUNTS has no account ${outgoing.to.account}`, { retryable: false });
      await account.send(outgoing);
    },
    health: () => Object.fromEntries([...accounts].map(([name, account]) => [name, healthOf(account.view(), now())])),
    async start(accept) {
      const stops = [...accounts.values()].map((account) => account.start(accept));
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
}

/** The age of the last sign of life is what tells: a dead gateway goes on calling itself logged in. In seconds. */
function healthOf({ state, since, heartbeatAt, unsaved, missed, silenced }: View, now: number): object {
  const seconds = (at: number): number => Math.round((now - at) / 1_000);
  return { state, since: seconds(since), heartbeat: heartbeatAt === null ? null : seconds(heartbeatAt), unsaved, missed, silenced };
}
