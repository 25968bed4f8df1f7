/** How mails are named: ours so that an answer to them proves whom they were sent to, theirs so that a redelivery is recognised. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createSigner } from '../signature';
import type { Letter } from './letter';

export type Names = Readonly<{
  /** The Message-ID, without brackets, of what is said to `address` under an effect's key, in a thread: the same for the same key. */
  ours(sent: Readonly<{ account: string; address: string; thread: string; key: string }>, domain: string): string;
  /** What a reference to one of ours says; null when it is none, or was sent to somebody else. */
  read(reference: string, account: string, address: string): Readonly<{ thread: string; effect: string }> | null;
  /** Every Message-ID in a text that looks like one of ours. */
  within(text: string): readonly string[];
}>;

const SHAPE = /^qiao\.([a-p]{16})\.([a-p]{24})\.([0-9a-f]{32})@/;
const ANYWHERE = /qiao\.[a-p]{16}\.[a-p]{24}\.[0-9a-f]{32}@[\w.-]+/g;

/** Letters only: seven digits in a row are a telephone number to whoever masks a log, and an id must stay whole there. */
const digest = (text: string, length: number): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
    .slice(0, length);

/** The part of our Message-ID that stands for an effect. */
export const effectMark = (key: string): string => digest(key, 24);

export function createNames(secret: string): Names {
  const signer = createSigner(secret, 'email message-id');
  // No capitals, for there are servers that do not keep capitals.
  const mark = (account: string, address: string, thread: string, effect: string): string =>
    Buffer.from(signer.sign([account, address, thread, effect].join('\n')), 'base64url')
      .toString('hex')
      .slice(0, 32);
  return {
    ours({ account, address, thread, key }, domain) {
      const effect = effectMark(key);
      return `qiao.${thread}.${effect}.${mark(account, address, thread, effect)}@${domain}`;
    },
    read(reference, account, address) {
      const [, thread = '', effect = '', given = ''] = SHAPE.exec(reference.toLowerCase()) ?? [];
      return given !== '' && sameText(given, mark(account, address, thread, effect)) ? { thread, effect } : null;
    },
    within: (text) => [...new Set(text.match(ANYWHERE) ?? [])],
  };
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export const mailIdOf = (sender: string, messageId: string): string => digest(`${sender}\n${messageId}`, 32);

/**
 * The name of a mail in the log: its Message-ID and its sender, so that nobody's mail ever passes for an edit of somebody else's; without a
 * Message-ID what it says. 32 letters, whatever a sender put into the header.
 */
export function mailId(letter: Letter): string {
  const { from, messageId, subject, text, html, enclosed } = letter;
  const sender = from?.address ?? '';
  if (messageId !== '') return mailIdOf(sender, messageId);
  const files = enclosed.map(({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`);
  return digest(['', sender, letter.header('date').join(), subject, text, html, ...files].join('\n'), 32);
}

/** A thread is named after the mail that began it, or after the ticket it is about. */
export const threadFrom = (name: string): string => digest(name, 16);

/** `[T-20261122-0007]` in a subject. */
const TICKET = /\[\s*T-(\d{8}-\d{4,})\s*\]/gi;
export const ticketsIn = (subject: string): readonly string[] => [...subject.matchAll(TICKET)].map(([, number = '']) => number);
export const withoutTickets = (subject: string): string => subject.replace(TICKET, ' ').replace(/\s+/g, ' ').trim();
