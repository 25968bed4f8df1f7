/** The proof that two conversations are one person's: six digits sent where the person is known, typed where they are new. */
import { randomInt } from 'node:crypto';
import { createSigner } from '../../adapters/signature';
import type { ChannelName, Instant } from '../../dialogs/vocabulary';
import type { CustomerDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { Persons } from './persons';

type Stores = Pick<Store, 'customers' | 'proofs' | 'notes'>;

export const LIFE_MS = 10 * 60_000;
export const TRIES = 5;
const DAY_MS = 24 * 60 * 60_000;
/** Codes a day one conversation may ask for, and one person may be sent. */
const A_DAY = 3;
const CANDIDATES = 20;
/** Where a message of ours finds the person by itself; a browser that was closed or a telephone does not show one. */
const silent: ReadonlySet<ChannelName> = new Set(['web', 'terminal', 'phone']);

/** Right: `to` is the same person's, by the code named `id`. `left` tries after a wrong one. */
export type Verdict = Readonly<{ kind: 'right'; id: string; to: string } | { kind: 'wrong'; left: number } | { kind: 'over' }>;

export type Proofs = Readonly<{
  /** Whether a code could be sent to somebody known under this number on another conversation. */
  known(conversation: string, number: string): Promise<boolean>;
  /** A new code and where it goes; null when there is nowhere, or too many were asked for. `id` the same: the same code is not sent twice. */
  issue(id: string, conversation: string, number: string): Promise<Readonly<{ to: string; code: string }> | null>;
  /** Judges what was typed; `at` names the message, so that looking twice at one counts once. */
  judge(conversation: string, typed: string, at: Instant): Promise<Verdict>;
}>;

const said = (conversation: string, code: string): string => `${conversation}\n${code}`;

export function createProofs(
  store: Stores,
  deps: Readonly<{
    persons: Persons;
    reachable: (channel: ChannelName) => boolean;
    channelOf: (conversation: string) => ChannelName;
    /** Six digits are tried out in no time by whoever reads a hash made without it. */
    secret: string;
    now: () => Instant;
  }>,
): Proofs {
  const { persons, channelOf, now } = deps;
  const signer = createSigner(deps.secret, 'qiao code of a person');

  /** The one who wrote last under this number, on a channel that reaches them. */
  async function target(conversation: string, number: string): Promise<CustomerDoc | null> {
    const rows = await store.customers.find({ 'slots.phone.value': number }, { sort: { updatedAt: -1 }, limit: CANDIDATES });
    const own = new Set([conversation, ...(await persons.others(conversation)).map(({ _id }) => _id)]);
    const found = rows.find(({ _id }) => {
      const channel = channelOf(_id);
      return !own.has(_id) && !silent.has(channel) && deps.reachable(channel);
    });
    return found ?? null;
  }

  /** Whether one more may be sent there today: counted before it is made, so that of many who ask at once no more get through. */
  async function mayBeSent(to: string, at: Instant): Promise<boolean> {
    const some = { $or: [{ [`value.${A_DAY - 1}`]: { $exists: false } }, { 'value.0': { $lt: at - DAY_MS } }] };
    const counted = await store.notes.update(
      { _id: `code-sent:${to}`, ...some },
      { $push: { value: { $each: [at], $slice: -A_DAY } }, $set: { updatedAt: new Date(at) }, $setOnInsert: { version: 1 } },
      { upsert: true },
    );
    return counted !== null;
  }

  return {
    known: async (conversation, number) => (await target(conversation, number)) !== null,
    async issue(id, conversation, number) {
      const before = await store.proofs.get(conversation);
      if (before?.id === id) return null;
      const at = now();
      const asked = (before?.asked ?? []).filter((one) => one > at - DAY_MS);
      const to = asked.length >= A_DAY ? null : await target(conversation, number);
      if (!to || !(await mayBeSent(to._id, at))) return null;
      const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
      const proof = {
        id,
        to: to._id,
        code: signer.sign(said(conversation, code)),
        tries: [],
        right: null,
        asked: [...asked, at],
        at: new Date(at),
      };
      await store.proofs.update({ _id: conversation }, { $set: proof }, { upsert: true });
      return { to: to._id, code };
    },
    async judge(conversation, typed, at) {
      const proof = await store.proofs.get(conversation);
      if (proof?.right === at) return { kind: 'right', id: proof.id, to: proof.to };
      const tried = proof?.tries ?? [];
      const fresh = proof && proof.right === null && now() - proof.at.getTime() < LIFE_MS && (tried.includes(at) || tried.length < TRIES);
      if (!fresh) return { kind: 'over' };
      // Counted before it is compared, so that two guesses at once are two.
      const counted = await store.proofs.update(
        { _id: conversation, id: proof.id, right: null, $or: [{ tries: at }, { [`tries.${TRIES - 1}`]: { $exists: false } }] },
        { $addToSet: { tries: at } },
      );
      if (!counted) return { kind: 'over' };
      if (!signer.verify(said(conversation, typed), proof.code)) {
        const left = TRIES - counted.tries.length;
        return left > 0 ? { kind: 'wrong', left } : { kind: 'over' };
      }
      await store.proofs.change({ _id: conversation, id: proof.id }, { $set: { right: at } });
      return { kind: 'right', id: proof.id, to: proof.to };
    },
  };
}
