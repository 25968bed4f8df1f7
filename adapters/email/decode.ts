/** A mail that was read and whose files are kept → messages. Pure; what it does not know is no message. */
import { z } from 'zod';
import type { Content, Inbound } from '../../dialogs/vocabulary';
import { kindOf } from '../files';

/** A person's mail once nothing of it needs a server any more. */
const Read = z.object({
  account: z.string().min(1),
  id: z.string().min(1),
  at: z.number(),
  from: z.object({ address: z.string().min(1), name: z.string() }),
  text: z.string(),
  files: z.array(z.object({ name: z.string(), url: z.string(), type: z.string(), size: z.number() })).readonly(),
});
export type Read = Readonly<z.infer<typeof Read>>;

export function decode(payload: unknown): readonly Inbound[] {
  const parsed = Read.safeParse(payload);
  if (!parsed.success) return [];
  const { account, id, at, from, text, files } = parsed.data;
  const enclosed = files.map((attachment): Content => ({ kind: kindOf(attachment.type), attachment }));
  // A mail without a word and without a file was sent all the same.
  const words: readonly Content[] = text !== '' || enclosed.length === 0 ? [{ kind: 'text', text }] : [];
  return [...words, ...enclosed].map((content, index) => ({
    id: index === 0 ? id : `${id}/${index}`,
    from: { channel: 'email', account, user: from.address },
    at,
    ...(from.name !== '' && { name: from.name }),
    content,
    ...(index > 0 && { part: true as const }),
  }));
}
