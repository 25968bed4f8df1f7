/** Puts a kept file up as WeCom's temporary media, in the kind its limits allow (developer.work.weixin.qq.com/document/path/90253). */
import { z } from 'zod';
import type { Attachment } from '../../dialogs/vocabulary';
import type { TencentApi } from '../tencentApi';

const MB = 1024 * 1024;
type Kind = Readonly<{ msgtype: 'image' | 'voice' | 'video' | 'file'; types: RegExp; maxBytes: number }>;
/** The first that fits: what is no picture, voice or clip of WeCom's own kind goes as a file. */
const KINDS: readonly Kind[] = [
  { msgtype: 'image', types: /^image\/(jpeg|png)$/, maxBytes: 10 * MB },
  { msgtype: 'voice', types: /^audio\/amr$/, maxBytes: 2 * MB },
  { msgtype: 'video', types: /^video\/mp4$/, maxBytes: 10 * MB },
  { msgtype: 'file', types: /^/, maxBytes: 20 * MB },
];
/** Smaller than this is refused by the platform as empty. */
const LEAST_BYTES = 6;
const Uploaded = z.looseObject({ media_id: z.string().min(1) });

/** The message with the file; null when WeCom takes no such file. */
export async function upload(
  api: TencentApi,
  { name, type }: Attachment,
  bytes: Uint8Array,
): Promise<Readonly<{ msgtype: string }> | null> {
  const kind = KINDS.find(({ types, maxBytes }) => types.test(type) && bytes.length <= maxBytes);
  if (!kind || bytes.length < LEAST_BYTES) return null;
  const { media_id } = Uploaded.parse(await api.upload('/cgi-bin/media/upload', { type: kind.msgtype }, { name, type, bytes }));
  return { msgtype: kind.msgtype, [kind.msgtype]: { media_id } };
}
