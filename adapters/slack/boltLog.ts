/** Slack's SDK logs into our log; its chatter below a warning is left out, and so is whatever it was called with. */
import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Log } from './options';

export function boltLog(log: Log): Logger {
  // Sentences and errors, of which our log tells no fields: other objects of the SDK may hold what customers wrote.
  const warn = (...parts: readonly unknown[]): void => {
    const err = parts.find((part) => part instanceof Error);
    log.warn(err ? { err } : {}, `slack: ${parts.filter((part) => typeof part === 'string').join(' ')}`.trimEnd());
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn,
    error: warn,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
