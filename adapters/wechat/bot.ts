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
  let stopped = false;

  /** A listener that throws would end the program. */
  const safely =
    <A extends readonly unknown[]>(handle: (...given: A) => void) =>
    (...given: A): void => {
      if (stopped) return;
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
    safely(() => events.ended('reset')),
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
    async stop() {
      stopped = true;
      // Its watchdog never lets go of them, and a late one would keep the program from ending.
      puppet.removeAllListeners('heartbeat');
      await bot.stop();
    },
    ding: () => puppet.ding('qiao'),
    async self(id) {
      const { name } = await puppet.contactPayload(id);
      return { id, name, identity: (await uinOf(puppet, id)) ?? id };
    },
    async message(id, us) {
      const message = await puppet.messagePayload(id);
      const { talkerId, roomId, type } = message;
      const own = talkerId === us.id;
      const [talker, alias, where] = await Promise.all([
        own ? {} : puppet.contactPayload(talkerId),
        roomId && !own
          ? puppet.roomMemberPayload(roomId, us.id).then(
              ({ roomAlias }) => roomAlias,
              () => undefined,
            )
          : undefined,
        whereOf(id, type),
      ]);
      return { us: { id: us.id, names: [us.name, ...(alias ? [alias] : [])] }, message, talker, ...where };
    },
    file: async (id) => (await puppet.messageFile(id)).toStream(),
    async nameIn(room, member) {
      const { name, roomAlias } = await puppet.roomMemberPayload(room, member);
      return roomAlias || name;
    },
    async sayText(to, text, mentions) {
      return (await puppet.messageSendText(to, text, [...mentions])) ?? undefined;
    },
    async sayFile(to, name, bytes) {
      // Not fromBuffer: some gateways cannot put that on their wire.
      return (await puppet.messageSendFile(to, FileBox.fromBase64(Buffer.from(bytes).toString('base64'), name))) ?? undefined;
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
