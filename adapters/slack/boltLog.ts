/** Slack's SDK logs into our log; its chatter below a warning is left out, and so is whatever it was called with. */
import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Log } from './options';

export function boltLog(log: Log): Logger {
  // Only sentences: objects of the SDK may hold what customers wrote.
  const said = (parts: readonly unknown[]): string => `slack: ${parts.filter((part) => typeof part === 'string').join(' ')}`;
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn({}, said(parts)),
    error: (...parts) => log.warn({}, said(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
