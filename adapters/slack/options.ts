/** What the desk in Slack is told when it is made. */

import type { Files } from '../files';

export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (data: object, message: string) => void>>;

export type SlackOptions = Readonly<{
  botToken: string;
  /** Events over HTTP are signed with it. */
  signingSecret?: string | undefined;
  /** With it events come over a socket of our own (Socket Mode), and nothing has to be reachable from outside. */
  appToken?: string | undefined;
  /** Where the Web API answers; for simulators. */
  apiUrl?: string | undefined;
  /** The channel of every department that has none of its own. */
  channel: string;
  /** Department → channel id. */
  channels?: Readonly<Record<string, string>> | undefined;
  /** Where supervisors are paged; the default channel when it is not set. */
  supervisors?: string | undefined;
  /** The user group that is paged; everybody present when it is not set. */
  onDuty?: string | undefined;
  /** Where files both ways are kept; without it none go out. */
  files?: Pick<Files, 'keep' | 'openOutside'> | undefined;
  log: Log;
  now?: (() => number) | undefined;
  /** Posts a channel takes at once, and the time after which it takes one more. */
  pace?: Readonly<{ burst: number; everyMs: number }> | undefined;
  /** The longest a call of the Web API may take. */
  timeoutMs?: number | undefined;
  /** The first wait before the socket is opened anew; it doubles up to a minute. */
  reconnectMs?: number | undefined;
}>;
