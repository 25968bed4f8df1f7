/** Conversations that are known to be one person's, because that person proved it or an agent said so; every step can be taken back exactly. */
import type { InCommon } from '../../adapters/desk';
import type { Instant } from '../../dialogs/vocabulary';
import type { CustomerDoc, MergeDoc } from '../store/documents';
import type { Store } from '../store/store';

type Stores = Pick<Store, 'customers' | 'merges'>;

export type MergeBy = Readonly<{ how: 'code' } | { how: 'agent'; agent: string; agentName: string; inCommon: InCommon }>;
/** `beaten`: somebody merged or took back with the same people at the same moment, and nothing of this one stands. */
export type Merged = Readonly<{ kind: 'merged'; id: string; conversations: readonly string[] } | { kind: 'same' } | { kind: 'beaten' }>;
export type Undoer = Readonly<{ agent: string; agentName: string; act?: string }>;
export type Undone = 'undone' | 'unknown' | 'later-first';

export type Persons = Readonly<{
  /** The other conversations of whoever this is; none for most. */
  others(conversation: string): Promise<readonly CustomerDoc[]>;
  /** All conversations of whoever this is, this one among them, as the store has it now; in the order of their names. */
  group(conversation: string): Promise<readonly string[]>;
  /** The last merge that made this conversation one person's with others; null when there is none. */
  last(conversation: string): Promise<MergeDoc | null>;
  /** Brings to its end what was begun under this `id`; null when nothing was. */
  resume(id: string): Promise<Merged | null>;
  /** Makes two conversations, and all that were merged with either before, one person's. The same `id` again is the same merge. */
  merge(id: string, one: string, other: string, by: MergeBy): Promise<Merged>;
  /**
   * Puts every conversation back where it was before that merge; a merge that a later one rests on waits for that one to be undone. Who
   * did it first stands in the merge; `act` tells a retry from somebody else's.
   */
  undo(id: string, by: Undoer): Promise<Undone>;
}>;

/** Another process may have merged or undone meanwhile: it is seen this soon. */
const KNOWN_MS = 2_000;

export function createPersons(store: Stores, now: () => Instant): Persons {
  let known: { byConversation: Map<string, CustomerDoc[]>; until: Instant } | null = null;

  /** All who were ever merged: few, so that asking about everybody else costs nothing. */
  async function members(): Promise<Map<string, CustomerDoc[]>> {
    if (known && known.until > now()) return known.byConversation;
    // A range is what the index answers; whether a field exists would be asked of every customer.
    const rows = await store.customers.find({ person: { $gt: '' } });
    const byPerson = new Map<string, CustomerDoc[]>();
    for (const row of rows) if (row.person) byPerson.set(row.person, [...(byPerson.get(row.person) ?? []), row]);
    const byConversation = new Map(rows.map((row) => [row._id, byPerson.get(row.person ?? '') ?? []]));
    known = { byConversation, until: now() + KNOWN_MS };
    return byConversation;
  }

  const placeOf = async (conversation: string): Promise<string | null> => (await store.customers.get(conversation))?.person ?? null;

  /** Only from where it was seen to be: what somebody else placed meanwhile stays theirs. */
  async function move(conversation: string, from: string | null, to: string | null): Promise<boolean> {
    const at = new Date(now());
    if (from === null) await store.customers.insert({ _id: conversation, slots: {}, createdAt: at, updatedAt: at });
    const there = { _id: conversation, person: from ?? { $exists: false } };
    return store.customers.change(there, to === null ? { $unset: { person: '' } } : { $set: { person: to } });
  }

  async function groupOf(conversation: string): Promise<Readonly<Record<string, string | null>>> {
    const row = await store.customers.get(conversation);
    if (!row?.person) return { [conversation]: null };
    const rows = await store.customers.find({ person: row.person });
    return Object.fromEntries(rows.map(({ _id, person = null }) => [_id, person]));
  }

  /** What is written first says all that is to be done, so that whoever tries again after a crash does the same. */
  async function begin(id: string, one: string, other: string, by: MergeBy): Promise<MergeDoc | null> {
    const [first, second] = [await groupOf(one), await groupOf(other)];
    if (one === other || Object.hasOwn(first, other)) return null;
    // In one order for all: of two who want the same rows, whoever has the first of them has all.
    const before = inOrder(Object.entries({ ...first, ...second }).map(([conversation, person]) => ({ conversation, person })));
    const doc: MergeDoc = { _id: id, before, by, at: new Date(now()), undone: null, open: true };
    await store.merges.insert(doc);
    return doc;
  }

  async function carryOut({ _id, before }: MergeDoc): Promise<boolean> {
    for (const [n, { conversation, person }] of before.entries()) {
      if ((await move(conversation, person, _id)) || (await placeOf(conversation)) === _id) continue;
      for (const back of before.slice(0, n)) await move(back.conversation, _id, back.person);
      await store.merges.remove({ _id });
      return false;
    }
    return store.merges.change({ _id }, { $unset: { open: '' } });
  }

  async function finish(made: MergeDoc): Promise<Merged> {
    if (made.open && !(await carryOut(made))) return { kind: 'beaten' };
    known = null;
    return { kind: 'merged', id: made._id, conversations: made.before.map(({ conversation }) => conversation) };
  }

  async function resume(id: string): Promise<Merged | null> {
    const made = await store.merges.get(id);
    return made && finish(made);
  }

  return {
    async others(conversation) {
      const all = (await members()).get(conversation) ?? [];
      return all.filter(({ _id }) => _id !== conversation);
    },
    group: async (conversation) => Object.keys(await groupOf(conversation)).sort(),
    async last(conversation) {
      const person = await placeOf(conversation);
      return person === null ? null : store.merges.get(person);
    },
    resume,
    async merge(id, one, other, by) {
      const resumed = await resume(id);
      if (resumed) return resumed;
      const made = await begin(id, one, other, by);
      return made ? finish(made) : { kind: 'same' };
    },
    async undo(id, by) {
      const made = await store.merges.get(id);
      if (!made || made.open) return 'unknown';
      const { before, undone } = made;
      if (undone && undone.act !== by.act) return 'undone';
      if (!undone) {
        const rows = await store.customers.find({ _id: { $in: before.map(({ conversation }) => conversation) }, person: id });
        if (rows.length < before.length) return 'later-first';
        if (!(await store.merges.change({ _id: id, undone: null }, { $set: { undone: { ...by, at: new Date(now()) } } }))) return 'undone';
      }
      known = null;
      for (const [n, { conversation, person }] of before.entries()) {
        if ((await move(conversation, id, person)) || undone || (await placeOf(conversation)) === person) continue;
        // Somebody merged them further in this very moment: undoing this one now would tear that one apart.
        for (const back of before.slice(0, n)) await move(back.conversation, back.person, id);
        await store.merges.change({ _id: id }, { $set: { undone: null } });
        return 'later-first';
      }
      return 'undone';
    },
  };
}

const inOrder = (before: MergeDoc['before']): MergeDoc['before'] => before.sort((a, b) => (a.conversation < b.conversation ? -1 : 1));
