/** Who is who over channels: what is merged, and how a customer proves it. */
import type { ChannelName, Instant } from '../../dialogs/vocabulary';
import { addressOf } from '../conversation/ids';
import type { Store } from '../store/store';
import { type Candidates, createCandidates } from './candidates';
import { createPersons, type Persons } from './persons';
import { createProofs, type Proofs } from './proof';

export type People = Readonly<{ persons: Persons; proofs: Proofs; candidates: Candidates }>;

/** `reachable` says whether a message of ours can be sent on a channel at all; `secret` keys what must not be guessed from the store. */
export function createPeople(
  store: Pick<Store, 'customers' | 'contacts' | 'conversations' | 'tickets' | 'merges' | 'proofs'>,
  deps: Readonly<{ reachable: (channel: ChannelName) => boolean; secret: string; now: () => Instant }>,
): People {
  const { secret, now } = deps;
  const persons = createPersons(store, now);
  const channelOf = (conversation: string): ChannelName => addressOf(conversation).channel;
  return {
    persons,
    proofs: createProofs(store, { persons, reachable: deps.reachable, channelOf, secret, now }),
    candidates: createCandidates(store, persons, secret),
  };
}
