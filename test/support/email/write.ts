/** Mails as people and their clients write them. */
import type { SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';

/** The bytes of a mail; a Message-ID only when one is given. */
export async function write(mail: SendMailOptions): Promise<Buffer> {
  const built: Buffer = await new MailComposer({ date: new Date(), ...mail }).compile().build();
  if (mail.messageId !== undefined) return built;
  return Buffer.from(built.toString('latin1').replace(/^Message-ID:.*\r\n/m, ''), 'latin1');
}

/** One that is written as it stands, line by line. */
export const lines = (...all: readonly string[]): Buffer => Buffer.from(`${all.join('\r\n')}\r\n`);
