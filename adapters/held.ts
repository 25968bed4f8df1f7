/** What the bot had to say while only a person might still send: it waits for the customer's next message. Pure. */
import { z } from 'zod';

/** Texts by the reply they belong to, oldest first. */
export const Held = z.array(z.object({ key: z.string(), text: z.string() }).readonly()).readonly();
export type Held = z.infer<typeof Held>;

const KEPT = 20;

/** The texts of one reply, once, however often it is handed over. */
export const withHeld = (held: Held, key: string, texts: readonly string[]): Held =>
  held.some((one) => one.key === key) ? held : [...held, ...texts.map((text) => ({ key, text }))].slice(-KEPT);

/** What one message carries: all that waited, oldest first, and then the answer, as far as `limit` bytes go. */
export type Packed = Readonly<{ text: string; held: number; answer: boolean }>;

export function pack(held: Held, answer: string | undefined, limit: number): Packed | null {
  const texts = [...held.map(({ text }) => text), ...(answer === undefined ? [] : [answer])];
  let text = '';
  let count = 0;
  for (const one of texts) {
    const joined = text === '' ? one : `${text}\n\n${one}`;
    if (Buffer.byteLength(joined) > limit) break;
    text = joined;
    count += 1;
  }
  return count === 0 ? null : { text, held: Math.min(count, held.length), answer: answer !== undefined && count === texts.length };
}
