/** A reply with all that makes it an answer in its thread: subject, references, sender, and the marks that keep machines from answering. Pure. */
import type { Reply } from '../../dialogs/vocabulary';
import { html, type MailBody } from './encode';
import type { Left } from './letter';
import type { Answering } from './threads';
import { bareSubject } from './words';

const REFERENCES_AT_MOST = 15;

export type Composed = Readonly<{
  subject: string;
  text: string;
  html: string;
  inReplyTo?: string;
  references?: readonly string[];
  headers: Readonly<Record<string, string>>;
}>;

/** Whether the desk itself speaks. Agents' words carry their name. */
export const isBot = (reply: Reply): boolean => !('from' in reply && reply.from !== undefined);

const refusedLines = (owed: readonly Left[]): readonly string[] =>
  owed.length === 0 ? [] : ['', '以下附件我们没有收到：', ...owed.map(({ name, why }) => `· ${name}：${why}`)];

function footer(reply: Reply, brand: string): string {
  const person = 'from' in reply ? reply.from : undefined;
  return person === undefined ? `${brand}（自动回复）\n直接回复这封邮件就可以继续；要找人工，请回信写「转人工」。` : `${person}\n${brand}`;
}

export function compose(
  reply: Reply,
  body: MailBody,
  { mail, ticket }: Answering,
  { brand, owed }: Readonly<{ brand: string; owed: readonly Left[] }>,
): Composed {
  const text = [body.text, ...refusedLines(owed), '', '-- ', footer(reply, brand)].join('\n');
  const about = bareSubject(mail?.subject ?? '');
  const subject = [mail ? `Re: ${about || brand}` : brand, ...(ticket ? [`[T-${ticket.number}]`] : [])].join(' ');
  // A mail without a Message-ID cannot be referred to.
  const inReplyTo = mail?.messageId ? `<${mail.messageId}>` : undefined;
  const references = [...(mail?.references ?? []).map((id) => `<${id}>`), ...(inReplyTo ? [inReplyTo] : [])].slice(-REFERENCES_AT_MOST);
  return {
    subject,
    text,
    html: html(text.replace('\n-- \n', '\n\n')),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(references.length > 0 && { references }),
    headers: {
      ...(isBot(reply) && { 'Auto-Submitted': 'auto-replied' }),
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
  };
}
