/** Reads what a visitor posted. Everything from outside is parsed here, once, from `unknown`. Pure. */

import { z } from 'zod';
import type { Content, Inbound, SlotName } from '../../dialogs/vocabulary';
import { type Files, kindOf } from '../files';
import { printable } from '../printable';
import type { Visitor } from './token';
import { MAX_FIELD, MAX_TEXT, type Refused } from './wire';

/** Spelled as a record so that the compiler misses no slot. */
const slots: Record<SlotName, true> = {
  school: true,
  class: true,
  name: true,
  phone: true,
  issue: true,
  remark: true,
  newPhone: true,
  relation: true,
  place: true,
  device: true,
  since: true,
  recipients: true,
  eventTime: true,
  item: true,
  against: true,
  reason: true,
};
const isSlot = (name: string): name is SlotName => Object.hasOwn(slots, name);

const tidy = z.string().transform((text) => printable(text).trim());
const nonEmpty = tidy.refine((text) => text !== '');

const WireContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: nonEmpty }),
  z.object({ kind: z.literal('choice'), value: z.string().min(1).max(200), label: tidy.pipe(z.string().max(200)).optional() }),
  z.object({ kind: z.literal('fields'), values: z.record(z.string().refine(isSlot), tidy) }),
  z.object({ kind: z.enum(['image', 'voice', 'file']), attachment: z.object({ url: z.string().max(2000) }) }),
  z.object({ kind: z.literal('hello') }),
]);
const WireMessage = z.object({
  clientMsgId: z.string().regex(/^[\w-]{1,64}$/),
  content: WireContent,
  locale: z.enum(['zh', 'en']).optional(),
});

type Known = Pick<Files, 'linked'>;

/** A message together with who sent it, as the token says. */
export type Envelope = Readonly<{ visitor: Visitor; at: number; message: unknown }>;
const WireEnvelope = z.object({
  visitor: z.object({ account: z.string(), id: z.string(), expiresAt: z.number() }),
  at: z.number(),
  message: z.unknown(),
});

export type Read = Readonly<{ ok: true; inbound: Inbound }> | Refused;
const refuse = (code: Refused['code'], limit?: number): Refused => ({ ok: false, code, ...(limit !== undefined && { limit }) });

/** Only what was uploaded here passes as an attachment; name, size and type come from our own link, not from the visitor. */
function attached(url: string, files: Known): Content | null {
  const attachment = files.linked(url);
  return attachment && { kind: kindOf(attachment.type), attachment };
}

function contentOf(wire: z.infer<typeof WireContent>, files: Known): Content | Refused {
  switch (wire.kind) {
    case 'text':
      return wire.text.length > MAX_TEXT ? refuse('text_too_long', MAX_TEXT) : wire;
    case 'choice':
      return { kind: 'choice', value: wire.value, ...(wire.label && { label: wire.label }) };
    case 'fields':
      return Object.values(wire.values).some((value) => value.length > MAX_FIELD) ? refuse('text_too_long', MAX_FIELD) : wire;
    case 'image':
    case 'voice':
    case 'file':
      return attached(wire.attachment.url, files) ?? refuse('upload_unknown');
    case 'hello':
      return wire;
  }
}

/** One message of one visitor, or why it cannot be taken. */
export function readMessage({ visitor, at, message }: Envelope, files: Known): Read {
  const parsed = WireMessage.safeParse(message);
  if (!parsed.success) return refuse('bad_request');
  const { clientMsgId, locale } = parsed.data;
  const content = contentOf(parsed.data.content, files);
  if ('ok' in content) return content;
  const from = { channel: 'web', account: visitor.account, user: visitor.id } as const;
  return { ok: true, inbound: { id: externalId(visitor.id, clientMsgId), from, at, ...(locale && { locale }), content } };
}

/** The same for a payload of unknown shape: what `Channel.decode` promises. */
export function decode(payload: unknown, files: Known): readonly Inbound[] {
  const envelope = WireEnvelope.safeParse(payload);
  if (!envelope.success) return [];
  const read = readMessage(envelope.data, files);
  return read.ok ? [read.inbound] : [];
}

/** Visitors cannot collide with each other's ids: neither part may hold a dot. */
const externalId = (visitor: string, clientMsgId: string): string => `${visitor}.${clientMsgId}`;
/** The `clientMsgId` inside the log's id of a customer's line. */
export const clientMsgIdOf = (logId: string): string => logId.slice(logId.lastIndexOf('.') + 1);
