/** Hands replies to the SMTP server, each once as far as we can know, and stops answering a sender who gets too many answers. */
import { ChannelError, type Outgoing } from '../channel';
import { compose, isBot } from './compose';
import { encode, type MailBody } from './encode';
import { channelError } from './failure';
import { effectMark, type Names } from './ids';
import type { EmailAccount, EmailOptions } from './options';
import { marksOf, type People, type Person } from './person';
import type { Mailer } from './smtp';
import { answering } from './threads';

const HOUR_MS = 3_600_000;

type Parts = Readonly<{ names: Names; people: People; mailers: ReadonlyMap<string, Mailer>; now: () => number; answersPerHour: number }>;

export function createSender(
  options: EmailOptions,
  { names, people, mailers, now, answersPerHour }: Parts,
): (outgoing: Outgoing) => Promise<void> {
  const accounts = new Map(options.accounts.map((one) => [one.account, one]));
  /** The shell gives up waiting before a slow server does; its next try joins the first. */
  const underWay = new Map<string, Promise<void>>();

  function refuseTooMany(person: Person): void {
    const since = now() - HOUR_MS;
    if (person.sent.filter(({ at, bot }) => bot && at > since).length < answersPerHour) return;
    throw new ChannelError(`一小时内已自动回复 ${answersPerHour} 封，为免与对方的自动回复循环，请人工查看`, { retryable: false });
  }

  async function attachmentsOf({ attachment }: MailBody): Promise<Readonly<{ attachments: object[]; link: string }>> {
    if (!attachment) return { attachments: [], link: '' };
    const bytes = await options.files.read(attachment);
    if (bytes === null) return { attachments: [], link: `\n${options.files.openOutside(attachment).url}` };
    return { attachments: [{ filename: attachment.name, content: Buffer.from(bytes), contentType: attachment.type }], link: '' };
  }

  async function write(account: EmailAccount, mailer: Mailer, { key, to, reply }: Outgoing): Promise<void> {
    const person = await people.of(to.account, to.user);
    if (person.sent.some((one) => one.key === key)) return;
    if (isBot(reply)) refuseTooMany(person);
    const found = answering(key, to, person, await options.tickets.of(to));
    const brand = account.name ?? options.brand;
    const [domain = 'localhost'] = account.address.split('@').slice(-1);
    const lines: string[] = [];
    for (const [part, body] of encode(reply).entries()) {
      const { attachments, link } = await attachmentsOf(body);
      const owed = part === 0 ? person.owed : [];
      const composed = compose(reply, { ...body, text: body.text + link }, found, { brand, owed });
      const messageId = names.ours({ account: to.account, address: to.user, thread: found.thread, key: partKey(key, part) }, domain);
      lines.push(...marksOf(composed.text));
      await mailer
        .send({
          ...composed,
          references: [...(composed.references ?? [])],
          from: { name: brand, address: account.address },
          to: { name: '', address: to.user },
          messageId: `<${messageId}>`,
          date: new Date(now()),
          attachments,
        })
        .catch((error: unknown) => {
          throw channelError(error);
        });
    }
    await people.amend(to.account, to.user, ({ sent, owed, ...rest }) => ({
      ...rest,
      sent: [...sent, { key, effect: effectMark(key), thread: found.thread, at: now(), bot: isBot(reply), lines }],
      owed: owed.filter((one) => !person.owed.some(({ name, why }) => name === one.name && why === one.why)),
    }));
  }

  return (outgoing) => {
    const { key, to } = outgoing;
    const [account, mailer] = [accounts.get(to.account), mailers.get(to.account)];
    if (!account || !mailer) {
      return Promise.reject(new ChannelError(`No e-mail account is called ${to.account}; add it to EMAIL_ACCOUNTS.`, { retryable: false }));
    }
    const running = underWay.get(key);
    if (running) return running;
    const sending = write(account, mailer, outgoing).finally(() => underWay.delete(key));
    underWay.set(key, sending);
    return sending;
  };
}

/** The first part of a long text goes by the effect's own key, the others by one behind it. */
const partKey = (key: string, part: number): string => (part === 0 ? key : `${key}/${part}`);

/** The key a mail of ours was sent under, from the mark in its Message-ID. */
export function keyOf(effect: string, { sent }: Person): string | null {
  return sent.find((one) => one.effect === effect)?.key ?? null;
}
