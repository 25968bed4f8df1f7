/** Which thread a mail belongs to, and which mail an answer answers. A thread is its sender's own: what others quote of it opens nothing. */
import type { Address } from '../../dialogs/vocabulary';
import { type Names, threadFrom, ticketsIn } from './ids';
import type { Letter } from './letter';
import type { EmailOptions, TicketRef } from './options';
import type { Person, TheirMail } from './person';
import { bareSubject } from './words';

const FIRST_EVENT = /:\d+$/;
const DESK = /^desk:([^:]+):/;

/** The id of the mail that an effect came from; null when something else brought it about. */
export function mailOf(key: string, account: string): string | null {
  const event = key.replace(FIRST_EVENT, '');
  const prefix = `email:${account}:`;
  // Behind the sign are the parts of the mail, and what became of an edit.
  return event.startsWith(prefix) ? (/^[a-p]{32}/.exec(event.slice(prefix.length))?.[0] ?? null) : null;
}

/** The ticket an agent's act was about. */
export const ticketOf = (key: string): string | null => DESK.exec(key)?.[1] ?? null;

/** Ours before theirs, the newest reference first; then a ticket of this very sender named in the subject; else a thread of its own. */
export async function threadOf(
  letter: Letter,
  { account, id, address }: Readonly<{ account: string; id: string; address: string }>,
  person: Person,
  { names, tickets }: Readonly<{ names: Names; tickets: EmailOptions['tickets'] }>,
): Promise<string> {
  for (const reference of [letter.inReplyTo, ...letter.references.toReversed()]) {
    if (reference === '') continue;
    const ours = names.read(reference, account, address);
    if (ours) return ours.thread;
    const theirs = person.mails.find(({ messageId }) => messageId === reference);
    if (theirs) return theirs.thread;
  }
  for (const number of ticketsIn(letter.subject)) {
    const ticket = await tickets.get(number);
    const { channel, account: at, user } = ticket?.customer ?? {};
    if (ticket && channel === 'email' && at === account && user === address) return threadOfTicket(ticket, account, person);
  }
  return threadFrom(id);
}

/** That of the mail which led to it, or one of its own when a timer did or the mail is long forgotten. */
function threadOfTicket({ number, key }: TicketRef, account: string, { mails }: Person): string {
  const mail = mailOf(key, account);
  return mails.find(({ id }) => id === mail)?.thread ?? threadFrom(mail ?? number);
}

const REFERENCES_AT_MOST = 15;

/** What is remembered of a mail, so that answers find it. */
export function theirMail({ messageId, references, subject }: Letter, id: string, thread: string) {
  return { id, messageId, references: references.slice(-REFERENCES_AT_MOST), subject: bareSubject(subject), thread };
}

export type Answering = Readonly<{ thread: string; mail: TheirMail | null; ticket: TicketRef | null }>;

/**
 * What a mail of ours answers: the mail that brought it about; for an agent's words the latest mail of the ticket's thread; else the latest.
 * The ticket is the newest that came out of the thread.
 */
export function answering(key: string, to: Address, person: Person, tickets: readonly TicketRef[]): Answering {
  const { account } = to;
  const acted = tickets.find(({ number }) => number === ticketOf(key)) ?? null;
  const latest = (thread: string): TheirMail | null => person.mails.findLast((mail) => mail.thread === thread) ?? null;
  const mail =
    person.mails.find(({ id }) => id === mailOf(key, account)) ??
    (acted ? latest(threadOfTicket(acted, account, person)) : null) ??
    person.mails.at(-1) ??
    null;
  const thread = mail?.thread ?? threadFrom(acted?.number ?? key);
  const ticket = acted ?? tickets.find((one) => threadOfTicket(one, account, person) === thread) ?? null;
  return { thread, mail, ticket };
}
