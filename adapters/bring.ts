/** Sends what waited for the customer's next act, before anything new is said: the oldest first, as many in one message as fit. */
import type { Address } from '../dialogs/vocabulary';
import type { Budgets } from './budget';
import { ChannelError, type Tell } from './channel';
import { nameOf, pack, textOf } from './held';

/** One message with what waited; `carries`: the replies that are in it. */
export type Waited = Readonly<{ name: string; text: string; carries: readonly string[] }>;

/**
 * Resolves to null once nothing waits any more, else to what `send` says keeps it back. Throws what `send` throws. Only a text that the platform
 * refuses for good is given up, and told of, so that it keeps nothing else back. `by` as in Budgets.bundle, `limit` in bytes.
 */
export async function bringWaiting<Kept>(
  deps: Readonly<{ budgets: Budgets; limit: number; tell: Tell; now: () => number }>,
  of: Readonly<{ customer: string; to: Address; by?: string }>,
  send: (message: Waited) => Promise<Kept | null>,
): Promise<Kept | null> {
  const { budgets, limit, tell, now } = deps;
  const { customer, to, by } = of;
  for (;;) {
    // One that is too long by itself is the platform's to refuse.
    const { held, isLast } = await budgets.bundle(customer, (all) => pack(all, undefined, limit)?.held ?? 1, by);
    if (held.length === 0 && isLast) return null;
    if (held.length === 0) throw new ChannelError('前面的话正在发出，稍后再发', { retryable: true });
    const text = textOf(held);
    const carries = [...new Set(held.map(({ key }) => key))];
    try {
      const kept = await send({ name: nameOf(held), text, carries });
      if (kept !== null) {
        await budgets.putBack(customer);
        return kept;
      }
    } catch (error) {
      if (!(error instanceof ChannelError) || error.retryable || error.callBack) throw error;
      for (const key of carries) await tell({ kind: 'undelivered', key, of: to, reason: error.message, at: now() });
    }
    await budgets.release(customer, held);
    if (isLast) return null;
  }
}
