/** What kf/sync_msg hands out, as far as it is read here: messages of customers and servicers, and events (developer.work.weixin.qq.com/document/path/94670). */
import { z } from 'zod';

/** Who sent it. */
export const ORIGIN = { customer: 3, system: 4, servicer: 5 } as const;

const media = z.object({ media_id: z.string().min(1) });
const Event = z.looseObject({
  event_type: z.string(),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  /** Only when a greeting may be sent with it: for 20 seconds, once. */
  welcome_code: z.string().optional(),
  fail_msgid: z.string().optional(),
  fail_type: z.number().optional(),
  recall_msgid: z.string().optional(),
  change_type: z.number().optional(),
  servicer_userid: z.string().optional(),
  new_servicer_userid: z.string().optional(),
});

/** A part that is not as the documentation has it counts as missing: what the customer sent is still told, as something that cannot be shown. */
const part = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

/** `send_time` in seconds. Of its parts only that of its `msgtype` is there. */
export const Item = z.looseObject({
  msgid: z.string().min(1),
  msgtype: z.string().min(1),
  send_time: z.number(),
  origin: z.number(),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  servicer_userid: part(z.string()),
  text: part(z.object({ content: z.string(), menu_id: part(z.string()) })),
  image: part(media),
  voice: part(media),
  video: part(media),
  file: part(media),
  location: part(z.object({ latitude: z.number(), longitude: z.number(), name: part(z.string()), address: part(z.string()) })),
  link: part(z.object({ title: part(z.string()), desc: part(z.string()), url: part(z.string()) })),
  miniprogram: part(z.object({ title: part(z.string()) })),
  event: part(Event),
});
export type Item = z.infer<typeof Item>;

/** What has not even a name and a sender is left out of a page: one item must not hold up the others. */
export const Page = z.looseObject({
  next_cursor: z.string().default(''),
  has_more: z.number().default(0),
  msg_list: z.array(z.unknown()).default([]),
});

/** The customer an item is about: events name them inside. */
export const customerOf = ({ external_userid, event }: Item): string | undefined => external_userid ?? event?.external_userid;
