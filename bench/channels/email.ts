/** Mails between two real servers on loopback: from the mail in the inbox to the answer at the customer's server. */
import { openMailbox, PASSWORD, USER } from '../../test/support/email/mailbox';
import { openPostOffice } from '../../test/support/email/postOffice';
import { write } from '../../test/support/email/write';
import { until } from '../../test/support/until';
import { type Crowd, createPostbox, type Measured, measured, QUESTION } from './crowd';

const HELP = 'help@school.example';

export async function measureEmail(crowd: Crowd): Promise<Measured> {
  const [mailbox, office, box] = [await openMailbox(), await openPostOffice(), createPostbox()];
  const host = { host: '127.0.0.1', secure: false };
  const imap = { ...host, port: mailbox.port, user: USER, password: PASSWORD };
  const account = { account: 'help', address: HELP, imap, smtp: { ...host, port: office.port } };
  office.onPosted(({ to }) => box.arrived(to));
  try {
    return await measured({ EMAIL_ACCOUNTS: JSON.stringify([account]) }, crowd, async () => {
      await until(() => mailbox.asked('IDLE') > 0, 'the mailbox is read');
      return async (user, round) => {
        const from = `${user}@parents.example`;
        const raw = await write({ from, to: HELP, messageId: `<${round}.${from}>`, subject: QUESTION, text: `第${round}次` });
        await box.answerTo(from, () => mailbox.deliver(raw));
      };
    });
  } finally {
    await Promise.all([mailbox.close(), office.close()]);
  }
}
