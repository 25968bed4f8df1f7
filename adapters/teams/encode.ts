/** A reply → the activities that say it, within what the channel shows. Pure. */
import type { Option, Reply } from '../../dialogs/vocabulary';
import type { Limits } from '../channel';
import { isShown } from '../files';
import { bytes, fitReply, plainTexts } from '../limits';
import { CARD, type Card, choiceCard, fileCard, formCard, literal, readBackCard } from './card';

/** A bubble longer than this nobody reads; Teams shows six buttons and no more. */
export const LIMITS: Limits = { textLength: 4000, options: 6 };
/** A message with more is refused by some clients; beyond it the words go alone. */
export const CARD_BYTES = 28 * 1024;
/** What the list of chats and a notification show of a card. */
const SUMMARY = 120;

type Attached = Readonly<{ contentType: string; content?: Card; contentUrl?: string; name?: string }>;
type Suggested = Readonly<{ actions: readonly Readonly<{ type: 'imBack'; title: string; value: string }>[] }>;
/** What is sent, without its address. */
export type Said = Readonly<{
  type: 'message';
  text?: string;
  textFormat?: 'plain' | 'markdown';
  summary?: string;
  attachments?: readonly Attached[];
  suggestedActions?: Suggested;
  entities?: readonly object[];
}>;

/** Where it is said: in a chat of two, or in a group to one person of it. */
export type Place = Readonly<{ to?: Readonly<{ id: string; name?: string | undefined }> }>;

const summaryOf = (text: string): string => [...text.replace(/\s+/g, ' ')].slice(0, SUMMARY).join('');
const plain = (text: string): Said => ({ type: 'message', text, textFormat: 'plain' });
const withCard = (content: Card, text: string): Said => ({
  type: 'message',
  summary: summaryOf(text),
  attachments: [{ contentType: CARD, content }],
});

/** Suggested actions go away once one is pressed; groups do not show them. */
function withChoices(text: string, options: readonly Option[], { to }: Place): Said {
  if (options.length === 0) return plain(text);
  if (to) return withCard(choiceCard(text, options, to.id), text);
  // Pressing one says its label, which the desk understands as the button.
  return { ...plain(text), suggestedActions: { actions: options.map(({ label }) => ({ type: 'imBack', title: label, value: label })) } };
}

function one(reply: Reply, place: Place): readonly Said[] {
  switch (reply.kind) {
    case 'text':
      return reply.text ? [withChoices(named(reply), reply.options ?? [], place)] : [];
    case 'choices':
      return [withChoices(reply.text, reply.options, place)];
    case 'form':
      return within(withCard(formCard(reply, place.to?.id), reply.text), reply);
    case 'card':
      return within(withCard(readBackCard(reply, place.to?.id), reply.text), reply);
    case 'file':
      return [fileOf(reply)];
  }
}

/** A card too large for a message is said in words. */
const within = (said: Said, reply: Reply): readonly Said[] =>
  bytes(JSON.stringify(said)) <= CARD_BYTES ? [said] : plainTexts(reply, LIMITS).map(plain);

/** Whose words they are, when an agent's. */
const named = ({ text, from }: Extract<Reply, { kind: 'text' }>): string => (from === undefined ? text : `${from}：${text}`);

function fileOf({ text, attachment: { name, type, url }, from }: Extract<Reply, { kind: 'file' }>): Said {
  const words = `${from}：${text}`;
  if (isShown(type)) return { ...plain(words), attachments: [{ contentType: type, contentUrl: url, name }] };
  return withCard(fileCard(words, url), words);
}

/** In a group the first of them calls the one it is for by name, so that they hear it ring. */
function called([first, ...rest]: readonly Said[], to: NonNullable<Place['to']>): readonly Said[] {
  if (!first) return [];
  const name = (to.name ?? '').replace(/[<>&]/g, '').trim() || '您';
  const text = `<at>${name}</at>`;
  const mention = { type: 'mention', text, mentioned: { id: to.id, name } };
  // A mention needs Markdown, in which a line break is two.
  const words = first.text === undefined ? '' : ` ${literal(first.text).replace(/\n+/g, '\n\n')}`;
  return [{ ...first, text: `${text}${words}`, textFormat: 'markdown', entities: [mention] }, ...rest];
}

export function encode(reply: Reply, place: Place = {}): readonly Said[] {
  const said = fitReply(reply, LIMITS).flatMap((part) => one(part, place));
  return place.to ? called(said, place.to) : said;
}
