/** Customers who write mails: a mailbox that the desk reads and a post office that takes its answers, both with their moods. */
import { effectMark, mailIdOf } from '../../adapters/email/ids';
import type { EmailAccount } from '../../adapters/email/options';
import { openMailbox, PASSWORD, USER } from '../support/email/mailbox';
import { openPostOffice } from '../support/email/postOffice';
import { write } from '../support/email/write';
import type { PlatformEntry } from './journal';
import { pause } from './pause';
import type { Platform, PlatformGiven } from './platform';
import { LATE_MS, SLOW_MS } from './weather';

const ACCOUNT = 'desk';
const HELP = 'desk@school.example';
const LOOK_MS = 10;

/** The mailbox as the desk is told of it; `url` is what the platform said of itself. */
export function mailAccount(url: string): EmailAccount {
  const ports: { imap: number; smtp: number } = JSON.parse(url);
  const server = { host: '127.0.0.1', secure: false };
  return {
    account: ACCOUNT,
    address: HELP,
    imap: { ...server, port: ports.imap, user: USER, password: PASSWORD, folder: 'INBOX' },
    smtp: { ...server, port: ports.smtp },
  };
}

const addressOf = (user: string): string => `${user}@parents.example`;
/** The desk's own words; what stands below is on every mail. */
const wordsIn = (text: string): string => text.split('\n\n-- ')[0]?.trim() ?? '';

/** A mail names its effect by a mark only: which reply it was, and its place, is looked up in the books. */
type Got = Extract<PlatformEntry, { kind: 'got' }>;

export async function openMail({ weather, random, deliveries, onEntry }: PlatformGiven): Promise<Platform> {
  const entries: (PlatformEntry | (Omit<Got, 'key' | 'seq'> & { mark: string }))[] = [];
  const counts = new Map<string, number>();
  const copies = new Set<Promise<unknown>>();
  const [mailbox, office] = [await openMailbox(), await openPostOffice()];
  const record = (entry: (typeof entries)[number]): void => {
    entries.push(entry);
    onEntry();
  };
  const moods = {
    down: { code: 421, message: '4.3.2 not now' },
    broken: { code: 451, message: '4.3.0 not now' },
    limited: { code: 450, message: '4.2.1 too much' },
    slow: { late: SLOW_MS },
    late: { late: LATE_MS },
    cut: { denies: 451 },
    fine: null,
  } as const;
  office.answer(() => moods[weather.mood()]);
  office.onPosted(({ to, mail }) => {
    const mark = mail.messageId?.split('.')[2] ?? '';
    record({ at: Date.now(), kind: 'got', user: to.replace(/@.*/, ''), mark, text: wordsIn(mail.text ?? ''), taken: true });
  });

  return {
    url: JSON.stringify({ imap: mailbox.port, smtp: office.port }),
    prefix: `email:${ACCOUNT}:`,
    journal({ messages }) {
      const rows = new Map(messages.filter(({ direction }) => direction === 'out').map((row) => [effectMark(row._id), row]));
      return entries.map((entry): PlatformEntry => {
        if (!('mark' in entry)) return entry;
        const { mark, ...rest } = entry;
        const row = rows.get(mark);
        return { ...rest, key: row?._id ?? mark, seq: row?.seq ?? 0 };
      });
    },
    async send(user, { text, opens = false }) {
      const n = (counts.get(user) ?? 0) + 1;
      counts.set(user, n);
      const messageId = `${user}-${n}@parents.example`;
      const id = mailIdOf(addressOf(user), messageId);
      const raw = await write({ from: addressOf(user), to: HELP, messageId: `<${messageId}>`, text });
      if (deliveries.holdUpMs) await pause(random.below(deliveries.holdUpMs));
      record({ at: Date.now(), kind: 'sent', user, id, text, opens });
      if (random.chance(deliveries.again ?? 0)) {
        const copy = pause(random.below(deliveries.holdUpMs ?? 60)).then(() => seen(mailbox.deliver(raw)));
        copies.add(copy);
        void copy.finally(() => copies.delete(copy));
      }
      await seen(mailbox.deliver(raw));
      record({ at: Date.now(), kind: 'acked', user, id, tries: 1 });
    },
    async quiet() {
      await Promise.all(copies);
    },
    async close() {
      await Promise.all([mailbox.close(), office.close()]);
    },
  };

  async function seen(uid: number): Promise<void> {
    while (!mailbox.isSeen(uid)) await pause(LOOK_MS);
  }
}
