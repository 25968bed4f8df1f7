/** From words on a phone to the replies they were: phones show no keys, so the books tell. Pure. */

import { addressOf } from '../../src/conversation/ids';
import type { Books } from './books';
import type { PlatformEntry } from './journal';

/** `user` as the log names the conversation. */
export type Shown = Readonly<{ at: number; user: string; text: string }>;

/** `prefix` stands before the user in a conversation's name. What went out as one is several replies. */
export function gotIn(shown: readonly Shown[], { messages }: Books, prefix: string): readonly PlatformEntry[] {
  const replies = new Map(
    messages.flatMap((row) =>
      row.direction === 'out' ? [[`${row.conversation}/${row.text}`, { key: row._id, seq: row.seq ?? 0 }] as const] : [],
    ),
  );
  return shown.flatMap(({ at, user, text }) =>
    text.split('\n\n').map((one): PlatformEntry => {
      const { key, seq } = replies.get(`${prefix}${user}/${one}`) ?? { key: `nobody wrote 「${one}」`, seq: 0 };
      return { at, kind: 'got', user, key, seq, text: one, taken: true };
    }),
  );
}

/** Whom something was said to that has not come. */
export function waiting(journal: readonly PlatformEntry[], { messages }: Books): readonly string[] {
  const got = new Set(journal.flatMap((entry) => (entry.kind === 'got' ? [entry.key] : [])));
  const missed = messages.filter(({ _id, direction, status }) => direction === 'out' && status === 'sent' && !got.has(_id));
  return [...new Set(missed.map(({ conversation }) => addressOf(conversation).user))];
}
