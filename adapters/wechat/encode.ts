/** A reply as WeChat shows it: plain texts of at most 2,000 characters, choices numbered, a file by itself. Pure. */
import type { Attachment, Reply } from '../../dialogs/vocabulary';
import type { Limits } from '../channel';
import { plainTexts } from '../limits';

/** Each message rings a phone and wears the account, so the texts of one turn go out as one. There are no buttons. */
export const limits: Limits = { textLength: 2_000, options: 0, merge: true, sendWithinMs: 120_000 };

export type Wire = Readonly<{ kind: 'text'; text: string }> | Readonly<{ kind: 'file'; text: string; attachment: Attachment }>;

export function encode(reply: Reply): readonly Wire[] {
  if (reply.kind === 'file') return [{ kind: 'file', text: reply.text, attachment: reply.attachment }];
  return plainTexts(reply, limits).map((text): Wire => ({ kind: 'text', text }));
}
