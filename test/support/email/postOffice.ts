/** A real SMTP server that keeps what it takes, and can be away, slow, or of another opinion. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Posted = Readonly<{ to: string; raw: Buffer; mail: ParsedMail }>;
/** What the server says to a mail for somebody; null takes it. `late`: it takes it and answers after so long. `denies`: it takes it and says it did not. */
export type Said = Readonly<{ code: number; message: string }> | Readonly<{ late: number }> | Readonly<{ denies: number }> | null;
/** Asked once for each mail. */
export type Answer = (to: string) => Said;

export type PostOffice = Readonly<{
  port: number;
  posted: readonly Posted[];
  /** The mails for an address, oldest first. */
  for(address: string): readonly Posted[];
  answer(answer: Answer | null): void;
  /** Called with every mail that was taken. */
  onPosted(listener: (posted: Posted) => void): void;
  away(): Promise<void>;
  back(): Promise<void>;
  /** Connections that stand. */
  open(): number;
  close(): Promise<void>;
}>;

export async function openPostOffice(
  options: Readonly<{ user?: string; password?: string; key?: string; cert?: string }> = {},
): Promise<PostOffice> {
  const posted: Posted[] = [];
  const listeners: ((posted: Posted) => void)[] = [];
  let answer: Answer | null = null;
  const sayings = new Map<string, Said>();
  let port = 0;
  let connections = 0;
  let server = create();

  function create(): SMTPServer {
    const made = new SMTPServer({
      ...(options.key !== undefined && options.cert !== undefined && { key: options.key, cert: options.cert }),
      disabledCommands: [
        ...(options.key === undefined ? ['STARTTLS' as const] : []),
        ...(options.user === undefined ? ['AUTH' as const] : []),
      ],
      ...(options.user !== undefined && { allowInsecureAuth: options.key === undefined }),
      authOptional: options.user === undefined,
      disableReverseLookup: true,
      closeTimeout: 50,
      onConnect(_, done) {
        connections += 1;
        done();
      },
      onClose() {
        connections -= 1;
      },
      onAuth({ username, password }, _, done) {
        if (username === options.user && password === options.password) return done(null, { user: username });
        done(Object.assign(new Error('no such user or password'), { responseCode: 535 }));
      },
      onRcptTo({ address }, session, done) {
        const said = answer?.(address) ?? null;
        sayings.set(session.id, said);
        if (said && 'code' in said) return done(Object.assign(new Error(said.message), { responseCode: said.code }));
        done();
      },
      async onData(stream, { id, envelope }, done) {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        const raw = Buffer.concat(chunks);
        const mail = await simpleParser(raw);
        for (const { address } of envelope.rcptTo) {
          const one = { to: address.toLowerCase(), raw, mail };
          posted.push(one);
          for (const listener of listeners) listener(one);
        }
        const said = sayings.get(id) ?? null;
        sayings.delete(id);
        if (said && 'late' in said) await new Promise((resolve) => setTimeout(resolve, said.late));
        done(said && 'denies' in said ? Object.assign(new Error('4.3.0 something broke'), { responseCode: said.denies }) : null);
      },
    });
    made.on('error', () => undefined); // clients that go away in the middle
    return made;
  }

  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port;
  }

  const stop = (): Promise<void> => new Promise((resolve) => (server.server.listening ? server.close(() => resolve()) : resolve()));

  await listen();
  return {
    get port() {
      return port;
    },
    posted,
    for: (address) => posted.filter(({ to }) => to === address),
    answer(next) {
      answer = next;
    },
    onPosted: (listener) => void listeners.push(listener),
    away: stop,
    async back() {
      server = create();
      await listen();
    },
    open: () => connections,
    close: stop,
  };
}
