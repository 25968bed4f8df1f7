/** Conversations that are known to be one person's, because that person proved it or an agent said so; every step can be taken back exactly. */
import type { Instant } from '../../dialogs/vocabulary';
import type { CustomerDoc, MergeDoc } from '../store/documents';
import type { Store } from '../store/store';

type Stores = Pick<Store, 'customers' | 'merges'>;

export type MergeBy = Readonly<{ how: 'code' } | { how: 'agent'; agent: string; agentName: string; reason: string }>;
export type Merged = Readonly<{ kind: 'merged'; id: string; conversations: readonly string[] } | { kind: 'same' }>;
export type Undone = 'undone' | 'unknown' | 'later-first';

export type Persons = Readonly<{
  /** The other conversations of whoever this is; none for most. */
  others(conversation: string): Promise<readonly CustomerDoc[]>;
  /** Makes two conversations, and all that were merged with either before, one person's. The same `id` again is the same merge. */
  merge(id: string, one: string, other: string, by: MergeBy): Promise<Merged>;
  /** Puts every conversation back where it was before that merge; a merge that a later one rests on waits for that one to be undone. */
  undo(id: string, by: Readonly<{ agent: string; agentName: string }>): Promise<Undone>;
}>;

/** Another process may have merged or undone meanwhile: it is seen this soon. */
const KNOWN_MS = 2_000;

export function createPersons(store: Stores, now: () => Instant): Persons {
  let known: { byConversation: Map<string, CustomerDoc[]>; until: Instant } | null = null;

  /** All who were ever merged: few, so that asking about everybody else costs nothing. */
  async function members(): Promise<Map<string, CustomerDoc[]>> {
    if (known && known.until > now()) return known.byConversation;
    const rows = await store.customers.find({ person: { $exists: true } });
    const byPerson = new Map<string, CustomerDoc[]>();
    for (const row of rows) if (row.person) byPerson.set(row.person, [...(byPerson.get(row.person) ?? []), row]);
    const byConversation = new Map(rows.map((row) => [row._id, byPerson.get(row.person ?? '') ?? []]));
    known = { byConversation, until: now() + KNOWN_MS };
    return byConversation;
  }

  async function place(conversation: string, person: string | null): Promise<void> {
    const at = new Date(now());
    if (person === null) await store.customers.change({ _id: conversation }, { $unset: { person: '' } });
    else {
      const fresh = { slots: {}, createdAt: at, updatedAt: at };
      await store.customers.update({ _id: conversation }, { $set: { person }, $setOnInsert: fresh }, { upsert: true });
    }
  }

  async function groupOf(conversation: string): Promise<Readonly<Record<string, string | null>>> {
    const row = await store.customers.get(conversation);
    if (!row?.person) return { [conversation]: null };
    const rows = await store.customers.find({ person: row.person });
    return Object.fromEntries(rows.map(({ _id, person = null }) => [_id, person]));
  }

  /** What is written first says all that is to be done, so that whoever tries again after a crash does the same. */
  async function carryOut({ _id, before }: MergeDoc): Promise<void> {
    for (const { conversation } of before) await place(conversation, _id);
    known = null;
  }

  return {
    async others(conversation) {
      const all = (await members()).get(conversation) ?? [];
      return all.filter(({ _id }) => _id !== conversation);
    },
    async merge(id, one, other, by) {
      const made = await store.merges.get(id);
      if (made) {
        if (made.undone === null) await carryOut(made);
        return { kind: 'merged', id, conversations: made.before.map(({ conversation }) => conversation) };
      }
      const [first, second] = [await groupOf(one), await groupOf(other)];
      if (one === other || Object.hasOwn(first, other)) return { kind: 'same' };
      const before = Object.entries({ ...first, ...second }).map(([conversation, person]) => ({ conversation, person }));
      const doc: MergeDoc = { _id: id, before, by, at: new Date(now()), undone: null };
      await store.merges.insert(doc);
      await carryOut(doc);
      return { kind: 'merged', id, conversations: before.map(({ conversation }) => conversation) };
    },
    async undo(id, by) {
      const made = await store.merges.get(id);
      if (!made) return 'unknown';
      if (made.undone === null) {
        const rows = await store.customers.find({ _id: { $in: made.before.map(({ conversation }) => conversation) } });
        // Somebody merged them further: undoing this one now would tear that one apart.
        if (rows.some(({ person }) => person !== undefined && person !== id && !made.before.some((one) => one.person === person)))
          return 'later-first';
        await store.merges.change({ _id: id }, { $set: { undone: { ...by, at: new Date(now()) } } });
      }
      for (const { conversation, person } of made.before) await place(conversation, person);
      known = null;
      return 'undone';
    },
  };
}
