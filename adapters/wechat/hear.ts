/**
 * What comes in from a puppet: fetched, told apart, its file kept, and handed to the house in the order in which it came. The platform takes
 * no acknowledgement and sends nothing again, so what the store cannot take now is held in memory and offered again until it can.
 */
import { Readable } from 'node:stream';
import type { Content, Inbound } from '../../dialogs/vocabulary';
import type { Accept } from '../channel';
import type { Files } from '../files';
import type { Bot, Self } from './bot';
import { inboundOf, type Read, read, withFile } from './decode';
import type { Echoes } from './echoes';
import type { Log, Patience } from './options';
import { createRecent } from './recent';
import { nth, type Stopping, within } from './wait';

/** The login that says there is a message. `self` resolves to who it is for, or to null when it is for nobody we know. */
export type Told = Readonly<{ bot: Bot; self: Promise<Self | null> }>;

export type Ears = Readonly<{
  hear(id: string, told: Told): void;
  /** Messages that are not stored yet, and those that could not be had at all. */
  waiting(): number;
  missed(): number;
  /** Resolves when all that came in was stored or, told to stop, was offered a last time. */
  quiet(): Promise<void>;
}>;

type Deps = Readonly<{
  account: string;
  groups: boolean;
  accept: () => Accept | null;
  /** Who is logged in now. */
  online(): Readonly<{ bot: Bot; self: Self }> | null;
  files: Pick<Files, 'keep'>;
  echoes: Echoes;
  /** A person wrote. */
  heard(inbound: Inbound): void;
  /** Tells a customer what no turn will: that a file did not arrive. */
  tell(to: Inbound['from'], key: string, text: string): void;
  stopping: Stopping;
  patience: Patience;
  now: () => number;
  log: Log;
}>;

type FileRead = Extract<Read, { kind: 'file' }>;
const NOT_FETCHED = '没有收到您发的文件，请再发一次。';

export function createEars(deps: Deps): Ears {
  const { account, echoes, stopping, patience, log } = deps;
  /** A puppet may say the same id twice, at once or an hour later. */
  const known = createRecent<true>({ most: 10_000, forMs: 6 * 60 * 60_000, now: deps.now });
  const lines = new Map<string, Promise<void>>();
  const all = new Set<Promise<void>>();
  let arriving: Promise<void> = Promise.resolve();
  let waiting = 0;
  let missed = 0;

  /** Who can say more of a message: the login that told of it or, once that is over, the one that follows. Null when it is for nobody we know. */
  async function askable({ bot, self }: Told): Promise<Readonly<{ bot: Bot; self: Self }> | null> {
    const us = await self;
    if (!bot.over()) return us && { bot, self: us };
    for (let n = 0; ; n += 1) {
      const next = deps.online();
      if (next && us && next.self.identity !== us.identity) throw new Error('it was told to another login');
      if (next && !next.bot.over()) return next;
      if (await stopping.within(nth(patience.acceptMs, n))) throw new Error('the program stopped before anybody was logged in again');
    }
  }

  /** What the gateway does not give at once it may give a moment later, or when it is back. Null when it is for nobody we know. */
  async function fetched<T>(told: Told, ask: (bot: Bot, us: Self) => Promise<T>, refused = (): void => undefined): Promise<T | null> {
    for (let n = 0; ; ) {
      const asked = await askable(told);
      if (!asked) return null;
      try {
        return await within(patience.answerMs, ask(asked.bot, asked.self));
      } catch (error) {
        if (asked.bot.over()) continue;
        if (n >= patience.fetchMs.length || (await stopping.within(nth(patience.fetchMs, n)))) throw error;
        // One that is about to die refuses everything: their order counts then.
        if (!asked.bot.over()) refused();
        n += 1;
      }
    }
  }

  async function keep(found: FileRead, told: Told): Promise<Content | string> {
    const { id } = found.envelope.message;
    try {
      const kept = await fetched(told, async (bot) => deps.files.keep(Readable.from(await bot.file(id)), found.name));
      if (!kept) return NOT_FETCHED;
      return kept.kind === 'kept' ? withFile(found, kept.attachment) : kept.message;
    } catch (error) {
      log.warn({ account, err: error }, 'a file of a message could not be had');
      return NOT_FETCHED;
    }
  }

  async function store(inbound: Inbound): Promise<void> {
    for (let n = 0; ; n += 1) {
      const last = stopping.now();
      try {
        const accept = deps.accept();
        if (accept) await accept(inbound);
        if (accept) return;
      } catch (error) {
        log.warn({ account, tries: n + 1, err: error }, 'a message waits in memory for the store');
      }
      if (last) throw new Error('the program stopped before the store could take it');
      await stopping.within(nth(patience.acceptMs, n));
    }
  }

  async function take(found: Exclude<Read, { kind: 'ignored' }>, told: Told): Promise<void> {
    const content = found.kind === 'file' ? await keep(found, told) : found.content;
    const { envelope } = found;
    if (typeof content === 'string') {
      missed += 1;
      return deps.tell(inboundOf(envelope, { kind: 'hello' }).from, envelope.message.id, content);
    }
    const inbound = inboundOf(envelope, content);
    deps.heard(inbound);
    await store(inbound);
  }

  /** After those before it of the same conversation. */
  function inLine(line: string, work: () => Promise<void>): Promise<void> {
    const done = (lines.get(line) ?? Promise.resolve()).then(work, work);
    lines.set(line, done);
    return done.finally(() => {
      if (lines.get(line) === done) lines.delete(line);
    });
  }

  async function lost(id: string, error: unknown): Promise<void> {
    missed += 1;
    known.delete(id);
    log.error({ account, message: id, err: error }, 'a message was lost: the platform does not send it again');
  }

  async function arrive(id: string, told: Told, payload: Promise<object | null>): Promise<(() => Promise<void>) | null> {
    const given = await payload;
    if (!given) return null;
    const found = read({ ...given, account });
    if (found.kind === 'ignored') {
      log.debug({ account, message: id, why: found.why }, 'a message is not for the desk');
      return null;
    }
    const { message } = found.envelope;
    if (echoes.isEcho(message) || (message.roomId && !deps.groups)) return null;
    return () => inLine(`${message.roomId ?? ''} ${message.talkerId}`, () => take(found, told));
  }

  return {
    hear(id, told) {
      if (known.get(id)) return;
      known.set(id, true);
      waiting += 1;
      // Asked for at once, looked at in turn; one that a living gateway does not give holds up nobody while it is asked for again.
      let pass = (): void => undefined;
      const passed = new Promise<void>((resolve) => {
        pass = resolve;
      });
      const payload = fetched(
        told,
        (bot, us) => bot.message(id, us),
        () => pass(),
      );
      payload.catch(() => undefined);
      const taken = arriving.then(() => arrive(id, told, payload));
      taken.then(pass, pass);
      arriving = arriving.then(() => passed);
      const done = taken
        .then((take) => take?.())
        .catch((error) => lost(id, error))
        .finally(() => {
          waiting -= 1;
        });
      all.add(done);
      void done.finally(() => all.delete(done));
    },
    waiting: () => waiting,
    missed: () => missed,
    async quiet() {
      while (all.size > 0) await Promise.all(all);
    },
  };
}
