/** What is remembered of a customer between conversations. One row per conversation; merging people over channels is another matter. */
import type { Role, Slots } from '../../dialogs/vocabulary';
import type { Store } from '../store/store';

export type Profile = Readonly<{ role?: Role; slots: Slots }>;
export const STRANGER: Profile = { slots: {} };

/** Null when this customer was never remembered. */
export async function profileOf(store: Pick<Store, 'customers'>, conversation: string): Promise<Profile | null> {
  const row = await store.customers.get(conversation);
  return row && { ...(row.role && { role: row.role }), slots: row.slots };
}

/** Newer answers replace older ones, slot by slot. Doing it twice changes nothing. */
export async function remember(store: Pick<Store, 'customers'>, conversation: string, profile: Profile, at: Date): Promise<void> {
  const slots = Object.entries(profile.slots).map(([name, slot]) => [`slots.${name}`, slot] as const);
  const set = { ...Object.fromEntries(slots), ...(profile.role && { role: profile.role }), updatedAt: at };
  const fresh = { createdAt: at, ...(slots.length === 0 && { slots: {} }) };
  await store.customers.update({ _id: conversation }, { $set: set, $setOnInsert: fresh }, { upsert: true });
}
