/** Mails between two real servers on loopback: from the mail in the inbox to the answer at the customer's server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMailbox, PASSWORD, USER } from '../../test/support/email/mailbox';
import { openPostOffice } from '../../test/support/email/postOffice';
import { until } from '../../test/support/email/until';
import { write } from '../../test/support/email/write';
import { startServer } from '../../test/support/program';

/** `times` in milliseconds, one for each answer. */
export type Measured = Readonly<{ times: readonly number[]; seconds: number }>;

const HELP = 'help@school.example';
const QUESTION = '怎么更换接收短信的手机号码？';

export async function measureEmail(users: number, rounds: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bench-email-'));
  const [mailbox, office] = [await openMailbox(), await openPostOffice()];
  const host = { host: '127.0.0.1', secure: false };
  const imap = { ...host, port: mailbox.port, user: USER, password: PASSWORD };
  const account = { account: 'help', address: HELP, imap, smtp: { ...host, port: office.port } };
  const server = await startServer(folder, { EMAIL_ACCOUNTS: JSON.stringify([account]) });
  try {
    await until(() => mailbox.asked('IDLE') > 0, 'the mailbox is read');
    const times: number[] = [];
    const waiting = new Map<string, () => void>();
    office.onPosted(({ to }) => waiting.get(to)?.());
    const ask = async (user: string, round: number): Promise<void> => {
      const raw = await write({ from: user, to: HELP, messageId: `<${round}.${user}>`, subject: QUESTION, text: `第${round}次` });
      const began = performance.now();
      await new Promise<void>((resolve) => {
        waiting.set(user, resolve);
        mailbox.deliver(raw);
      });
      times.push(performance.now() - began);
    };
    const customer = async (user: string): Promise<void> => {
      for (let round = 1; round <= rounds; round += 1) await ask(user, round);
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: users }, (_, n) => customer(`c${n}@parents.example`)));
    return { times, seconds: (performance.now() - began) / 1_000 };
  } finally {
    await server.stop();
    await Promise.all([mailbox.close(), office.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}
