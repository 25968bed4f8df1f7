/** What the bot had to say while only a person might still send: it waits for the customer's next message. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Texts by the reply they belong to, oldest first. */
export const Held = z.array(z.object({ key: z.string(), text: z.string() }).readonly()).readonly();
export type Held = z.infer<typeof Held>;

const BETWEEN = '\n\n';
/** More than this nobody reads at once. */
const MOST = 20;

/** The texts of one reply, once, however often it is handed over; null when there is no room for them. */
export function withHeld(held: Held, key: string, texts: readonly string[]): Held | null {
  if (held.some((one) => one.key === key)) return held;
  const all = [...held, ...texts.map((text) => ({ key, text }))];
  return all.length <= MOST ? all : null;
}

/** What one message carries: so many of what waited, oldest first, and then the answer, as far as `limit` bytes go. */
export type Packed = Readonly<{ text: string; held: number; answer: boolean }>;

export function pack(held: Held, answer: string | undefined, limit: number): Packed | null {
  const texts = [...held.map(({ text }) => text), ...(answer === undefined ? [] : [answer])];
  let text = '';
  let count = 0;
  for (const one of texts) {
    const joined = text === '' ? one : `${text}${BETWEEN}${one}`;
    if (Buffer.byteLength(joined) > limit) break;
    text = joined;
    count += 1;
  }
  return count === 0 ? null : { text, held: Math.min(count, held.length), answer: answer !== undefined && count === texts.length };
}

export const textOf = (bundle: Held): string => bundle.map(({ text }) => text).join(BETWEEN);

/** Named after all that it says: another one with more in it is no repeat of it. */
export const nameOf = (bundle: Held): string => {
  const said = createHash('sha256').update(textOf(bundle));
  return `${bundle[0]?.key}~held${said.digest('base64url').slice(0, 8)}`;
};
