/** Conversations over a store in memory, with time, engine and channel in the test's hands. */
import { type Channel, ChannelError, type Outgoing } from '../../adapters/channel';
import type { Address, Inbound } from '../../dialogs/vocabulary';
import { createConversations } from '../../src/conversation/createConversations';
import type { Deps, Log, Options } from '../../src/conversation/deps';
import { Settings } from '../../src/settings';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { type Clock, createClock } from './clock';
import { begin, holderOf, step } from './engine';

export const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A channel that keeps what it was given; `refuse` makes the next sends fail. */
export function createFakeChannel() {
  const sent: Outgoing[] = [];
  let refuse: ((outgoing: Outgoing) => ChannelError | null) | null = null;
  const channel: Pick<Channel, 'send'> = {
    async send(outgoing) {
      const error = refuse?.(outgoing);
      if (error) throw error;
      sent.push(outgoing);
    },
  };
  return {
    channel,
    sent,
    texts: () => sent.map(({ reply }) => reply.text),
    refuse(how: typeof refuse) {
      refuse = how;
    },
  };
}
export const unreachable = (retryable: boolean) => () => new ChannelError('the platform said no', { retryable });

export const visitor = (user = 'wang'): Address => ({ channel: 'web', account: 'main', user });

export function says(text: string, id: string, from: Address = visitor(), at = 0): Inbound {
  return { id, from, at, content: { kind: 'text', text } };
}

const settings = Settings.parse({});
/** What a desk needs beside store, channels and time: the foreseeable engine and a knowledge base that knows nothing. */
export const plain: Pick<
  Deps,
  'step' | 'begin' | 'holderOf' | 'settings' | 'knowledge' | 'classify' | 'createDirectory' | 'log' | 'secret'
> = {
  step,
  begin,
  holderOf,
  settings: () => settings,
  knowledge: { ask: () => ({ decision: 'none', hits: [] }), article: () => null },
  classify: () => [],
  createDirectory: () => ({ find: () => [] }),
  log: silent,
  secret: 'the secret of a test house',
};

export type House = Awaited<ReturnType<typeof createHouse>>;
export async function createHouse(
  given: Readonly<{ store?: Store; clock?: Clock; deps?: Partial<Deps>; options?: Partial<Options> }> = {},
) {
  const store = given.store ?? (await createEmbeddedStore({ memory: true }));
  const clock = given.clock ?? createClock();
  const web = createFakeChannel();
  const conversations = createConversations({
    ...plain,
    store,
    channels: new Map([['web', web.channel]]),
    now: clock.now,
    newId: () => 'id',
    scheduler: clock.scheduler,
    ...given.deps,
    options: { worker: 'one', ...given.options },
  });
  return { store, clock, web, ...conversations };
}
