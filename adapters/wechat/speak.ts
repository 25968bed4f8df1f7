/** What goes out through an account: one after another at a person's pace, each reply once, nothing to a conversation that runs in circles. */
import type { Address } from '../../dialogs/vocabulary';
import { ChannelError, type Outgoing } from '../channel';
import type { Files } from '../files';
import type { Bot, Self } from './bot';
import type { Breaker } from './breaker';
import type { Echoes } from './echoes';
import { encode, type Wire } from './encode';
import { mentioning } from './mention';
import type { Alert, Log } from './options';
import type { SentBook } from './sent';
import type { Stopping } from './wait';
import { words } from './words';

export type Mouth = Readonly<{
  /** Resolves once said. A reply that waits in the line already is not put in twice. */
  send(outgoing: Outgoing): Promise<void>;
  /** Says a sentence of the channel itself, if it can. */
  tell(to: Address, key: string, text: string): void;
  waiting(): number;
}>;

type Deps = Readonly<{
  account: string;
  /** Seconds from one message to the next, at random between the two. */
  pace: readonly [number, number];
  random: () => number;
  /** Null while nobody is logged in, or somebody who is not ours. */
  online(): Readonly<{ bot: Bot; self: Self }> | null;
  breaker: Breaker;
  echoes: Echoes;
  sent: SentBook;
  files: Pick<Files, 'read'>;
  alert(alert: Alert): void;
  /** Begins a new login: this one takes what is said and does not answer. */
  restart(why: string): void;
  sayMs: number;
  stopping: Stopping;
  now: () => number;
  log: Log;
}>;

type Job = Readonly<{ outgoing: Outgoing; settle(done: Promise<void>): void }>;

const placeOf = ({ user, thread }: Address): string => thread ?? user;
const isAgents = ({ reply }: Outgoing): boolean => 'from' in reply && reply.from !== undefined;
const later = (message: string, cause?: unknown): ChannelError => new ChannelError(message, { retryable: true, cause });

export function createMouth(deps: Deps): Mouth {
  const { account, pace, stopping, sent } = deps;
  const jobs: Job[] = [];
  const underWay = new Map<string, Promise<void>>();
  let working = false;
  let quietUntil = 0;

  async function paced(): Promise<void> {
    const left = quietUntil - deps.now();
    if (left > 0) await stopping.within(left);
  }

  async function say(bot: Bot, to: Address, wire: Wire, first: boolean): Promise<void> {
    const place = placeOf(to);
    const bytes = wire.kind === 'file' ? await deps.files.read(wire.attachment) : null;
    // Those after it would wait for good: it ends with the login.
    const hung = setTimeout(() => deps.restart('a send was never answered'), deps.sayMs);
    try {
      if (wire.kind === 'file' && bytes) deps.echoes.said((await bot.sayFile(place, wire.attachment.name, bytes)) ?? '');
      else {
        const called = to.thread !== undefined && first;
        const text = called ? mentioning(await bot.nameIn(to.thread ?? '', to.user), wire.text) : wire.text;
        deps.echoes.saying(place, text);
        deps.echoes.said((await bot.sayText(place, text, called ? [to.user] : [])) ?? '');
      }
    } catch (error) {
      throw later('the gateway did not take the message', error);
    } finally {
      clearTimeout(hung);
      const [least, most] = pace;
      quietUntil = deps.now() + (least + (most - least) * deps.random()) * 1_000;
    }
  }

  async function run(outgoing: Outgoing): Promise<void> {
    const { to, key, reply } = outgoing;
    const wires = encode(reply);
    const done = await sent.parts(to, key).catch((error) => {
      throw later('the store does not say what was sent', error);
    });
    for (let n = done; n < wires.length; n += 1) {
      await paced();
      const online = deps.online();
      if (!online || stopping.now()) throw later(`the WeChat account ${account} is not logged in`);
      if (!isAgents(outgoing)) circled(to);
      const wire = wires[n];
      if (wire) await say(online.bot, to, wire, n === 0);
      await sent.said(to, key, n + 1);
    }
  }

  /** Throws when this conversation is one of machines: a person sees to it then. */
  function circled(to: Address): void {
    const verdict = deps.breaker.maySpeak(to);
    if (verdict === 'yes') return;
    if (verdict === 'silenced') deps.alert({ account, cause: 'loop', ...words.loop(account) });
    throw new ChannelError('the bot fell silent here: too many of its messages without a person', { retryable: false });
  }

  async function work(): Promise<void> {
    working = true;
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const done = run(job.outgoing);
      job.settle(done);
      await done.catch(() => undefined);
    }
    working = false;
  }

  /** Waiting in line would only hide from the caller that nobody can be reached; a process that was killed may have said it all the same. */
  async function unreachable({ to, key, reply }: Outgoing): Promise<void> {
    const parts = await sent.parts(to, key).catch(() => 0);
    if (parts < encode(reply).length) throw later(`the WeChat account ${account} is not logged in`);
  }

  function send(outgoing: Outgoing): Promise<void> {
    const { key } = outgoing;
    const known = underWay.get(key);
    if (known) return known;
    if (!deps.online() || stopping.now()) return unreachable(outgoing);
    const done = new Promise<void>((settle) => jobs.push({ outgoing, settle })).finally(() => underWay.delete(key));
    underWay.set(key, done);
    if (!working) void work();
    return done;
  }

  return {
    send,
    tell(to, key, text) {
      const outgoing: Outgoing = { key: `tell/${key}`, seq: 0, to, reply: { kind: 'text', text } };
      send(outgoing).catch((error) => deps.log.warn({ account, err: error }, 'a customer could not be told'));
    },
    waiting: () => underWay.size,
  };
}
