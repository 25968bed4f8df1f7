/** One webhook body → messages. A body that is not ours is an empty list, with what is wrong in words. */
import { z } from 'zod';
import type { Content, Inbound } from '../../dialogs/vocabulary';
import { kindOf } from '../files';

export const TEXT_LENGTH = 4000;

const Attachment = z.object({
  name: z.string().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  type: z.string().min(1).max(100).default('application/octet-stream'),
  size: z.number().int().nonnegative().default(0),
});
const when = z.union([z.number().int().positive(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))], {
  error: 'write milliseconds since 1970 or 2026-11-22T10:00:00+08:00',
});
const Body = z
  .object(
    {
      id: z.string().min(1).max(200),
      user: z.string().min(1).max(200),
      text: z.string().max(TEXT_LENGTH).optional(),
      choice: z.string().max(200).optional(),
      at: when.optional(),
      locale: z.enum(['zh', 'en']).optional(),
      name: z.string().max(100).optional(),
      attachments: z.array(Attachment).max(10).default([]),
    },
    'send a JSON object with id, user and text',
  )
  .refine((body) => body.text?.trim() || body.choice || body.attachments.length > 0, { error: 'text is empty and nothing is attached' });

type Body = z.infer<typeof Body>;
/** What the signed door hands over: the account of the path, the parsed JSON, and when it came. */
const Payload = z.object({ account: z.string(), receivedAt: z.number(), body: z.unknown() });

/** `problems` are in words for the gateway's operator; without any there is at least one message. */
export type Read = Readonly<{ messages: readonly Inbound[]; problems: readonly string[] }>;

export function read(payload: unknown): Read {
  const outer = Payload.safeParse(payload);
  if (!outer.success) return { messages: [], problems: ['no message at all'] };
  const body = Body.safeParse(outer.data.body);
  if (body.success) return { messages: messagesOf(outer.data.account, outer.data.receivedAt, body.data), problems: [] };
  return { messages: [], problems: body.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')) };
}

export const decode = (payload: unknown): readonly Inbound[] => read(payload).messages;

function messagesOf(account: string, receivedAt: number, body: Body): readonly Inbound[] {
  const contents: Content[] = [];
  if (body.choice) contents.push({ kind: 'choice', value: body.choice, ...(body.text ? { label: body.text } : {}) });
  else if (body.text?.trim()) contents.push({ kind: 'text', text: body.text });
  for (const attachment of body.attachments) contents.push({ kind: kindOf(attachment.type), attachment });
  return contents.map((content, index) => ({
    id: index === 0 ? body.id : `${body.id}/${index}`,
    from: { channel: 'webhook', account, user: body.user },
    at: body.at ?? receivedAt,
    ...(body.locale ? { locale: body.locale } : {}),
    ...(body.name ? { name: body.name } : {}),
    content,
    ...(index > 0 ? { part: true as const } : {}),
  }));
}
