/** One message or event of the platform → what the customer said. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Content, Inbound, Instant } from '../../dialogs/vocabulary';
import type { Opens } from './standing';

const id = z.string().min(1).max(128);
const words = z.string().default('');
const Fields = z.object({
  ToUserName: id,
  FromUserName: id,
  CreateTime: z.string().regex(/^\d{1,12}$/),
  MsgType: z.string().min(1).max(32),
  MsgId: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
  Content: words,
  MediaId: words,
  Recognition: words,
  Location_X: words,
  Location_Y: words,
  Label: words,
  Title: words,
  Description: words,
  Url: words,
  Event: words,
  EventKey: words,
  Status: words,
  ScanCodeInfo: z.object({ ScanResult: words }).optional(),
});
type Fields = z.infer<typeof Fields>;
/** What the signed door hands over: our name of the account, when it came, and the fields of its XML. */
const Payload = z.object({ account: z.string(), receivedAt: z.number(), fields: Fields });

export type MediaKind = 'image' | 'voice' | 'video';
/** A file that is still with the platform, which keeps it for three days. */
export type Media = Readonly<{ kind: MediaKind; mediaId: string; transcript?: string }>;
/** What came: `inbound` is null when the customer said nothing by it. `ours` is the account's own name, which answers carry. */
export type Heard = Readonly<{
  id: string;
  user: string;
  ours: string;
  opens: Opens | null;
  leaves: boolean;
  inbound: Inbound | null;
  media: Media | null;
  /** Worth a line in the log: nothing else is made of it. */
  remark?: string;
}>;

const mediaNames: Readonly<Record<MediaKind, string>> = { image: '图片', voice: '语音', video: '视频' };
const mediaTypes: Readonly<Record<MediaKind, string>> = { image: 'image/jpeg', voice: 'audio/amr', video: 'video/mp4' };

export const mediaName = (kind: MediaKind): string => mediaNames[kind];

/** A file as the log has it while it is with the platform. */
export function waiting({ kind, mediaId, transcript }: Media, name = `${mediaNames[kind]}（仍在微信服务器）`): Content {
  const attachment = { name, url: `wechat-official:${mediaId}`, type: mediaTypes[kind], size: 0 };
  return { kind: kind === 'video' ? 'file' : kind, attachment, ...(transcript && { transcript }) };
}

/** Null for anything that is no message of the platform. */
export function read(payload: unknown): Heard | null {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return null;
  const { account, receivedAt, fields } = parsed.data;
  const told = fields.MsgType === 'event' ? eventOf(fields) : messageOf(fields);
  const external = fields.MsgType !== 'event' && fields.MsgId !== undefined ? fields.MsgId : nameOf(fields);
  const at: Instant = Number(fields.CreateTime) * 1000 || receivedAt;
  const from = { channel: 'wechat-official', account, user: fields.FromUserName } as const;
  const { content, opens = null, leaves = false, media = null, remark } = told;
  return {
    id: external,
    user: fields.FromUserName,
    ours: fields.ToUserName,
    opens,
    leaves,
    inbound: content ? { id: external, from, at, content } : null,
    media,
    ...(remark !== undefined && { remark }),
  };
}

export function decode(payload: unknown): readonly Inbound[] {
  const inbound = read(payload)?.inbound;
  return inbound ? [inbound] : [];
}

type Told = Readonly<{ content?: Content; opens?: Opens; leaves?: true; media?: Media; remark?: string }>;

/** Events have no id: the platform's advice is the sender and the time, and which event it was (two may come in one second). */
function nameOf({ FromUserName, CreateTime, MsgType, Event, EventKey, Content, MediaId, ScanCodeInfo }: Fields): string {
  const parts = [FromUserName, CreateTime, MsgType, Event, EventKey, Content, MediaId, ScanCodeInfo?.ScanResult ?? ''];
  return `event-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}

const text = (said: string): Content => ({ kind: 'text', text: said });

function messageOf(fields: Fields): Told {
  const { MsgType, MediaId, Recognition, Title, Description, Url } = fields;
  const opens = 'message';
  switch (MsgType) {
    case 'text':
      return { opens, content: text(fields.Content) };
    case 'image':
    case 'voice':
    case 'video':
    case 'shortvideo': {
      const kind = MsgType === 'shortvideo' ? 'video' : MsgType;
      const media = { kind, mediaId: MediaId, ...(Recognition && { transcript: Recognition }) };
      return { opens, content: waiting(media), media };
    }
    case 'location': {
      const [latitude, longitude] = [Number(fields.Location_X), Number(fields.Location_Y)];
      return { opens, content: { kind: 'location', latitude, longitude, ...(fields.Label && { label: fields.Label }) } };
    }
    case 'link':
      return { opens, content: text([Title, Description, Url].filter(Boolean).join('\n')) };
    default:
      // A kind that came up after this was written is still a customer who waits for an answer.
      return { opens, content: text([`〔${MsgType}〕`, Title].filter(Boolean).join(' ')), remark: `a message of the kind ${MsgType}` };
  }
}

function eventOf({ Event, EventKey, ScanCodeInfo, Status }: Fields): Told {
  switch (Event.toLowerCase()) {
    case 'subscribe':
    case 'scan':
      return { opens: 'act', content: { kind: 'hello' } };
    case 'unsubscribe':
      return { leaves: true };
    case 'click':
      // The key of a button is what it says for the customer.
      return { opens: 'act', content: text(EventKey) };
    case 'scancode_push':
    case 'scancode_waitmsg':
      return { opens: 'act', content: text(ScanCodeInfo?.ScanResult || EventKey) };
    case 'templatesendjobfinish':
      return Status === 'success' ? {} : { remark: `a template message that ended with ${Status}` };
    default:
      // VIEW only opens a page, and the platform opens no window for it.
      return {};
  }
}
