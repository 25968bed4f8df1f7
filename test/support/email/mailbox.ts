/** A real IMAP server with one mailbox, to be filled, killed, restarted, slowed and renumbered. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import hoodiecrow, { type ImapConnection, type ImapServer, type StoredMail } from 'hoodiecrow-imap';

export const USER = 'desk';
export const PASSWORD = 'mailbox password';

export type Mailbox = Readonly<{
  port: number;
  /** Puts a mail into the inbox, as it came (bytes), and returns its number there. */
  deliver(raw: Buffer | string, options?: Readonly<{ seen?: boolean; at?: Date }>): number;
  isSeen(uid: number): boolean;
  isFlagged(uid: number): boolean;
  /** Somebody deletes it. */
  remove(uid: number): void;
  /** Whoever asks for this mail, alone or with others, is refused. */
  refuse(uid: number): void;
  /** How often a client has sent this command. */
  asked(command: string): number;
  /** Cuts every connection and stops listening. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Cuts connections and goes on listening. */
  cut(): void;
  /** Says nothing any more until it is told to. */
  mute(on: boolean): void;
  /** Gives all mails new numbers, as a server does that was restored from a backup. */
  renumber(): void;
  close(): Promise<void>;
}>;

type Manner = Readonly<{
  secured?: Readonly<{ key: string; cert: string; starttls?: true }>;
  /** It announces nothing by itself: its clients have to look. */
  withoutIdle?: true;
}>;

export async function openMailbox({ secured, withoutIdle }: Manner = {}): Promise<Mailbox> {
  let [messages, uidvalidity, uidnext]: [StoredMail[], number, number] = [[], 7, 1];
  const sockets = new Set<Socket>();
  const commands = new Map<string, number>();
  const refused = new Set<number>();
  let port = 0;
  let muted = false;
  let held: (() => void)[] = [];
  let server = create();

  function create(): ImapServer {
    const made = hoodiecrow({
      plugins: ['ID', 'UIDPLUS', ...(withoutIdle ? [] : ['IDLE']), ...(secured?.starttls ? ['STARTTLS', 'LOGINDISABLED'] : [])],
      users: { [USER]: { password: PASSWORD } },
      storage: { INBOX: { messages, uidvalidity, uidnext }, '': {} },
      ...(secured && { credentials: { key: secured.key, cert: secured.cert }, secureConnection: !secured.starttls }),
    });
    if (!withoutIdle) made.setCommandHandler('IDLE', idle);
    for (const command of ['UID FETCH', 'UID SEARCH', 'UID STORE', 'IDLE', 'NOOP', 'LOGIN', 'SELECT']) watch(made, command);
    made.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    return made;
  }

  /** As the plugin does it, but without a timer of half an hour that outlives a cut connection. */
  function idle(connection: ImapConnection, { tag }: Readonly<{ tag: string }>, _: string, callback: () => void): void {
    connection.directNotifications = true;
    connection.inputHandler = () => {
      connection.inputHandler = false;
      connection.send({ tag, command: 'OK', attributes: [{ type: 'TEXT', value: 'IDLE terminated' }] });
    };
    connection.socket?.write('+ idling\r\n');
    connection.processNotifications();
    callback();
  }

  function watch(made: ImapServer, command: string): void {
    const handler = made.getCommandHandler(command);
    if (!handler) return;
    made.setCommandHandler(command, (connection, parsed, data, callback) => {
      commands.set(command, (commands.get(command) ?? 0) + 1);
      if (/BODY/.test(data) && [...refused].some((uid) => isIn(uid, data))) {
        connection.send({ tag: parsed.tag, command: 'NO', attributes: [{ type: 'TEXT', value: 'cannot be read' }] });
        return callback();
      }
      const run = (): void => handler(connection, parsed, data, callback);
      if (muted) held.push(run);
      else run();
    });
  }

  async function listen(): Promise<void> {
    server.server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    if (!server.server.listening) return;
    const folder = server.folderCache.INBOX;
    if (folder) [messages, uidvalidity, uidnext] = [folder.messages, folder.uidvalidity, folder.uidnext];
    const closed = once(server.server, 'close');
    server.server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const inbox = () => server.folderCache.INBOX ?? { messages: [], uidvalidity, uidnext };
  const isMarked = (uid: number, flag: string): boolean => inbox().messages.some((one) => one.uid === uid && one.flags.includes(flag));
  await listen();
  return {
    get port() {
      return port;
    },
    deliver(raw, { seen = false, at = new Date() } = {}) {
      const bytes = (typeof raw === 'string' ? Buffer.from(raw) : raw).toString('latin1').replace(/\r?\n/g, '\r\n');
      return server.appendMessage('INBOX', seen ? ['\\Seen'] : [], server.formatInternalDate(at), bytes).message.uid;
    },
    isSeen: (uid) => isMarked(uid, '\\Seen'),
    isFlagged: (uid) => isMarked(uid, '\\Flagged'),
    remove(uid) {
      const { messages: all } = inbox();
      all.splice(
        all.findIndex((one) => one.uid === uid),
        1,
      );
    },
    refuse: (uid) => void refused.add(uid),
    asked: (command) => commands.get(command) ?? 0,
    kill: stop,
    async restart() {
      server = create();
      await listen();
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    mute(on) {
      muted = on;
      if (!on) for (const run of held.splice(0)) run();
    },
    renumber() {
      const folder = inbox();
      folder.uidvalidity += 1;
      folder.uidnext = 1000;
      for (const one of folder.messages) one.uid = folder.uidnext++;
    },
    async close() {
      held = [];
      await stop();
    },
  };
}

/** Whether a command's set of numbers, `3,7:9`, has this one in it. */
function isIn(uid: number, data: string): boolean {
  const [, set = ''] = /FETCH ([\d:,*]+)/.exec(data) ?? [];
  return set.split(',').some((range) => {
    const [from = 0, to = from] = range.split(':').map((end) => (end === '*' ? Number.POSITIVE_INFINITY : Number(end)));
    return uid >= from && uid <= to;
  });
}
