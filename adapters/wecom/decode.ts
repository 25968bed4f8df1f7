/** One item of kf/sync_msg → what the customer said. Pure. */
import { z } from 'zod';
import type { Attachment, Content, Inbound } from '../../dialogs/vocabulary';
import { kindOf } from '../files';
import { customerOf, Item, ORIGIN } from './item';

/** Ids of greetings' occasions begin so: what is said to them may go unsaid. */
const WELCOME = 'welcome-';
/** Whether a reply with this key greets somebody who has said nothing yet. */
export const greets = (key: string): boolean => key.split(':').some((part) => part.startsWith(WELCOME));

/** `kept` is the file of a message that brings one; without it the desk learns only that there was one. `thread` as in Address. */
const Payload = z.object({
  account: z.string(),
  thread: z.string().optional(),
  item: Item,
  kept: z.custom<Attachment>((value) => typeof value === 'object' && value !== null).optional(),
  lost: z.string().optional(),
});

const media = { image: '图片', voice: '语音', video: '视频', file: '文件' } as const;
export type MediaKind = keyof typeof media;

/** The kind and id of the file a message brings, null when it brings none. */
export function mediaOf(item: Item): Readonly<{ kind: MediaKind; id: string }> | null {
  for (const kind of Object.keys(media) as MediaKind[]) {
    const id = item[kind]?.media_id;
    if (item.msgtype === kind && id !== undefined) return { kind, id };
  }
  return null;
}

const lostFile = (kind: MediaKind, why: string | undefined): Attachment => ({
  name: `${media[kind]}（${why ?? '未能保存'}）`,
  url: '',
  type: 'application/octet-stream',
  size: 0,
});

export function decode(payload: unknown): readonly Inbound[] {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return [];
  const { account, thread, item, kept, lost } = parsed.data;
  const user = customerOf(item);
  const content = contentOf(item, kept, lost);
  if (user === undefined || content === null) return [];
  const from = { channel: 'wecom' as const, account, user, ...(thread !== undefined && { thread }) };
  const id = content.kind === 'hello' ? `${WELCOME}${item.msgid}` : item.msgid;
  return [{ id, from, at: item.send_time * 1_000, content }];
}

function contentOf(item: Item, kept: Attachment | undefined, lost: string | undefined): Content | null {
  // Without its code a greeting cannot be sent, and the customer was greeted or answered in the last two days.
  if (item.event) return item.event.event_type === 'enter_session' && item.event.welcome_code ? { kind: 'hello' } : null;
  if (item.origin !== ORIGIN.customer) return null;
  const file = mediaOf(item);
  if (file) return kept ? { kind: kindOf(kept.type), attachment: kept } : { kind: 'file', attachment: lostFile(file.kind, lost) };
  const { text, location, link, miniprogram } = item;
  if (text?.menu_id) return { kind: 'choice', value: text.menu_id, label: text.content };
  if (text) return text.content.trim() ? { kind: 'text', text: text.content } : null;
  if (location) {
    const label = [location.name, location.address].filter(Boolean).join(' ');
    return { kind: 'location', latitude: location.latitude, longitude: location.longitude, ...(label && { label }) };
  }
  if (link) return { kind: 'text', text: [link.title, link.url].filter(Boolean).join('\n') || '［链接］' };
  if (miniprogram) return { kind: 'text', text: `［小程序］${miniprogram.title ?? ''}` };
  // Said all the same: a person who reads it can ask.
  return { kind: 'text', text: `［暂不支持的消息类型：${item.msgtype}］` };
}
