/** What the channel is made of, handed in by whoever opens it. */
import type { History, Settle } from '../channel';
import type { Files } from '../files';
import type { Notebook } from '../notebook';
import type { Fetch } from '../tencentApi';

/** A message for customers who can no longer be written to freely: `fields` are the template's own, `{text}` and `{time}` are filled in. */
export type Template = Readonly<{ id: string; url?: string | undefined; fields: Readonly<Record<string, string>> }>;

/** One official account. With `aesKey` only encrypted messages are taken (安全模式 or 兼容模式), without it plain ones (明文模式). */
export type Account = Readonly<{
  account: string;
  appId: string;
  appSecret: string;
  token: string;
  aesKey?: string | undefined;
  apiBase: string;
  /** Asks `stable_token` for access tokens, for an app id that other programs use too. */
  stableToken: boolean;
  template?: Template | undefined;
}>;

export type Log = Readonly<Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>>;

export type OfficialOptions = Readonly<{
  accounts: readonly Account[];
  notebook: Notebook;
  settle: Settle;
  history: History;
  files: Pick<Files, 'keep' | 'read' | 'openOutside'>;
  log: Log;
  timeZone?: string;
  fetch?: Fetch;
  now?: () => number;
  /** Shorter in tests; the platform's own times are the defaults. */
  times?: Partial<Times>;
}>;

/** Milliseconds. The platform hangs up after five seconds and sends again, three times in all. */
export type Times = Readonly<{
  /** How long a request waits for its answer. */
  answerWithin: number;
  /** How long a picture may hold up the message it came with. */
  mediaWithin: number;
  /** How long the answer to a request that broke off waits for the platform to ask again. */
  retryWithin: number;
  /** Between two looks at pictures that could not be fetched yet. */
  mediaEvery: number;
}>;
export const TIMES: Times = { answerWithin: 4_500, mediaWithin: 2_000, retryWithin: 5_000, mediaEvery: 60_000 };
