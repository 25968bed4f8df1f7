/** The way in by a socket of our own (Socket Mode): kept open, opened anew when it dies, and Slack answered only after the listeners are done. */
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { inTime } from '../inTime';
import { boltLog } from './boltLog';
import type { SlackOptions } from './options';

/** Whether agents' clicks can reach us. */
export type Health = Readonly<{ way: 'http' | 'socket'; connected: boolean; since: number }>;

export type SocketDoor = Readonly<{
  receiver: Receiver;
  /** Opens the socket and keeps it open; resolves to the function that ends it. */
  open(): () => Promise<void>;
  health(): Health;
}>;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** From the address to Slack's hello. */
const HELLO_WITHIN_MS = 15_000;
/** A socket that died sooner counts as a failure: Slack may be greeting and hanging up. */
const STEADY_AFTER_MS = 5_000;
const GOODBYE_WITHIN_MS = 2_000;
const TIMEOUT_MS = 5_000;

type Envelope = Readonly<{
  ack: (response?: Record<string, unknown>) => Promise<void>;
  body: Record<string, unknown>;
  retry_num?: number;
  retry_reason?: string;
}>;

export function createSocketDoor(options: SlackOptions & Readonly<{ appToken: string }>): SocketDoor {
  const { log } = options;
  const now = options.now ?? Date.now;
  // Only its client is used: bolt's own receiver acknowledges before anything is stored, and its reconnecting can end the process.
  const { client } = new SocketModeReceiver({
    appToken: options.appToken,
    logger: boltLog(log),
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        ...(options.apiUrl !== undefined && { slackApiUrl: options.apiUrl }),
        retryConfig: { retries: 0 },
        timeout: options.timeoutMs ?? TIMEOUT_MS,
      },
    },
  });
  let app: App | undefined;
  let state = { connected: false, since: now() };
  const running = new Set<Promise<void>>();

  async function take({ ack, body, retry_num, retry_reason }: Envelope): Promise<void> {
    let answer: Record<string, unknown> | undefined;
    try {
      await app?.processEvent({
        body,
        ...(retry_num !== undefined && { retryNum: retry_num }),
        ...(retry_reason !== undefined && { retryReason: retry_reason }),
        ack: async (response) => {
          answer = response;
        },
      });
      await ack(answer);
    } catch (error) {
      log.warn({ err: error }, 'slack: an envelope is not acknowledged and comes again');
    }
  }

  client.on('slack_event', (envelope: Envelope) => {
    const taking = take(envelope).finally(() => running.delete(taking));
    running.add(taking);
  });

  function become(connected: boolean): void {
    if (state.connected === connected) return;
    state = { connected, since: now() };
    log.info({ connected }, connected ? 'slack: the socket is open' : 'slack: the socket is closed');
  }

  /** Resolves when the socket that was opened is closed again; rejects when it did not open. */
  async function live(): Promise<void> {
    const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    const greeted = client.start();
    greeted.catch(() => undefined); // nobody may be waiting for it any more when it fails
    if ((await inTime(greeted, HELLO_WITHIN_MS, LATE)) === LATE) {
      await goodbye();
      throw new Error('Slack did not greet in time');
    }
    become(true);
    await closed;
    become(false);
  }

  async function goodbye(): Promise<void> {
    await inTime(client.disconnect(), GOODBYE_WITHIN_MS, undefined);
  }

  async function keepOpen(stopping: { now: boolean; pause: ReturnType<typeof timer> | null }): Promise<void> {
    for (let failures = 0; !stopping.now; ) {
      const began = now();
      try {
        await live();
      } catch (error) {
        log.warn({ err: error }, 'slack: the socket could not be opened; check SLACK_APP_TOKEN if this stays');
      }
      failures = now() - began >= STEADY_AFTER_MS ? 0 : failures + 1;
      if (stopping.now || failures === 0) continue;
      stopping.pause = timer(Math.min(LONGEST_WAIT_MS, (options.reconnectMs ?? FIRST_WAIT_MS) * 2 ** Math.min(failures - 1, 10)));
      await stopping.pause.over;
    }
  }

  return {
    receiver: {
      init(bolt) {
        app = bolt;
      },
      start: async () => undefined,
      stop: async () => undefined,
    },
    health: () => ({ way: 'socket', ...state }),
    open() {
      const stopping = { now: false, pause: null as ReturnType<typeof timer> | null };
      const kept = keepOpen(stopping);
      return async () => {
        stopping.now = true;
        stopping.pause?.cancel();
        // What came in is answered while there is a socket to answer on.
        await Promise.all(running);
        await goodbye();
        await inTime(kept, GOODBYE_WITHIN_MS, undefined);
      };
    },
  };
}

const LATE = Symbol('late');

/** A wait that can be cut short. */
function timer(ms: number): Readonly<{ over: Promise<void>; cancel: () => void }> {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    const set = setTimeout(resolve, ms);
    cancel = () => {
      clearTimeout(set);
      resolve();
    };
  });
  return { over, cancel };
}
