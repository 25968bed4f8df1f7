/** A reply → the JSON a gateway gets. `plain` carries everything in words, choices numbered, for gateways that show only text. */
import type { Attachment, Option, Reply } from '../../dialogs/vocabulary';
import type { Files } from '../files';
import { fitReply, numbered } from '../limits';

export type WebhookReply = Readonly<{
  kind: Reply['kind'];
  text: string;
  plain: string;
  options?: readonly Option[];
  attachment?: Attachment;
}>;

export const LIMITS = { textLength: 2000, options: 20 } as const;

export function encode(reply: Reply, files: Pick<Files, 'openOutside'>): readonly WebhookReply[] {
  if (reply.kind === 'file') {
    const attachment = files.openOutside(reply.attachment);
    return [{ kind: 'file', text: reply.text, plain: `${reply.text}\n${attachment.url}`, attachment }];
  }
  return fitReply(reply, LIMITS).map((part) => {
    const options = part.options ?? [];
    return { kind: part.kind, text: part.text, plain: numbered(part.text, options), ...(options.length > 0 && { options }) };
  });
}
