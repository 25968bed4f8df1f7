/** Mails the reading went past because they could not be stored yet, and what their senders wrote after them. Pure. */
import { z } from 'zod';

/** `at`: when the mail came. `tries` in vain so far; not to be tried again before `notBefore`. */
const Waiting = z.object({ uid: z.number(), at: z.number(), sender: z.string(), tries: z.number(), notBefore: z.number() });
export type Waiting = Readonly<z.infer<typeof Waiting>>;
/** In the order of their numbers. */
export const Behind = z.array(Waiting);
export type Behind = readonly Waiting[];

/** A sender's mails wait for the first of them, so that their order holds. */
function firsts(behind: Behind): ReadonlyMap<string, Waiting> {
  const found = new Map<string, Waiting>();
  for (const one of behind) if (!found.has(one.sender)) found.set(one.sender, one);
  return found;
}

/** What may be tried now. */
export function dueIn(behind: Behind, now: number): Behind {
  const first = firsts(behind);
  return behind.filter(({ sender }) => (first.get(sender)?.notBefore ?? 0) <= now);
}

/** When the next of them may be tried; null when none waits. */
export function nextTry(behind: Behind): number | null {
  const times = [...firsts(behind).values()].map(({ notBefore }) => notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

/** Whether something of this sender's that came before waits and is not among those in hand. */
export const mustWait = (behind: Behind, { sender, uid }: Pick<Waiting, 'sender' | 'uid'>, inHand: ReadonlySet<number>): boolean =>
  behind.some((one) => one.sender === sender && one.uid < uid && !inHand.has(one.uid));

/** Without those that were `inHand`, and with those of them that go on waiting. */
export const after = (behind: Behind, inHand: ReadonlySet<number>, left: Behind): Behind =>
  [...behind.filter(({ uid }) => !inHand.has(uid)), ...left].sort((a, b) => a.uid - b.uid);
