/** Some mails in hand: each is stored, put aside after too many tries, or goes on waiting. */

import { inLanes } from '../lanes';
import { type Behind, mustWait, type Waiting } from './behind';
import type { Fetched } from './fetch';
import { leftUnseen, type Outcome } from './take';

/** Senders whose mails are stored at the same time. */
const SENDERS = 8;
export type Dealing = Readonly<{
  /** Rejects when another process reads this mailbox now. */
  stillOurs(): Promise<void>;
  /** What to do with one mail; rejects when it could not be stored. Called for several senders at a time, for one sender never. */
  handle(fetched: Fetched): Promise<Outcome>;
  /** It must not hold up its sender any longer, whatever the `error`. Resolves once that is durable. */
  putAside(fetched: Fetched, error: unknown): Promise<void>;
}>;

/** Numbers of mails to be marked, and what is to be tried again. `failed`: whether something could not be stored. */
export type Dealt = Readonly<{ seen: readonly number[]; aside: readonly number[]; left: Behind; failed: boolean }>;

/** What a sender's mails say is read in the order in which they came; one without a sender waits for nobody. */
const senderOf = ({ letter, uid }: Fetched): string => letter?.from?.address ?? String(uid);

/** `inHand`: what was asked for, with those that are gone. `storeMs` as in Patience. */
export async function dealWith(
  fetched: readonly Fetched[],
  {
    behind,
    inHand,
    now,
    storeMs,
  }: Readonly<{ behind: Behind; inHand: ReadonlySet<number>; now: () => number; storeMs: readonly number[] }>,
  { stillOurs, handle, putAside }: Dealing,
): Promise<Dealt> {
  const known = new Map(behind.map((one) => [one.uid, one]));
  const left = new Map(fetched.map((one) => [one.uid, waitingOf(one)]));
  const [seen, aside]: [number[], number[]] = [[], []];
  let failed = false;

  function waitingOf(one: Fetched): Waiting {
    return known.get(one.uid) ?? { uid: one.uid, at: one.at, sender: senderOf(one), tries: 0, notBefore: 0 };
  }

  async function store(one: Fetched): Promise<void> {
    try {
      if (one.letter === null) throw new Error(one.trouble);
      if (!leftUnseen(await handle(one))) seen.push(one.uid);
    } catch (error) {
      failed = true;
      await retry(one, error);
    }
    left.delete(one.uid);
  }

  /** Resolves when it is not to be tried again. */
  async function retry(one: Fetched, error: unknown): Promise<void> {
    const { tries, ...waiting } = waitingOf(one);
    // More tries would tell nothing new of bytes that are no mail.
    const wait = one.letter === null && !one.passing ? undefined : storeMs[tries];
    const later = wait ?? storeMs.at(-1) ?? 0;
    left.set(one.uid, { ...waiting, tries: Math.min(tries + 1, storeMs.length), notBefore: now() + later });
    if (wait !== undefined) throw error;
    await putAside(one, error);
    aside.push(one.uid);
  }

  const ready = fetched.filter((one) => !mustWait(behind, waitingOf(one), inHand));
  await inLanes(ready, senderOf, SENDERS, async (one) => {
    await stillOurs();
    await store(one);
  });
  return { seen, aside, left: [...left.values()], failed };
}
