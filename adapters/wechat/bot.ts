/** One life of one login: a wechaty bot over its puppet, from start to stop. What its ghost still says afterwards is heard by nobody. */
import { chmod, writeFile } from 'node:fs/promises';
import type { Puppet } from './puppets';

export type ScanState = 'waiting' | 'scanned';
export type BotEvents = Readonly<{
  /** A code to be read with the phone, or the word that it was read. */
  scan(code: string, state: ScanState): void;
  login(id: string): void;
  logout(): void;
  /** Any sign of life from the gateway. */
  alive(): void;
  message(id: string): void;
  /** The connection is gone for good; only a new life helps. */
  ended(why: string): void;
  /** Something went wrong that does not end this life. */
  failed(error: unknown): void;
}>;

/** Who is logged in. `identity` stays the same over logins, where the puppet has such a thing. */
export type Self = Readonly<{ id: string; identity: string; name: string }>;
export type Bot = Readonly<{
  start(): Promise<void>;
  /** The gateway is gone: nothing is heard of it any more, and whatever it was asked and has not answered is rejected. */
  leave(): void;
  over(): boolean;
  stop(): Promise<void>;
  /** Asks for a sign of life. */
  ding(): void;
  self(id: string): Promise<Self>;
  /** What decode() reads of a message, as far as the gateway tells it. Rejects when it does not answer. */
  message(id: string, us: Self): Promise<object>;
  file(id: string): Promise<AsyncIterable<Uint8Array>>;
  nameIn(room: string, member: string): Promise<string>;
  /** Both resolve to the id of the message, where the gateway gives one. */
  sayText(to: string, text: string, mentions: readonly string[]): Promise<string | undefined>;
  sayFile(to: string, name: string, bytes: Uint8Array): Promise<string | undefined>;
}>;

/** gRPC statuses after which a stream is no more: cancelled, deadline exceeded, already exists, unimplemented, unavailable, unauthenticated. */
const ENDING = new Set([1, 4, 6, 12, 14, 16]);
const SCAN_WAITING = new Set([0, 2, 5]);
const LOCATION = 8;
const URL_LINK = 14;

/** `card` is the file without its ending where the login is kept between lives; only this user may read it. */
export async function createBot(puppet: Puppet, card: string, events: BotEvents): Promise<Bot> {
  const { WechatyBuilder, log } = await import('wechaty');
  const { FileBox } = await import('file-box');
  // It writes to the terminal by its own rules, and with customers' words.
  log.level('silent');
  await writeFile(`${card}.memory-card.json`, '{}', { mode: 0o600, flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await chmod(`${card}.memory-card.json`, 0o600);
  const bot = WechatyBuilder.build({ puppet, name: card });
  let over = false;
  const unanswered = new Set<(error: Error) => void>();
  const leave = (): void => {
    over = true;
    for (const reject of unanswered) reject(new Error('the login is over'));
  };
  /** A gateway that is gone leaves its calls open for as long as the connection seems to stand. */
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      unanswered.add(reject);
      answer.then(resolve, reject).finally(() => unanswered.delete(reject));
      if (over) leave();
    });

  /** A listener that throws would end the program. */
  const safely =
    <A extends readonly unknown[]>(handle: (...given: A) => void) =>
    (...given: A): void => {
      if (over) return;
      try {
        handle(...given);
      } catch (error) {
        events.failed(error);
      }
    };

  // Errors of a life that is over come for a while, and one without a listener would end the program: it is never taken off.
  bot.on(
    'error',
    safely((error) => {
      if (ENDING.has(Number(error.code))) events.ended(`gRPC ${error.code}`);
      else events.failed(error);
    }),
  );
  puppet.on(
    'scan',
    safely(({ qrcode, status }) => events.scan(qrcode ?? '', qrcode && SCAN_WAITING.has(status) ? 'waiting' : 'scanned')),
  );
  puppet.on(
    'login',
    safely(({ contactId }) => events.login(contactId)),
  );
  puppet.on(
    'logout',
    safely(() => events.logout()),
  );
  puppet.on(
    'message',
    safely(({ messageId }) => events.message(messageId)),
  );
  puppet.on(
    'reset',
    safely(({ data }) => events.ended(data || 'reset')),
  );
  puppet.on(
    'stop',
    safely(() => events.ended('stopped')),
  );
  for (const event of ['heartbeat', 'dong', 'ready'] as const)
    puppet.on(
      event,
      safely(() => events.alive()),
    );

  async function whereOf(id: string, type: number | undefined): Promise<object> {
    if (type === LOCATION) return { place: await puppet.messageLocation(id) };
    return type === URL_LINK ? { link: await puppet.messageUrl(id) } : {};
  }

  return {
    start: () => bot.start(),
    leave,
    over: () => over,
    async stop() {
      over = true;
      // Its watchdog never lets go of them, and a late one would keep the program from ending.
      puppet.removeAllListeners('heartbeat');
      // What is being said may still be said, and should then be known to be.
      await bot.stop().finally(leave);
    },
    // Throws while there is no connection yet, and when there never will be.
    ding: safely(() => puppet.ding('qiao')),
    async self(id) {
      const { name } = await asked(puppet.contactPayload(id));
      return { id, name, identity: (await asked(uinOf(puppet, id))) ?? id };
    },
    async message(id, us) {
      const message = await asked(puppet.messagePayload(id));
      const { talkerId, roomId, type } = message;
      const own = talkerId === us.id;
      const details = Promise.all([
        own ? {} : puppet.contactPayload(talkerId),
        roomId && !own
          ? puppet.roomMemberPayload(roomId, us.id).then(
              ({ roomAlias }) => roomAlias,
              () => undefined,
            )
          : undefined,
        whereOf(id, type),
      ]);
      const [talker, alias, where] = await asked(details);
      return { us: { id: us.id, names: [us.name, ...(alias ? [alias] : [])] }, message, talker, ...where };
    },
    file: async (id) => (await asked(puppet.messageFile(id))).toStream(),
    async nameIn(room, member) {
      const { name, roomAlias } = await asked(puppet.roomMemberPayload(room, member));
      return roomAlias || name;
    },
    async sayText(to, text, mentions) {
      return (await asked(puppet.messageSendText(to, text, [...mentions]))) ?? undefined;
    },
    async sayFile(to, name, bytes) {
      // Not fromBuffer: some gateways cannot put that on their wire.
      const file = FileBox.fromBase64(Buffer.from(bytes).toString('base64'), name);
      return (await asked(puppet.messageSendFile(to, file))) ?? undefined;
    },
  };
}

/** The web login gives everybody new ids each time, itself too; only this number of its own stays. */
export async function uinOf(puppet: object, id: string): Promise<string | undefined> {
  if (!('contactRawPayload' in puppet) || typeof puppet.contactRawPayload !== 'function') return undefined;
  const raw: unknown = await puppet.contactRawPayload(id);
  const uin = typeof raw === 'object' && raw !== null && 'Uin' in raw ? raw.Uin : undefined;
  return typeof uin === 'number' && uin !== 0 ? `uin ${uin}` : undefined;
}
