/** What the WeChat channel is made of: its accounts, what it needs from the house, and how patient it is. */
import type { IncomingMessage } from 'node:http';
import type { Files } from '../files';
import type { Notebook } from '../notebook';

/** How an account reaches WeChat: the web login of wechat4u, a gateway that speaks wechaty's gRPC (padlocal and others), or nobody at all. */
export type PuppetName = 'wechat4u' | 'service' | 'mock';

export type WechatAccount = Readonly<{
  account: string;
  puppet: PuppetName;
  /** Of the gateway; it names the certificate too, as `<name>_<secret>`. */
  token?: string | undefined;
  /** `host:port` of the gateway; without it wechaty's directory is asked for the token. */
  endpoint?: string | undefined;
  /** Only for a gateway on the same machine or behind a tunnel. */
  insecure?: boolean | undefined;
  /** Whether group messages that mention the account are answered. */
  groups: boolean;
  /** Seconds between two sends, drawn at random between the two. */
  pace: readonly [number, number];
  /** So long nothing may come from the gateway before it counts as dead. */
  heartbeatSeconds: number;
}>;

/** `cause` names the trouble, so that the same one is not told every minute. */
export type Alert = Readonly<{ account: string; cause: string; title: string; text: string }>;

export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>>;

export type Patience = Readonly<{
  /** Waits before a login is begun anew, the last again and again. */
  restartMs: readonly number[];
  /** A login that stood so long was a good one: the waits begin from the first. */
  goodAfterMs: number;
  /** Waits before a message that could not be stored is offered again. */
  acceptMs: readonly number[];
  /** Waits before the gateway is asked again for a message or its file. */
  fetchMs: readonly number[];
  /** So long a message or its file is waited for; some gateways never say that they have it not. */
  answerMs: number;
  /** So long a gateway may take to say something; a large file over a slow line takes its time. */
  sayMs: number;
  /** So long the login is kept for what is not stored yet when the program is told to stop. */
  lastMs: number;
  /** A gateway that breathes and names neither a login nor a code for so long: what it said first is lost now and then by its own client. */
  undecidedMs: number;
  /** A gateway that is away for so long is told to supervisors. */
  awayAlertMs: number;
  leaseMs: number;
  /** How often notes of other processes are looked at. */
  lookMs: number;
  /** How often it is looked for sends of other processes and for what became of one's own, and how long one waits for that. */
  relayMs: number;
  relayWithinMs: number;
}>;

export const patient: Patience = {
  restartMs: [1_000, 2_000, 5_000, 15_000, 30_000, 60_000],
  goodAfterMs: 120_000,
  acceptMs: [200, 500, 1_000, 2_000, 5_000],
  fetchMs: [500, 2_000, 5_000],
  answerMs: 15_000,
  sayMs: 120_000,
  lastMs: 3_000,
  undecidedMs: 60_000,
  awayAlertMs: 120_000,
  leaseMs: 30_000,
  lookMs: 2_000,
  relayMs: 500,
  relayWithinMs: 60_000,
};

/** When a conversation in which only the bot speaks falls silent. */
export type LoopLimits = Readonly<{ alone: number; any: number; windowMs: number; quietMs: number }>;
export const loopLimits: LoopLimits = { alone: 20, any: 60, windowMs: 10 * 60_000, quietMs: 30 * 60_000 };

export type WechatOptions = Readonly<{
  accounts: readonly WechatAccount[];
  /** Where logins are kept: readable by this user alone. */
  folder: string;
  notebook: Notebook;
  files: Pick<Files, 'keep' | 'read'>;
  /** Tells supervisors. */
  alert(alert: Alert): Promise<void>;
  /** Whether a request comes from somebody who may see and confirm logins. */
  admitted(request: IncomingMessage): Promise<boolean>;
  /** The file of the page on which logins are seen; without it there are only the addresses it asks. */
  page?: string;
  /** Where a QR code may be drawn for whoever sits at the terminal. */
  draw?: (text: string) => void;
  /** This process, among those that share the store. */
  owner: string;
  /** Other processes work on the same store. */
  shared: boolean;
  log: Log;
  now?: () => number;
  /** 0…1, for the pace. */
  random?: () => number;
  patience?: Partial<Patience>;
  loops?: Partial<LoopLimits>;
}>;
