/** A paid puppet gateway as we reach it: wechaty's own mock of WeChat behind its own gRPC server on loopback, with people who write and read. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { FileBox } from 'file-box';
import { log } from 'wechaty';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { PuppetServer } from 'wechaty-puppet-service';

log.level('silent');

export const TOKEN = 'puppet_qiao_6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const TEXT = 7;
const BEAT_MS = 100;

export type Person = Readonly<{ id: string; name: string }>;
/** What the account said, to whom or into which group. */
export type Said = Readonly<{ to: string; text: string; file?: string; bytes?: Uint8Array }>;
export type Written = Readonly<{
  id?: string;
  from: string;
  text: string;
  room?: string;
  mentions?: readonly string[];
  to?: string;
  type?: number;
}>;

export type Sending = 'says' | 'fails' | 'says and fails';

export type Gateway = Readonly<{
  /** What WECHAT_ACCOUNTS says of it. */
  reached: Readonly<{ puppet: 'service'; token: string; endpoint: string; insecure: true }>;
  said: readonly Said[];
  /** Hears of each word as it is said. */
  onSaid(heard: (said: Said) => void): void;
  /** Decides about each send before it is said. */
  onSend(decide: () => Promise<Sending>): void;
  /** Where a send goes: taken and heard, or refused. */
  refuse(refusing: boolean): void;
  person(person: Person): void;
  room(id: string, topic: string, members: readonly string[]): void;
  /** Somebody writes; the same id again is the same message told once more. Returns the id. */
  write(message: Written): string;
  writeFile(from: string, name: string, bytes: Uint8Array, id?: string): string;
  /** How often a message's file cannot be had before it can. */
  withhold(times: number): void;
  /** One that is asked about messages, or about this one, and says nothing until it speaks again. */
  mum(given: boolean, about?: string): void;
  scan(code: string): void;
  login(id: string): Promise<void>;
  logout(): Promise<void>;
  /** The puppet says so without having logged out: what a muddled gateway does. */
  claim(id: string): void;
  /** A gateway that hangs: the connection stands, nothing comes. */
  hang(hanging: boolean): void;
  kill(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}>;

const isRoom = (id: string): boolean => id.includes('@');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** `self` is logged in from the beginning; without it nobody is. */
export async function openGateway(self?: Person, token = TOKEN): Promise<Gateway> {
  const endpoint = `127.0.0.1:${await freePort()}`;
  const said: Said[] = [];
  let heard: (one: Said) => void = () => undefined;
  const says = (one: Said): void => {
    said.push(one);
    heard(one);
  };
  let decide: () => Promise<Sending> = async () => 'says';
  let refusing = false;
  let hanging = false;
  let withheld = 0;
  let silence: Promise<void> = Promise.resolve();
  let speak = (): void => undefined;
  let about: string | undefined;
  let count = 0;

  class Puppet extends PuppetMock {
    override ding(data?: string): void {
      if (!hanging) super.ding(data);
    }
    override async messageSendText(to: string, text: string): Promise<void> {
      if (refusing) throw new Error('the phone is offline');
      const sending = await decide();
      if (sending === 'fails') throw new Error('the phone is offline');
      if (!isRoom(to)) known(to);
      says({ to, text });
      await super.messageSendText(to, text);
      if (sending === 'says and fails') throw new Error('the phone does not answer');
    }
    override async messageSendFile(to: string, file: Parameters<PuppetMock['messageSendFile']>[1]): Promise<void> {
      if (refusing) throw new Error('the phone is offline');
      const bytes = await file.toBuffer();
      says({ to, text: '', file: file.name, bytes });
      await super.messageSendFile(to, FileBox.fromBase64(bytes.toString('base64'), file.name) as typeof file);
    }
    override async messageFile(id: string): ReturnType<PuppetMock['messageFile']> {
      withheld -= 1;
      if (withheld >= 0) throw new Error('not yet');
      return super.messageFile(id);
    }
    override async messagePayload(id: string): ReturnType<PuppetMock['messagePayload']> {
      if (about === undefined || about === id) await silence;
      return super.messagePayload(id);
    }
    override async contactRawPayload(id: string): ReturnType<PuppetMock['contactRawPayload']> {
      return mocker.contactPayload(id);
    }
  }
  const mocker = new mock.Mocker();
  const puppet = new Puppet({ mocker, timeoutSeconds: 2_000_000 });
  puppet.on('error', () => undefined);
  const beat = setInterval(() => !hanging && puppet.emit('heartbeat', { data: 'beat' }), BEAT_MS);
  const people = new Set<string>();
  const person = ({ id, name }: Person): void => {
    if (!people.has(id)) mocker.createContact({ id, name, type: 1 });
    people.add(id);
  };
  const known = (id: string): void => person({ id, name: id });

  const serve = async (): Promise<PuppetServer> => {
    const server = new PuppetServer({ endpoint, puppet, token, tls: { disable: true } });
    await server.start();
    return server;
  };
  let server: PuppetServer | null = await serve();
  const kill = async (): Promise<void> => {
    await server?.stop();
    server = null;
  };
  if (self) {
    person(self);
    puppet.login(self.id);
  }
  const idOf = (given: string | undefined): string => {
    count += 1;
    return given ?? `m${count}`;
  };
  const listener = (): string => (puppet.isLoggedIn ? puppet.currentUserId : '');
  const tell = (messageId: string): void => void (!hanging && puppet.emit('message', { messageId }));

  return {
    reached: { puppet: 'service', token, endpoint, insecure: true },
    said,
    onSaid(given) {
      heard = given;
    },
    onSend(given) {
      decide = given;
    },
    refuse(given) {
      refusing = given;
    },
    person,
    room(id, topic, members) {
      for (const member of members) known(member);
      mocker.createRoom({ id, topic, memberIdList: [...members] });
    },
    write({ id: given, from, text, room, mentions = [], to = listener(), type = TEXT }) {
      const id = idOf(given);
      known(from);
      const message = { id, talkerId: from, timestamp: Date.now(), type, text };
      if (room === undefined) known(to);
      const addressed = room === undefined ? { ...message, listenerId: to } : { ...message, roomId: room, mentionIdList: [...mentions] };
      if (!mocker.cacheMessagePayload.has(id)) mocker.MessageMock.create(addressed);
      tell(id);
      return id;
    },
    writeFile(from, name, bytes, given) {
      const id = idOf(given);
      known(from);
      const type = name.endsWith('.png') ? 6 : name.endsWith('.sil') ? 2 : 1;
      mocker.cacheFileBoxPayload.set(id, FileBox.fromBase64(Buffer.from(bytes).toString('base64'), name).toJSON() as never);
      const message = { id, talkerId: from, listenerId: listener(), timestamp: Date.now(), type, filename: name };
      if (!mocker.cacheMessagePayload.has(id)) mocker.MessageMock.create(message);
      tell(id);
      return id;
    },
    withhold(times) {
      withheld = times;
    },
    mum(given, which) {
      about = which;
      speak();
      if (given) {
        silence = new Promise((resolve) => {
          speak = resolve;
        });
      }
    },
    scan: (code) => mocker.scan(code),
    async login(id) {
      known(id);
      // Two customers' scripts may scan the same code.
      if (!puppet.isLoggedIn || puppet.currentUserId !== id) puppet.login(id);
    },
    logout: () => puppet.logout('on the phone'),
    claim(id) {
      known(id);
      puppet.emit('login', { contactId: id });
    },
    hang(given) {
      hanging = given;
    },
    kill,
    async revive() {
      server ??= await serve();
    },
    async close() {
      clearInterval(beat);
      await kill();
      await puppet.stop();
    },
  };
}
