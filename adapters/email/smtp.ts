/** The way out: one account's SMTP server, its connections opened when there is something to say and closed soon after. */
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type { EmailAccount, Patience } from './options';

export type Mailer = Readonly<{
  /** Resolves once the server has taken responsibility for the mail. */
  send(mail: SendMailOptions): Promise<void>;
  /** Lets go of connections that nobody uses; later mails open their own. */
  rest(): void;
}>;

const CONNECTIONS = 4;
const CONNECT_MS = 8_000;

export function createMailer({ smtp }: EmailAccount, patience: Patience): Mailer {
  let transport: Transporter | null = null;
  let underWay = 0;
  let resting: NodeJS.Timeout | undefined;

  const open = (): Transporter =>
    createTransport({
      pool: true,
      maxConnections: CONNECTIONS,
      // What failed is tried again by the outbox, which knows when; a pool that tries by itself would do it behind its back.
      maxRequeues: 0,
      host: smtp.host,
      port: smtp.port,
      secure: smtp.secure === true,
      requireTLS: smtp.secure === 'starttls',
      ignoreTLS: smtp.secure === false,
      ...(smtp.user !== undefined && smtp.password !== undefined && { auth: { user: smtp.user, pass: smtp.password } }),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: patience.answerMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });

  function rest(): void {
    clearTimeout(resting);
    if (underWay > 0) return;
    transport?.close();
    transport = null;
  }

  return {
    async send(mail) {
      clearTimeout(resting);
      transport ??= open();
      underWay += 1;
      try {
        await transport.sendMail(mail);
      } finally {
        underWay -= 1;
        if (underWay === 0) resting = setTimeout(rest, patience.restMs);
      }
    },
    rest,
  };
}
