/** Mail as a channel: customers write to a mailbox, the desk answers in their thread. IMAP brings mails in, SMTP takes them out. */
import type { Channel } from '../channel';
import { createPutAside } from './aside';
import { decode } from './decode';
import { encode, LIMITS, type MailBody } from './encode';
import { createNames } from './ids';
import { type EmailOptions, PATIENCE } from './options';
import { createPeople } from './person';
import { type ReaderHealth, startReader } from './reader';
import { createSender } from './send';
import { createMailer } from './smtp';
import { createTake } from './take';

const ANSWERS_PER_HOUR = 20;

export type EmailHealth = Readonly<{ mailboxes: readonly ReaderHealth[] }>;
export type Email = Omit<Channel<MailBody>, 'health'> & { health(): EmailHealth };

export function createEmail(options: EmailOptions): Email {
  const now = options.now ?? Date.now;
  const patience = { ...PATIENCE, ...options.patience };
  const names = createNames(options.secret);
  const answersPerHour = options.answersPerHour ?? ANSWERS_PER_HOUR;
  const people = createPeople(options.notebook, answersPerHour);
  const mailers = new Map(options.accounts.map((account) => [account.account, createMailer(account, patience)]));
  let readers: readonly ReturnType<typeof startReader>[] = [];
  return {
    name: 'email',
    limits: LIMITS,
    decode,
    encode,
    send: createSender(options, { names, people, mailers, now, answersPerHour }),
    async start(accept) {
      // A mail server that is away holds nobody up: it is tried until it is back.
      const started = options.accounts.map((account) => {
        const take = createTake(options, account, { names, people });
        const putAside = createPutAside(options, account, { names, people });
        return startReader({ options, account, patience, take, putAside, accept, now });
      });
      readers = started;
      return async () => {
        await Promise.all(started.map(({ stop }) => stop()));
        for (const mailer of mailers.values()) mailer.rest();
      };
    },
    health: () => ({ mailboxes: readers.map(({ health }) => health()) }),
  };
}
