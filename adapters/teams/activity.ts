/** What a Bot Framework channel posts, so far as the desk reads it: parsed once, from unknown. */
import { z } from 'zod';

/** Channels send null for what they leave out. */
const optional = <T extends z.ZodType>(shape: T) => shape.nullish().transform((value) => value ?? undefined);

const Party = z.object({ id: z.string().min(1).max(500), name: optional(z.string()) });
export type Party = z.infer<typeof Party>;

const Shared = z.object({
  contentType: z.string().max(200),
  contentUrl: optional(z.string().max(8000)),
  name: optional(z.string()),
  content: z.unknown().optional(),
});
/** A file of a message, where the platform keeps it. */
export type Shared = z.infer<typeof Shared>;

const Entity = z.looseObject({ type: z.string() });
const MENTION = z.object({ type: z.literal('mention'), mentioned: z.object({ id: z.string() }), text: optional(z.string()) });
export type Mention = z.infer<typeof MENTION>;

export const Activity = z.object({
  type: z.string().min(1).max(100),
  id: optional(z.string().min(1).max(500)),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1000),
  timestamp: optional(z.string()),
  locale: optional(z.string().max(50)),
  from: Party,
  recipient: optional(Party),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    conversationType: optional(z.string()),
    isGroup: optional(z.boolean()),
    tenantId: optional(z.string()),
  }),
  text: optional(z.string().max(100_000)),
  value: z.unknown().optional(),
  action: optional(z.string()),
  attachments: optional(z.array(Shared).max(50)),
  entities: optional(z.array(Entity).max(200)),
  membersAdded: optional(z.array(Party).max(1000)),
});
export type Activity = z.infer<typeof Activity>;

export const TEAMS = 'msteams';
/** A file sent in a Teams chat: it lies in SharePoint, and `content.downloadUrl` opens it for a few minutes. */
export const TEAMS_FILE = 'application/vnd.microsoft.teams.file.download.info';

export const nameOf = ({ name, contentType }: Shared): string =>
  name?.trim().slice(0, 100) || (contentType.startsWith('image/') ? '图片' : '附件');

/** A chat of several people, a team's channel or a meeting. */
export const isGroup = ({ conversation }: Activity): boolean =>
  conversation.isGroup === true || (conversation.conversationType !== undefined && conversation.conversationType !== 'personal');

export function mentionsOf({ entities = [] }: Activity): readonly Mention[] {
  return entities.flatMap((entity) => {
    const mention = MENTION.safeParse(entity);
    return mention.success ? [mention.data] : [];
  });
}
