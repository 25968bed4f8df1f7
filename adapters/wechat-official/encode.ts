/** A reply → the messages of an official account: texts of at most 2,048 bytes, pictures, and links to any other file. Pure. */
import type { Attachment, Reply } from '../../dialogs/vocabulary';
import type { Limits } from '../channel';
import type { Files } from '../files';
import { bytes, plainTexts } from '../limits';

export type Wire = Readonly<{ kind: 'text'; text: string }> | Readonly<{ kind: 'image'; attachment: Attachment; text: string }>;

/** No buttons in a chat: options are a numbered list. Longer texts are refused with 45002, or never arrive. */
export const LIMITS: Limits = { textLength: 2048, options: 0, replyWithinMs: 5_000, merge: true };

/** What the platform takes as a picture. */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif']);
const PICTURE_AT_MOST = 10 * 1024 * 1024;

export function encode(reply: Reply, files: Pick<Files, 'openOutside'>): readonly Wire[] {
  if (reply.kind !== 'file') return plainTexts(reply, LIMITS, bytes).map((text) => ({ kind: 'text', text }));
  const { attachment } = reply;
  const link = `${reply.text}\n${files.openOutside(attachment).url}`;
  if (PICTURES.has(attachment.type) && attachment.size <= PICTURE_AT_MOST) return [{ kind: 'image', attachment, text: link }];
  return [{ kind: 'text', text: link }];
}
