/** What this account said a moment ago, so that its own words coming back are known even when nobody says whose they are. */
import { createHash } from 'node:crypto';
import { createRecent } from './recent';

export type Echoes = Readonly<{
  /** Before it is sent: an echo may be quicker than the answer to the send. */
  saying(to: string, text: string): void;
  /** The id the gateway gave it, where it gives one. */
  said(id: string): void;
  isEcho(
    message: Readonly<{ id: string; text?: string | undefined; listenerId?: string | undefined; roomId?: string | undefined }>,
  ): boolean;
}>;

const MOST = 5_000;
const FOR_MS = 10 * 60_000;

const markOf = (to: string, text: string): string => `${to} ${createHash('sha256').update(text).digest('base64url')}`;

export function createEchoes(now: () => number): Echoes {
  const ids = createRecent<true>({ most: MOST, forMs: FOR_MS, now });
  const texts = createRecent<true>({ most: MOST, forMs: FOR_MS, now });
  return {
    saying: (to, text) => texts.set(markOf(to, text), true),
    said: (id) => ids.set(id, true),
    isEcho({ id, text, listenerId, roomId }) {
      if (ids.get(id)) return true;
      const to = roomId ?? listenerId;
      return to !== undefined && text !== undefined && texts.get(markOf(to, text)) === true;
    },
  };
}
