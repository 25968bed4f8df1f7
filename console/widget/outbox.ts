/** Own messages until the desk has them: kept in the browser, sent one after the other, sent again under the same id. */
import type { Message, RefusalCode, Refused, Sent } from '../../adapters/web/wire';
import type { Memory } from './storage';
import type { Mark } from './thread';

export type Waiting = Readonly<{ message: Message; at: number }>;
/** `lost` means nobody knows whether it arrived: the same id makes sending it again harmless. `offline` means it never left. */
export type Carried = Sent | Refused | 'lost' | 'offline';

export type Outbox = Readonly<{
  /** What an earlier page left unsent, oldest first. */
  waiting(): readonly Waiting[];
  add(waiting: Waiting): void;
  /** Sends what waits, until empty or until the line breaks. Safe to call at any time. */
  flush(): Promise<void>;
}>;

type Deps = Readonly<{
  memory: Memory;
  carry(message: Message): Promise<Carried>;
  tell(clientMsgId: string, mark: Mark): void;
  /** Asks to be flushed again later. */
  later(seconds: number): void;
}>;

const PREFIX = 'out:';
const MOST_TRIES = 3;
const RETRY_SECONDS = 3;

function parse(text: string | null): Waiting | null {
  try {
    // Written by `add` below; a stranger's value under our key fails here or at the server.
    return text === null ? null : (JSON.parse(text) as Waiting);
  } catch {
    return null;
  }
}

export function createOutbox({ memory, carry, tell, later }: Deps): Outbox {
  const tries = new Map<string, number>();
  let running = false;

  const waiting = (): readonly Waiting[] =>
    memory
      .names(PREFIX)
      .map((name) => parse(memory.get(name)))
      .filter((one) => one !== null)
      .sort((a, b) => a.at - b.at);
  const drop = (id: string): void => {
    tries.delete(id);
    memory.remove(PREFIX + id);
  };

  /** Goes on trying by itself; from some point on it also says so. */
  function tryAgain(clientMsgId: string, refused: RefusalCode, seconds: number | undefined): false {
    const count = (tries.get(clientMsgId) ?? 0) + 1;
    tries.set(clientMsgId, count);
    if (count >= MOST_TRIES) tell(clientMsgId, { delivery: 'failed', refused });
    later(seconds ?? RETRY_SECONDS * count);
    return false;
  }

  /** True when the next message may follow at once. */
  async function settle({ clientMsgId }: Message, carried: Carried): Promise<boolean> {
    if (carried === 'offline') return false;
    if (carried === 'lost') return tryAgain(clientMsgId, 'unavailable', undefined);
    if (carried.ok) {
      drop(clientMsgId);
      tell(clientMsgId, { delivery: 'sent' });
      return true;
    }
    const { code: refused, retryAfter, limit } = carried;
    if (refused === 'unauthorized') return false;
    if (refused === 'rate_limited' || refused === 'unavailable') return tryAgain(clientMsgId, refused, retryAfter);
    drop(clientMsgId);
    tell(clientMsgId, { delivery: 'failed', refused, ...(limit !== undefined && { limit }) });
    return true;
  }

  return {
    waiting,
    add: (one) => memory.set(PREFIX + one.message.clientMsgId, JSON.stringify(one)),
    async flush() {
      if (running) return;
      running = true;
      try {
        for (let next = waiting()[0]; next; next = waiting()[0]) {
          if (!(await settle(next.message, await carry(next.message)))) return;
        }
      } finally {
        running = false;
      }
    },
  };
}
