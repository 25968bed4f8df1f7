/** A mail that cannot be stored: a person gets what can be told of it and why, and the mail itself stays where it is. */
import type { Accept } from '../channel';
import type { Fetched } from './fetch';
import { mailId, type Names } from './ids';
import type { Letter } from './letter';
import { unanswered } from './machine';
import type { EmailAccount, EmailOptions } from './options';
import type { People } from './person';
import { theirMail, threadOf } from './threads';
import { bareSubject, wordsOf } from './words';

/** Resolves once it is durable that the mail was put aside; the same again changes nothing. `why` in Chinese, for the people at the desk. */
export type PutAside = (fetched: Fetched, why: string, accept: Accept) => Promise<void>;

const WORDS_AT_MOST = 2_000;
const SUBJECT_AT_MOST = 80;
const WHY_AT_MOST = 200;

export function createPutAside(
  options: EmailOptions,
  account: EmailAccount,
  { names, people }: Readonly<{ names: Names; people: People }>,
): PutAside {
  const own = new Set(options.accounts.map(({ address }) => address.toLowerCase()));

  /** As one that answers may go under. */
  async function remember(letter: Letter, id: string, address: string): Promise<void> {
    const person = await people.of(account.account, address);
    if (person.mails.some((mail) => mail.id === id)) return;
    const thread = await threadOf(letter, { account: account.account, id, address }, person, { names, tickets: options.tickets });
    await people.amend(account.account, address, (before) => ({ ...before, mails: [...before.mails, theirMail(letter, id, thread)] }));
  }

  /** In the sender's own conversation: a person has it there with all that was said before. */
  async function asMessage(letter: Letter, at: number, why: string, accept: Accept): Promise<void> {
    const { from } = letter;
    if (from === null) throw new Error('a mail without a sender belongs to no conversation');
    const id = mailId(letter);
    // Without it the answer begins a thread of its own, which is no reason to give none.
    await remember(letter, id, from.address).catch(() => undefined);
    await accept({
      id: `${id}/aside`,
      from: { channel: 'email', account: account.account, user: from.address },
      at,
      ...(from.name !== '' && { name: from.name }),
      content: { kind: 'text', text: tellable(letter) },
      failed: `${why}；原信留在邮箱里，未读、有旗标`,
    });
  }

  async function asNotice({ letter, at, uid }: Fetched, why: string): Promise<void> {
    const { from = null, subject = '' } = letter ?? {};
    const id = letter ? mailId(letter) : `${at}-${uid}`;
    const about = [from && `发件人 ${from.address}`, subject && `主题「${subject.slice(0, SUBJECT_AT_MOST)}」`].filter(Boolean);
    await options.putAside({ account: account.account, id, why, about: about.join('，') });
  }

  return async (fetched, why, accept) => {
    const { letter, at } = fetched;
    const reason = why.slice(0, WHY_AT_MOST);
    if (letter?.from && unanswered(letter, own, account.authserv) === null) {
      try {
        return await asMessage(letter, at, reason, accept);
      } catch (error) {
        // Whether a store that is away for a moment has it nobody knows; it is told once more and under the same id.
        if (isPassing(error)) throw error;
      }
    }
    await asNotice(fetched, reason);
  };
}

const isPassing = (error: unknown): boolean => error instanceof Error && 'retryable' in error && error.retryable === true;

/** What of a mail can be shown without a file being kept. What stands in it may be why it failed. */
function tellable(letter: Letter): string {
  const files = letter.enclosed.map(({ name }) => `［附件未收下：${name || '未命名'}］`);
  const title = bareSubject(letter.subject);
  const words = attempt(() => wordsOf(letter, () => false)) ?? title;
  return [words.slice(0, WORDS_AT_MOST), ...files].filter((one) => one !== '').join('\n') || '［邮件未能收下］';
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
