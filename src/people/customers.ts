/** What is remembered of a customer between conversations. One row per conversation; merging people over channels is another matter. */
import type { Role, Slots } from '../../dialogs/vocabulary';
import type { Store } from '../store/store';
import { contactOfConversation } from './directory';

export type Profile = Readonly<{ role?: Role; slots: Slots }>;
export const STRANGER: Profile = { slots: {} };

/** What they told us before, and what their platform's directory says where they told nothing. Null when neither knows them. */
export async function profileOf(store: Pick<Store, 'customers' | 'contacts'>, conversation: string): Promise<Profile | null> {
  const [row, contact] = await Promise.all([store.customers.get(conversation), contactOfConversation(store, conversation)]);
  if (!row && !contact) return null;
  const role = row?.role ?? contact?.role;
  return { ...(role && { role }), slots: { ...contact?.slots, ...row?.slots } };
}

/** Newer answers replace older ones, slot by slot. Doing it twice changes nothing. */
export async function remember(store: Pick<Store, 'customers'>, conversation: string, profile: Profile, at: Date): Promise<void> {
  const slots = Object.entries(profile.slots).map(([name, slot]) => [`slots.${name}`, slot] as const);
  const set = { ...Object.fromEntries(slots), ...(profile.role && { role: profile.role }), updatedAt: at };
  const fresh = { createdAt: at, ...(slots.length === 0 && { slots: {} }) };
  await store.customers.update({ _id: conversation }, { $set: set, $setOnInsert: fresh }, { upsert: true });
}
