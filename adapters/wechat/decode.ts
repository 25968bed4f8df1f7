/** What one message of a puppet is: ours to hear or not, words, or a file that must be fetched first. Pure; parsed once from `unknown`. */
import { z } from 'zod';
import type { Attachment, Content, Inbound } from '../../dialogs/vocabulary';
import { kindOf } from '../files';
import { isMentioned, withoutMention } from './mention';

/** Numbers of wechaty's message types, which stand in its gRPC contract. */
const TYPES = {
  1: 'attachment',
  2: 'audio',
  3: 'contact',
  4: 'history',
  5: 'emoticon',
  6: 'image',
  7: 'text',
  8: 'location',
  9: 'mini-program',
  11: 'transfer',
  12: 'red-envelope',
  14: 'url',
  15: 'video',
} as const;
type Kind = (typeof TYPES)[keyof typeof TYPES];
const OFFICIAL_ACCOUNT = 2;

const optional = z
  .string()
  .nullish()
  .transform((text) => text || undefined);
const Message = z.object({
  id: z.string().min(1),
  talkerId: z.string().min(1),
  listenerId: optional,
  roomId: optional,
  mentionIdList: z.array(z.string()).nullish(),
  text: optional,
  filename: optional,
  timestamp: z.number().nonnegative(),
  type: z.number(),
});
const Place = z.object({ latitude: z.number(), longitude: z.number(), name: optional, address: optional });
const Envelope = z.object({
  account: z.string(),
  us: z.object({ id: z.string(), names: z.array(z.string()) }),
  message: Message,
  talker: z.object({ name: optional, type: z.number().nullish() }),
  place: Place.nullish(),
  link: z.object({ title: optional, url: optional }).nullish(),
  attachment: z.object({ name: z.string(), url: z.string(), type: z.string(), size: z.number() }).nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

export type Read =
  | Readonly<{ kind: 'ignored'; why: 'unreadable' | 'own' | 'not for us' | 'not a person' | 'not mentioned' | 'no message' }>
  | Readonly<{ kind: 'heard'; envelope: Envelope; content: Content }>
  /** Its bytes must be fetched and kept. */
  | Readonly<{ kind: 'file'; envelope: Envelope; name: string; transcript?: string }>;

/** Accounts of the platform itself, which talk to everybody. */
const PLATFORM = new Set([
  'weixin',
  'filehelper',
  'fmessage',
  'newsapp',
  'medianote',
  'floatbottle',
  'qmessage',
  'qqmail',
  'notifymessage',
]);

/** What cannot be carried is told in a word, so that a person may ask. */
const WORDS: Partial<Record<Kind, string>> = {
  contact: '[名片]',
  history: '[聊天记录]',
  emoticon: '[表情]',
  'mini-program': '[小程序]',
  transfer: '[转账]',
  'red-envelope': '[红包]',
};
const FILES: Partial<Record<Kind, string>> = { image: '图片', audio: '语音', video: '视频', attachment: '文件' };

const ignored = (why: Extract<Read, { kind: 'ignored' }>['why']): Read => ({ kind: 'ignored', why });

/** `payload` is what the account, the puppet and the sender's contact card say of one message. */
export function read(payload: unknown): Read {
  const parsed = Envelope.safeParse(payload);
  if (!parsed.success) return ignored('unreadable');
  const envelope = parsed.data;
  const { message, us, talker } = envelope;
  if (message.talkerId === us.id) return ignored('own');
  // What somebody else of our house wrote to a customer is no message to us, whoever we are taken for.
  if (!message.roomId && message.listenerId && message.listenerId !== us.id) return ignored('not for us');
  if (talker.type === OFFICIAL_ACCOUNT || PLATFORM.has(message.talkerId)) return ignored('not a person');
  const mentioned = !message.roomId || isMentioned(message.text ?? '', message.mentionIdList ?? [], us);
  if (!mentioned) return ignored('not mentioned');
  return heard(envelope);
}

function heard(envelope: Envelope): Read {
  const { message, place, link } = envelope;
  const kind = (TYPES as Readonly<Record<number, Kind | undefined>>)[message.type];
  if (kind === undefined) return ignored('no message');
  const file = FILES[kind];
  if (file !== undefined) return fileOf(envelope, kind, file);
  if (kind === 'text') return wordsOf(envelope);
  if (kind === 'location' && place) {
    const { latitude, longitude, name, address } = place;
    const label = [name, address].filter(Boolean).join(' ');
    return { kind: 'heard', envelope, content: { kind: 'location', latitude, longitude, ...(label && { label }) } };
  }
  const linked = kind === 'url' && link ? [link.title, link.url].filter(Boolean).join(' ') : '';
  return { kind: 'heard', envelope, content: { kind: 'text', text: linked || WORDS[kind] || '[其他消息]' } };
}

function wordsOf(envelope: Envelope): Read {
  const { text = '', roomId } = envelope.message;
  const said = roomId ? withoutMention(text, envelope.us) : text.trim();
  // Only our name was called.
  if (said === '') return roomId ? { kind: 'heard', envelope, content: { kind: 'hello' } } : ignored('no message');
  return { kind: 'heard', envelope, content: { kind: 'text', text: said } };
}

function fileOf(envelope: Envelope, kind: Kind, usual: string): Read {
  const { filename, text } = envelope.message;
  // Some gateways put what was said beside a voice, others its XML.
  const transcript = kind === 'audio' && text && !text.trimStart().startsWith('<') ? text.trim() : undefined;
  return { kind: 'file', envelope, name: filename ?? usual, ...(transcript && { transcript }) };
}

/** Seconds or milliseconds, as the gateway likes. */
const instant = (timestamp: number): number => (timestamp < 1e11 ? timestamp * 1000 : timestamp);

export function inboundOf({ account, message, talker }: Envelope, content: Content): Inbound {
  const { id, talkerId: user, roomId: thread } = message;
  return {
    id,
    from: { channel: 'wechat', account, user, ...(thread !== undefined && { thread }) },
    at: instant(message.timestamp),
    ...(talker.name && { name: talker.name.slice(0, 100) }),
    content,
  };
}

export const withFile = (file: Extract<Read, { kind: 'file' }>, attachment: Attachment): Content => ({
  kind: kindOf(attachment.type),
  attachment,
  ...(file.transcript && { transcript: file.transcript }),
});

/** For a payload whose file, if it is one, was kept already. */
export function decode(payload: unknown): readonly Inbound[] {
  const found = read(payload);
  if (found.kind === 'heard') return [inboundOf(found.envelope, found.content)];
  const attachment = found.kind === 'file' ? found.envelope.attachment : null;
  return found.kind === 'file' && attachment ? [inboundOf(found.envelope, withFile(found, attachment))] : [];
}
