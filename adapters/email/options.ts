/** What the e-mail channel is told from outside: its mailboxes, what it may ask of the desk, and how patient it is. */
import type { Address } from '../../dialogs/vocabulary';
import type { Files } from '../files';
import type { Notebook } from '../notebook';

/** `true`: TLS from the first byte. `starttls`: TLS is asked for and nothing is said without it. `false`: in the clear, for a server on this machine. */
export type Secure = boolean | 'starttls';
export type MailServer = Readonly<{ host: string; port: number; secure: Secure }>;

export type EmailAccount = Readonly<{
  account: string;
  /** The mailbox customers write to, and the sender of what we write. */
  address: string;
  /** Who it says it is from; the brand when there is none. */
  name?: string | undefined;
  imap: MailServer & Readonly<{ user: string; password: string; folder: string }>;
  smtp: MailServer & Readonly<{ user?: string | undefined; password?: string | undefined }>;
  /** The authserv-id (RFC 8601) under which this mailbox's own server writes what it found out about senders. */
  authserv?: string | undefined;
}>;

/** A ticket as this channel needs it: `key` is the effect that opened it. */
export type TicketRef = Readonly<{ number: string; key: string; customer: Address }>;

export type Log = Readonly<Record<'info' | 'warn', (fields: object, message: string) => void>>;

export type EmailOptions = Readonly<{
  accounts: readonly EmailAccount[];
  brand: string;
  /** Signs our Message-IDs, so that what refers to them proves whom they were sent to. */
  secret: string;
  /** Tells this process from others that serve the same mailboxes. */
  worker: string;
  notebook: Notebook;
  files: Pick<Files, 'keep' | 'read' | 'openOutside'>;
  tickets: Readonly<{ get(number: string): Promise<TicketRef | null>; of(customer: Address): Promise<readonly TicketRef[]> }>;
  /** Our mail came back: the effect it was, who should have got it, and why not. */
  undelivered(key: string, customer: Address, reason: string): Promise<void>;
  /**
   * A mail that could not be stored and belongs to no conversation stays in its mailbox: the desk is told of it, once under the same `id`.
   * `about` says whose it is and what about, `why` what failed, both in Chinese.
   */
  putAside(mail: Readonly<{ account: string; id: string; about: string; why: string }>): Promise<void>;
  log: Log;
  /** Answers of the desk itself to one sender within an hour; then a person gets what is said (20). */
  answersPerHour?: number;
  now?: () => number;
  patience?: Partial<Patience>;
}>;

/** Times in milliseconds, sizes in bytes. */
export type Patience = Readonly<{
  /** How long a reader's claim on a mailbox stands without being renewed. */
  leaseMs: number;
  /** How often a mailbox is looked at when its server announces nothing. */
  pollMs: number;
  /** Waits between tries to reach a mailbox; the last one stands for all further. */
  retryMs: readonly number[];
  /** Waits between tries to store one mail; after them it is put aside. */
  storeMs: readonly number[];
  /** How long any one word of a server may take. */
  answerMs: number;
  /** How long a server may still take for one when the program stops; after that its connection is closed. */
  lastMs: number;
  /** How long an unused connection to the SMTP server is kept. */
  restMs: number;
  /** A larger mail is read without its attachments. */
  mailBytes: number;
}>;

export const PATIENCE: Patience = {
  leaseMs: 60_000,
  pollMs: 60_000,
  retryMs: [1_000, 2_000, 5_000, 15_000, 60_000],
  storeMs: [2_000, 10_000, 60_000, 300_000, 600_000],
  answerMs: 60_000,
  lastMs: 2_000,
  restMs: 5_000,
  mailBytes: 40 * 1024 * 1024,
};
