/** What the channel is made of, and what names one line of it. */
import type { Files } from '../files';
import type { Notebook } from '../notebook';
import type { Fetch } from '../tencentApi';

export type Log = Readonly<Record<'info' | 'warn' | 'error', (data: object, message: string) => void>>;

/** One application of one corporation; `kfids` are the customer-service accounts it answers for, the first without a thread of its own. */
export type WecomAccount = Readonly<{
  account: string;
  corpId: string;
  secret: string;
  /** The secret of another application that may read 家校通讯录; the same one when absent. */
  directorySecret?: string | undefined;
  token: string;
  aesKey: string;
  kfids: readonly string[];
}>;

export type WecomOptions = Readonly<{
  accounts: readonly WecomAccount[];
  notebook: Notebook;
  files: Pick<Files, 'keep' | 'read' | 'openOutside'>;
  log: Log;
  apiUrl?: string | undefined;
  fetch?: Fetch;
  now?: () => number;
  /** What this process is called among those on the same notebook. */
  worker?: string;
  /** How often is looked for messages although nothing was signalled. */
  pullMs?: number;
  /** The wait after a failed pull; it doubles up to thirty seconds. */
  retryMs?: number;
}>;

export const API_URL = 'https://qyapi.weixin.qq.com';

/** One customer-service account: what is pulled and sent by itself. `thread` as in Address. */
export type Line = Readonly<{ account: WecomAccount; kfid: string; thread?: string }>;

export const linesOf = (account: WecomAccount): readonly Line[] =>
  account.kfids.map((kfid, n) => ({ account, kfid, ...(n > 0 && { thread: kfid }) }));

/** How a customer of a line is named in the notebook. */
export const customerKey = ({ account, kfid }: Line, user: string): string => `${account.account}:${kfid}:${user}`;
