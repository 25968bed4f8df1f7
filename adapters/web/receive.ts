/** The one road of a visitor's message, whichever door it came by: counted, read, stored, and only then acknowledged. */
import type { Accept, Settle } from '../channel';
import type { Files } from '../files';
import { readMessage } from './decode';
import { ipKey, type Rates } from './rates';
import type { Visitor } from './token';
import type { Refused, Sent } from './wire';

/** The slice of a logger this channel uses; pino's fits. */
export type Log = Readonly<{ warn(data: object, message: string): void; error(data: object, message: string): void }>;

export type Receive = (visitor: Visitor, ip: string, message: unknown, request: string | undefined) => Promise<Sent | Refused>;

type Deps = Readonly<{
  /** Undefined until the channel is started and after it is stopped. */
  accept(): Accept | undefined;
  settle: Settle | undefined;
  typing(visitor: Visitor, on: boolean): void;
  files: Pick<Files, 'linked'>;
  rates: Rates;
  now(): number;
  log: Log;
}>;

/** Long enough for a slow answer; an agent's words come when they come, without dots. */
const LONGEST_TYPING = 8000;

export function createReceive({ accept, settle, typing, files, rates, now, log }: Deps): Receive {
  /** Dots while the answer is on its way; they are decoration, so a failure here is logged and costs the visitor nothing. */
  const showTyping = (visitor: Visitor, accepted: Awaited<ReturnType<Accept>>): void => {
    if (!settle || accepted.duplicate) return;
    typing(visitor, true);
    settle(accepted, LONGEST_TYPING)
      .catch((error: unknown) => log.warn({ err: error }, 'web: waiting for the replies failed'))
      .finally(() => typing(visitor, false));
  };

  return async (visitor, ip, message, request) => {
    const store = accept();
    if (!store) return { ok: false, code: 'unavailable' };
    if (visitor.expiresAt <= now()) return { ok: false, code: 'unauthorized' };
    const retryAfter = (await rates.messages.exceeded(visitor.id)) ?? (await rates.messagesPerIp.exceeded(ipKey(ip)));
    if (retryAfter !== null) return { ok: false, code: 'rate_limited', retryAfter };
    const read = readMessage({ visitor, at: now(), message }, files);
    if (!read.ok) return read;
    try {
      const accepted = await store(read.inbound, request);
      showTyping(visitor, accepted);
      return { ok: true, id: accepted.id, duplicate: accepted.duplicate };
    } catch (error) {
      log.error({ err: error, request }, 'web: a message could not be stored; the visitor is asked to send it again');
      return { ok: false, code: 'unavailable' };
    }
  };
}
