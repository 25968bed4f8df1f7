/** Secrets nobody has to think of: made once, kept in the store, the same for all processes of a desk. */
import { randomBytes } from 'node:crypto';
import type { Store } from './store/store';

export const newSecret = (): string => randomBytes(24).toString('base64url');

export async function keptSecret(store: Pick<Store, 'settings'>, id: string): Promise<string> {
  const made = { _id: id, value: { secret: newSecret() }, updatedAt: new Date() };
  const { inserted } = await store.settings.insert(made);
  const kept = inserted ? made : await store.settings.get(id);
  return String(kept?.value.secret);
}
