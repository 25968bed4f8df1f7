/** How things of a conversation are named in the store. Names are the idempotency of the whole shell, so they stand in one place. */
import { hash } from 'node:crypto';
import type { Address, ChannelName, Content, TimerName } from '../../dialogs/vocabulary';

// A platform's own ids may hold our separators; escaped, two different addresses never share a name.
const plain = (part: string): string => part.replace(/[%:#;/!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** `<channel>:<account>:<user>[:<thread>]` */
export function conversationId({ channel, account, user, thread }: Address): string {
  const id = `${channel}:${plain(account)}:${plain(user)}`;
  return thread === undefined ? id : `${id}:${plain(thread)}`;
}

/** The address a conversation id was made of. */
export function addressOf(conversation: string): Address {
  const [channel = '', account = '', user = '', thread] = conversation.split(':').map(decodeURIComponent);
  // conversationId() is the only writer, so the first part is a channel's name.
  return { channel: channel as ChannelName, account, user, ...(thread !== undefined && { thread }) };
}

/** `<channel>:<account>:<external id>`: a redelivery has the same. */
export function messageId({ channel, account }: Address, external: string): string {
  return `${channel}:${plain(account)}:${plain(external)}`;
}

/** An edit keeps the name of what it revises and adds its content. */
export const revisionId = (message: string, hash: string): string => `${message}#${hash.slice(0, 16)}`;
/** An agent's act, named by the desk's own id for it. */
export const actId = (ticket: string, external: string): string => `desk:${plain(ticket)}:${plain(external)}`;
export const timerId = (conversation: string, timer: TimerName, at: number): string => `${conversation}/${timer}@${at}`;
export const effectId = (event: string, n: number): string => `${event}:${n}`;
/** The event an effect came from. */
export const eventOf = (effect: string): string => effect.slice(0, effect.lastIndexOf(':'));
/** What became of an agent's act: the first to say so is right, so all its effects share the name. */
export const outcomeId = (effect: string): string => `${eventOf(effect)}:sent`;
/** All effects of one event, as a range of ids. */
export const effectsOf = (event: string): Readonly<Record<string, string>> => ({ $gte: `${event}:`, $lt: `${event};` });

/** Two deliveries with the same hash say the same. */
export function hashOf(content: Content | object): string {
  return hash('sha256', JSON.stringify(content), 'base64url');
}
