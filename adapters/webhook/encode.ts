/** A reply → the JSON a gateway gets. `plain` carries everything in words, choices numbered, for gateways that show only text. */
import type { Attachment, Option, Reply } from '../../dialogs/vocabulary';
import type { Files } from '../files';
import { numbered, splitText } from '../limits';

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
  const options = (reply.options ?? []).slice(0, LIMITS.options);
  if (options.length === 0) return splitText(reply.text, LIMITS.textLength).map((text) => ({ kind: reply.kind, text, plain: text }));
  const parts = splitText(reply.text, LIMITS.textLength);
  const last = parts.length - 1;
  return parts.map((text, index) =>
    index < last ? { kind: 'text', text, plain: text } : { kind: reply.kind, text, plain: numbered(text, options), options },
  );
}
