/** Who is who over channels: what is merged, and how a customer proves it. */
import type { ChannelName, Instant } from '../../dialogs/vocabulary';
import { addressOf } from '../conversation/ids';
import type { Store } from '../store/store';
import { createPersons, type Persons } from './persons';
import { createProofs, type Proofs } from './proof';

export type People = Readonly<{ persons: Persons; proofs: Proofs }>;

/** `reachable` says whether a message of ours can be sent on a channel at all. */
export function createPeople(
  store: Pick<Store, 'customers' | 'merges' | 'proofs'>,
  reachable: (channel: ChannelName) => boolean,
  now: () => Instant,
): People {
  const persons = createPersons(store, now);
  const channelOf = (conversation: string): ChannelName => addressOf(conversation).channel;
  return { persons, proofs: createProofs(store, { persons, reachable, channelOf, now }) };
}
