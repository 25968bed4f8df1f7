/** Who is who over channels: what is merged, and how a customer proves it. */
import type { ChannelName, Instant, Proof } from '../../dialogs/vocabulary';
import { addressOf } from '../conversation/ids';
import { StoreError } from '../store/collection';
import type { Store } from '../store/store';
import { type Candidates, createCandidates } from './candidates';
import { createPersons, type Persons } from './persons';
import { createProofs, type Proofs } from './proof';

export type People = Readonly<{
  persons: Persons;
  proofs: Proofs;
  candidates: Candidates;
  /** Judges a code as Proofs do. When it is right, the two are one person's before anybody can hear of it; `at` the same is the same merge. */
  prove(conversation: string, typed: string, at: Instant): Promise<Proof>;
}>;

/** `reachable` says whether a message of ours can be sent on a channel at all; `secret` keys what must not be guessed from the store. */
export function createPeople(
  store: Pick<Store, 'customers' | 'contacts' | 'conversations' | 'tickets' | 'merges' | 'proofs' | 'notes'>,
  deps: Readonly<{ reachable: (channel: ChannelName) => boolean; secret: string; now: () => Instant }>,
): People {
  const { secret, now } = deps;
  const persons = createPersons(store, now);
  const channelOf = (conversation: string): ChannelName => addressOf(conversation).channel;
  const proofs = createProofs(store, { persons, reachable: deps.reachable, channelOf, secret, now });
  return {
    persons,
    proofs,
    candidates: createCandidates(store, persons, secret),
    async prove(conversation, typed, at) {
      const verdict = await proofs.judge(conversation, typed, at);
      if (verdict.kind !== 'right') return verdict;
      const { id, to } = verdict;
      const merged = await persons.merge(id, conversation, to, { how: 'code' });
      if (merged.kind !== 'beaten') return { kind: 'right', merge: id };
      throw new StoreError('merge-beaten', 'Somebody else merged the same people just now; try again', { retryable: true });
    },
  };
}
