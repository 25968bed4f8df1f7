/** Which mails are opened now, written down before they are: one that stops the whole program must not stop it for ever. Pure. */
import { z } from 'zod';

/** `by`: the life of the program that opened them. `lives`: so many in a row ended over this one, when it is alone. */
export const InHand = z.object({ validity: z.string(), uids: z.array(z.number()), by: z.string(), lives: z.number() });
export type InHand = Readonly<Omit<z.infer<typeof InHand>, 'uids'>> & Readonly<{ uids: readonly number[] }>;

/** Lives that may end over one mail: any of them may have ended for another reason. */
const LIVES = 3;

/** What a life that ended had in hand, each of which may be why; nothing when it was this very life, which goes on. */
export function suspectsIn(before: InHand | undefined, now: Readonly<{ validity: string; by: string }>): ReadonlySet<number> {
  return new Set(before && before.by !== now.by && before.validity === now.validity ? before.uids : []);
}

/** What is written down before these are opened; null for one that ended so many lives that it is not opened any more. */
export function taking(
  uids: readonly number[],
  before: InHand | undefined,
  { validity, by }: Readonly<{ validity: string; by: string }>,
): InHand | null {
  const [only] = uids;
  const again = uids.length === 1 && before?.uids.length === 1 && before.uids[0] === only && before.validity === validity;
  const lives = again ? before.lives + (before.by === by ? 0 : 1) : 1;
  return lives > LIVES ? null : { validity, uids: [...uids], by, lives };
}
