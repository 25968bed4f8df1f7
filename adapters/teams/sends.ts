/** Says one reply, which may be several activities: a try that follows a failed one goes on where that one stopped. */
import { ChannelError, type Outgoing } from '../channel';

/** So many unfinished replies are remembered; of older ones all parts are said again. */
const REMEMBERED = 1_000;

export type Sends = Readonly<{
  say(outgoing: Pick<Outgoing, 'key'>, parts: readonly object[], one: (part: object) => Promise<void>): Promise<void>;
}>;

export function createSends(): Sends {
  const said = new Map<string, number>();
  const underWay = new Map<string, Promise<void>>();

  async function run(key: string, parts: readonly object[], one: (part: object) => Promise<void>): Promise<void> {
    for (let n = said.get(key) ?? 0; n < parts.length; n += 1) {
      const part = parts[n];
      if (part) await one(part);
      said.set(key, n + 1);
      const [oldest] = said.keys();
      if (said.size > REMEMBERED && oldest !== undefined) said.delete(oldest);
    }
    said.delete(key);
  }

  return {
    say({ key }, parts, one) {
      // Whoever lost patience with the first try must not start a second beside it.
      const running = underWay.get(key);
      if (running) return running;
      const sending = run(key, parts, one).finally(() => underWay.delete(key));
      underWay.set(key, sending);
      return sending;
    },
  };
}

/** An address that other programs can open; without PUBLIC_URL there is none. */
export function openable(url: string): string {
  if (/^https?:\/\//.test(url)) return url;
  throw new ChannelError('files reach Teams by a link; set PUBLIC_URL to the address of this server', { retryable: false });
}
