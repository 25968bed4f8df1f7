/** The channel between real servers: two mailboxes, one post office, everything else in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accept } from '../../../adapters/channel';
import { createEmail, type Email } from '../../../adapters/email';
import type { EmailAccount, EmailOptions, Patience, Secure, TicketRef } from '../../../adapters/email/options';
import type { Address } from '../../../dialogs/vocabulary';
import { createFiles } from '../../../src/files/files';
import { type Mailbox, openMailbox, PASSWORD, USER } from '../../support/email/mailbox';
import { openPostOffice, type PostOffice } from '../../support/email/postOffice';
import { type MemoryNotebook, memoryNotebook } from '../../support/memoryNotebook';
import { until } from '../../support/until';

export const ACCOUNTS = ['help', 'second'] as const;
export const AUTHSERV = 'mx.school.example';
export const addressOf = (account: string): string => `${account}@school.example`;

/** A test that is slow puts no mail aside. */
const STORE_MS = Array.from({ length: 200 }, () => 20);

type Change = Omit<Partial<EmailOptions>, 'patience'> & Readonly<{ patience?: Partial<Patience> }>;
export type Returned = Readonly<{ key: string; customer: Address; reason: string }>;
export type Aside = Parameters<EmailOptions['putAside']>[0];
export type EmailRig = Readonly<{
  email: Email;
  mailboxes: Readonly<Record<string, Mailbox>>;
  office: PostOffice;
  notebook: MemoryNotebook;
  tickets: TicketRef[];
  returned: Returned[];
  /** Mails that belong to no conversation and of which the desk was told. */
  aside: Aside[];
  /** How often storing was tried in vain. */
  refused(): number;
  /** Delivers, and waits until the channel has made up its mind; true when the mail is marked as seen. */
  deliver(raw: Buffer | string, account?: string): Promise<boolean>;
  box(account?: string): Mailbox;
  accounts: readonly EmailAccount[];
  options: EmailOptions;
  stop(): Promise<void>;
  close(): Promise<void>;
}>;

export async function openRig(accept: Accept, change: Change = {}, first?: Mailbox, secure: Secure = false): Promise<EmailRig> {
  const dir = await mkdtemp(join(tmpdir(), 'qiao-email-'));
  const office = await openPostOffice();
  const mailboxes: Record<string, Mailbox> = {};
  for (const account of ACCOUNTS) mailboxes[account] = account === ACCOUNTS[0] && first ? first : await openMailbox();
  const notebook = memoryNotebook();
  const tickets: TicketRef[] = [];
  const returned: Returned[] = [];
  const aside: Aside[] = [];
  let refused = 0;
  let stopped = false;
  const box = (account: string = ACCOUNTS[0]): Mailbox => mailboxes[account] ?? fail(`no mailbox ${account}`);

  const accountOf = (account: string): EmailAccount => ({
    account,
    address: addressOf(account),
    authserv: AUTHSERV,
    imap: {
      host: '127.0.0.1',
      port: box(account).port,
      secure: account === ACCOUNTS[0] ? secure : false,
      user: USER,
      password: PASSWORD,
      folder: 'INBOX',
    },
    smtp: { host: '127.0.0.1', port: office.port, secure: false },
  });
  const accounts = ACCOUNTS.map(accountOf);
  const options: EmailOptions = {
    accounts,
    brand: '家校互动服务台',
    secret: 'a secret for message ids',
    worker: 'one',
    notebook,
    files: createFiles({ dir, secret: 'a secret for links' }),
    tickets: {
      get: async (number) => tickets.find((one) => one.number === number) ?? null,
      of: async ({ user, account }) => tickets.filter(({ customer }) => customer.user === user && customer.account === account),
    },
    undelivered: async (key, customer, reason) => void returned.push({ key, customer, reason }),
    putAside: async (mail) => void aside.push(mail),
    log: { info: () => undefined, warn: () => undefined },
    ...change,
    patience: { leaseMs: 3_000, pollMs: 500, retryMs: [10, 20], storeMs: STORE_MS, answerMs: 5_000, restMs: 20, ...change.patience },
  };
  const email = createEmail(options);
  const halt = await email.start(async (message, request) => {
    try {
      return await accept(message, request);
    } catch (error) {
      refused += 1;
      throw error;
    }
  });
  const decided = (account: string): number =>
    Object.values(email.health().mailboxes.find((one) => one.account === account)?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  // Before its first look a mailbox was never read: what is delivered then would be history.
  for (const account of secure === false ? ACCOUNTS : ACCOUNTS.slice(1))
    await until(() => notebook.notes.has(`cursor:${account}`), `${account} is read`);

  return {
    email,
    accounts,
    options,
    mailboxes,
    office,
    notebook,
    tickets,
    returned,
    aside,
    refused: () => refused,
    box,
    async deliver(raw, account = ACCOUNTS[0]) {
      const before = { decided: decided(account), refused };
      const uid = box(account).deliver(raw);
      if (stopped) return false;
      await until(() => refused > before.refused || decided(account) > before.decided, 'the mail was looked at');
      if (refused > before.refused) return box(account).isSeen(uid);
      // Marks are set a whole batch at a time, and the cursor after them.
      await until(
        () => JSON.stringify(notebook.notes.get(`cursor:${account}`)?.value ?? '').includes(`"lastUid":${uid},`),
        'it was marked',
      );
      return box(account).isSeen(uid);
    },
    async stop() {
      await halt();
      stopped = true;
    },
    async close() {
      await halt();
      await office.close();
      for (const one of Object.values(mailboxes)) await one.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const fail = (message: string): never => {
  throw new Error(message);
};
