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

/** `send_time` in seconds. Of its parts only that of its `msgtype` is there. */
export const Item = z.looseObject({
  msgid: z.string().min(1),
  msgtype: z.string().min(1),
  send_time: z.number(),
  origin: z.number(),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  servicer_userid: z.string().optional(),
  text: z.object({ content: z.string(), menu_id: z.string().optional() }).optional(),
  image: media.optional(),
  voice: media.optional(),
  video: media.optional(),
  file: media.optional(),
  location: z
    .object({ latitude: z.number(), longitude: z.number(), name: z.string().optional(), address: z.string().optional() })
    .optional(),
  link: z.object({ title: z.string().optional(), desc: z.string().optional(), url: z.string().optional() }).optional(),
  miniprogram: z.object({ title: z.string().optional() }).optional(),
  event: Event.optional(),
});
export type Item = z.infer<typeof Item>;

/** What cannot be read is left out: the platform adds kinds as it likes, and one of them must not hold up the others. */
export const Page = z.looseObject({
  next_cursor: z.string().default(''),
  has_more: z.number().default(0),
  msg_list: z
    .array(z.unknown())
    .default([])
    .transform((list) => list.flatMap((one) => Item.safeParse(one).data ?? [])),
});

/** The customer an item is about: events name them inside. */
export const customerOf = ({ external_userid, event }: Item): string | undefined => external_userid ?? event?.external_userid;
