/** What a channel's refusal means to whoever waits: try again and when, or what somebody must mend. */
import { ChannelError } from '../channel';

/** The platform answered a call with something else than yes. `code` is its own word for it. */
export class Refused extends Error {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  constructor(status: number, code: string, retryAfterMs: number | undefined) {
    super(`the platform answered ${status}${code && ` ${code}`}`);
    this.name = 'Refused';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
/** The platform did not answer at all. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('the platform does not answer', { cause });
    this.name = 'Unreachable';
  }
}

/** 412, 429, 502 and 504 are what the vendor says to try again; 401 may be a secret that is just being changed. */
const passing: ReadonlySet<number> = new Set([401, 408, 412, 425, 429]);
const advice: Readonly<Record<number, string>> = {
  401: 'check appId, appPassword and tenantId in TEAMS_ACCOUNTS',
  403: 'the app was removed or blocked there, or may not write in this conversation',
  404: 'the conversation is gone',
  413: 'the message is too large',
};

/** Milliseconds out of `Retry-After`: seconds, or a date. */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** The failure of a call as the contract has it. */
export function channelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  if (error instanceof Unreachable) return new ChannelError(error.message, { retryable: true, cause: error });
  if (error instanceof Refused) {
    const { status, retryAfterMs } = error;
    const retryable = status >= 500 || passing.has(status);
    const told = advice[status] === undefined ? error.message : `${error.message}; ${advice[status]}`;
    return new ChannelError(told, { retryable, retryAfterMs, cause: error });
  }
  // Before a call comes the sign-in for it.
  return new ChannelError('the platform gave no token to speak with; check appId, appPassword and tenantId in TEAMS_ACCOUNTS', {
    retryable: true,
    cause: error,
  });
}
