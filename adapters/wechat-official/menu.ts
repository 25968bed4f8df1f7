/** The menu under an account's chat: checked here, so that what is wrong is said by its place, and pushed to the platform. */
import { z } from 'zod';
import type { Fetch } from '../tencentApi';
import { createPassingLine } from './line';
import type { Account } from './options';

const most = (bytes: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= bytes, `use at most ${bytes} bytes; a Chinese character is 3`);
const key = most(128);
const action = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.enum(['click', 'scancode_push', 'scancode_waitmsg', 'pic_sysphoto', 'pic_photo_or_album', 'pic_weixin', 'location_select']),
    key,
  }),
  z.looseObject({ type: z.literal('view'), url: most(1024) }),
  z.looseObject({ type: z.literal('miniprogram'), url: most(1024), appid: most(64), pagepath: most(1024) }),
  z.looseObject({ type: z.enum(['media_id', 'view_limited', 'article_id', 'article_view_limited']) }),
]);
const sub = z.intersection(z.object({ name: most(60) }), action);
const folder = z.strictObject({ name: most(16), sub_button: z.array(sub).min(1).max(5) });
const Menu = z.strictObject({
  button: z
    .array(z.union([folder, z.intersection(z.object({ name: most(16) }), action)], 'use a button with a type, or a name with sub_button'))
    .min(1)
    .max(3),
});
export type Menu = z.infer<typeof Menu>;

export type ReadMenu = Readonly<{ kind: 'menu'; menu: Menu }> | Readonly<{ kind: 'refused'; problems: readonly string[] }>;

/** What a menu file says, or what to mend in it, each by its place. */
export function readMenu(json: unknown): ReadMenu {
  const parsed = Menu.safeParse(json);
  if (parsed.success) return { kind: 'menu', menu: parsed.data };
  return {
    kind: 'refused',
    problems: parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')),
  };
}

/** Replaces the menu. Throws TencentError with the platform's words, or ChannelError when it does not answer. */
export async function pushMenu(account: Account, menu: Menu, fetch: Fetch = globalThis.fetch): Promise<void> {
  await createPassingLine(account, fetch).api.post('/cgi-bin/menu/create', menu);
}
