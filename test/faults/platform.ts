/** The customers' platform: posts what they say until it is acknowledged, takes the desk's callbacks, and writes everything down. */
import { sign } from '../../adapters/signedBody';
import type { Books } from './books';
import { openDoor } from './door';
import type { PlatformEntry } from './journal';
import { pause } from './pause';
import type { Random } from './random';
import type { Weather } from './weather';

export const ACCOUNT = 'gateway';
export const SECRET = 'a secret the gateway signs with';
/** What the platform waits for an answer before it sends again. */
const PATIENCE_MS = 2_000;

export type Deliveries = Readonly<{
  /** Share of the messages that are delivered once more, at once or later, to whichever process. */
  again?: number;
  /** How long a message may be held up on its way, so that others overtake it. */
  holdUpMs?: number;
}>;

/** `{"choice": …}` presses a button, anything else is typed. */
export type Said = Readonly<{ text: string; opens?: boolean }>;

export type Platform = Readonly<{
  /** Where the desk reaches it. */
  url: string;
  /** What the log puts before the ids of its messages. */
  prefix: string;
  /** It lets so many messages through and no more until the customer writes again; the rest goes out with the answer to that. */
  counts?: true;
  /** What it saw, in order; the books tell what it cannot know. */
  journal(books: Books): readonly PlatformEntry[];
  /** Resolves once the desk has acknowledged. */
  send(user: string, said: Said): Promise<void>;
  /** Resolves when every further delivery of what was sent has ended too. */
  quiet(): Promise<void>;
  /** Resolves once a desk hears what is sent, where that takes longer than to be up. */
  working?: () => Promise<void>;
  /** What the desk reaches it through is dead for so long and comes back. */
  dies?: (ms: number) => Promise<void>;
  close(): Promise<void>;
}>;

export type PlatformGiven = Readonly<{
  route: () => string;
  weather: Weather;
  random: Random;
  deliveries: Deliveries;
  onEntry: () => void;
}>;

/** A gateway that speaks our own webhook. */
export async function openGateway(given: PlatformGiven): Promise<Platform> {
  const { random, deliveries } = given;
  const journal: PlatformEntry[] = [];
  const counts = new Map<string, number>();
  const copies = new Set<Promise<unknown>>();
  const write = (entry: PlatformEntry): void => {
    journal.push(entry);
    given.onEntry();
  };

  const door = await openDoor(given.weather, ({ body, headers, taken }) => {
    if (headers['x-qiao-signature'] !== sign(body, SECRET)) return { status: 401, body: {} };
    const { id, seq, user, replies } = JSON.parse(body);
    const text = replies.map((reply: { text: string }) => reply.text).join('\n');
    write({ at: Date.now(), kind: 'got', user, key: id, seq, text, taken });
    return { status: 200, body: {} };
  });

  async function post(body: string): Promise<boolean> {
    try {
      const response = await fetch(`${given.route()}/channels/webhook/${ACCOUNT}`, {
        method: 'POST',
        body,
        headers: { 'x-qiao-signature': sign(body, SECRET), 'x-qiao-timestamp': String(Math.floor(Date.now() / 1_000)) },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false; // nobody there, or killed on the way
    }
  }

  async function deliver(body: string): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      if (await post(body)) return tries;
      await pause(Math.min(200, 10 * tries));
    }
  }

  return {
    url: `${door.url}/callback`,
    prefix: `webhook:${ACCOUNT}:`,
    journal: () => journal,
    async send(user, { text, opens = false }) {
      const n = (counts.get(user) ?? 0) + 1;
      counts.set(user, n);
      const id = `${user}-${n}`;
      const content = text.startsWith('{') ? JSON.parse(text) : { text };
      const body = JSON.stringify({ id, user, ...content });
      if (deliveries.holdUpMs) await pause(random.below(deliveries.holdUpMs));
      write({ at: Date.now(), kind: 'sent', user, id, text, opens });
      const further = random.chance(deliveries.again ?? 0);
      if (further) {
        const copy = pause(random.below(deliveries.holdUpMs ?? 60)).then(() => deliver(body));
        copies.add(copy);
        void copy.finally(() => copies.delete(copy));
      }
      const tries = await deliver(body);
      write({ at: Date.now(), kind: 'acked', user, id, tries });
    },
    async quiet() {
      await Promise.all(copies);
    },
    close: door.close,
  };
}
