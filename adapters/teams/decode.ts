/** One activity → what it means to the desk. Pure. */
import { z } from 'zod';
import type { Address, Attachment, Content, Inbound, Locale } from '../../dialogs/vocabulary';
import { kindOf } from '../files';
import { Activity, isGroup, nameOf, type Party, type Shared, TEAMS, TEAMS_FILE } from './activity';
import { isAddressed, wordsOf } from './mention';
import { submitted } from './submitted';

/** What the door hands over: the account of the path, what was posted, and when it came. */
const Payload = z.object({ account: z.string(), receivedAt: z.number(), activity: Activity });
export type Payload = z.infer<typeof Payload>;

/** What one customer did; `shared` are files that still lie at the platform. */
export type Heard = Readonly<{ by: Party; id: string; content: Content | null; shared: readonly Shared[] }>;

const MINUTE = 60_000;

/** An activity's id is unique in its conversation only: Teams counts in milliseconds. */
const idOf = ({ channelId, conversation }: Activity, part: string): string => `${channelId}|${conversation.id}|${part}`;

/**
 * Who speaks. In Teams a person has one chat with the desk. Elsewhere (Web Chat, Emulator) a person's id is what their browser says it is, and
 * only the conversation is theirs alone; so it is part of the address, as it is in groups.
 */
export function addressOf(account: string, activity: Activity, by: Party): Address {
  const alone = activity.channelId === TEAMS && !isGroup(activity);
  return { channel: 'teams', account, user: by.id, ...(!alone && { thread: activity.conversation.id }) };
}

/** Welcomes whoever comes into a chat of two; in a group nobody asked for it. */
function arrivals(activity: Activity): readonly Heard[] {
  const { recipient, from, membersAdded = [], channelId, type } = activity;
  if (isGroup(activity)) return [];
  const people = membersAdded.filter(({ id }) => id !== recipient?.id);
  // Whoever installs the app in Teams is told of as the one who did it, beside the bot that was added.
  const installed = channelId === TEAMS && (type === 'installationUpdate' ? activity.action === 'add' : membersAdded.length > 0);
  const come = people.length > 0 || !installed || from.id === recipient?.id ? people : [from];
  return come.map((by) => ({ by, id: idOf(activity, `hello|${by.id}`), content: { kind: 'hello' }, shared: [] }));
}

/** Rich text and what it quotes come a second time as attachments; cards are none of a customer's files. */
const isFile = ({ contentType, contentUrl }: Shared): boolean =>
  contentType === TEAMS_FILE ||
  (contentUrl !== undefined && !/^(text\/html|messageReference|application\/vnd\.microsoft\.(teams\.)?card\..*)$/.test(contentType));

function said(activity: Activity): readonly Heard[] {
  const { from: by, id, value, attachments = [] } = activity;
  if (id === undefined) return [];
  const heard = { by, id: idOf(activity, id) };
  const answer = submitted(value, by.id);
  if (answer) return [{ ...heard, content: answer, shared: [] }];
  if (!isAddressed(activity)) return [];
  const text = wordsOf(activity);
  const shared = attachments.filter(isFile);
  if (text) return [{ ...heard, content: { kind: 'text', text }, shared }];
  if (shared.length > 0) return [{ ...heard, content: null, shared }];
  // Nothing but the desk's name: somebody wants to know what it can do.
  return isGroup(activity) ? [{ ...heard, content: { kind: 'hello' }, shared }] : [];
}

/** Who did what; nothing for what asks nothing of a desk: typing, reactions, deletions, other bots' events. */
export function heardIn(activity: Activity): readonly Heard[] {
  switch (activity.type) {
    case 'message':
    // An edit has the id of what it edits; the log keeps it as that.
    case 'messageUpdate':
      return said(activity);
    case 'conversationUpdate':
    case 'installationUpdate':
      return arrivals(activity);
    default:
      return [];
  }
}

function localeOf(locale: string | undefined): Locale | undefined {
  const language = locale?.slice(0, 2).toLowerCase();
  return language === 'zh' || language === 'en' ? language : undefined;
}

/** A clock of theirs that runs ahead would put the message after its answer. */
function atOf({ timestamp }: Activity, receivedAt: number): number {
  const told = Date.parse(timestamp ?? '');
  return told > receivedAt - 60 * MINUTE && told <= receivedAt ? told : receivedAt;
}

/** The messages of one thing heard: the words, then each file as a part of them. */
export function messagesOf({ account, receivedAt, activity }: Payload, heard: Heard, files: readonly Attachment[]): readonly Inbound[] {
  const contents: Content[] = heard.content ? [heard.content] : [];
  for (const attachment of files) contents.push({ kind: kindOf(attachment.type), attachment });
  const locale = localeOf(activity.locale);
  const name = heard.by.name?.trim().slice(0, 100);
  return contents.map((content, n) => ({
    id: n === 0 ? heard.id : `${heard.id}/${n}`,
    from: addressOf(account, activity, heard.by),
    at: atOf(activity, receivedAt),
    ...(locale && { locale }),
    ...(name && { name }),
    content,
    ...(n > 0 && { part: true as const }),
  }));
}

/** A file that was not fetched: where it lies at the platform, without the key that may be in its address. */
export function unfetched(shared: Shared): Attachment {
  const url = shared.contentUrl !== undefined && URL.canParse(shared.contentUrl) ? new URL(shared.contentUrl) : null;
  const plain = url && /^https?:$/.test(url.protocol) ? `${url.origin}${url.pathname}` : '';
  return { name: nameOf(shared), url: plain, type: shared.contentType, size: 0 };
}

/** What `Channel.decode` promises; files are named and stay where they are. */
export function decode(payload: unknown): readonly Inbound[] {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return [];
  return heardIn(parsed.data.activity).flatMap((heard) => messagesOf(parsed.data, heard, heard.shared.map(unfetched)));
}
