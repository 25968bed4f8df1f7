/** Who may be calling: everybody who gave this number anywhere, their open tickets and what was said last. Never taken for one person. */
import type { CallView, Earlier, KnownCaller } from '../../adapters/calls';
import { maskEntry, maskText } from '../../adapters/mask';
import { OPEN_STATUSES } from '../../dialogs/vocabulary';
import type { Latest } from '../conversation/history';
import { addressOf, conversationId } from '../conversation/ids';
import { cardOf } from '../desk/card';
import type { CustomerDoc } from '../store/documents';
import type { Store } from '../store/store';

const CUSTOMERS = 50;
const TICKETS = 20;
const EARLIER = 3;
const LINES = 4;

export type Known = Pick<CallView, 'known' | 'tickets' | 'earlier'>;
const NOBODY: Known = { known: [], tickets: [], earlier: [] };

/** `number` as the engine writes numbers; nobody is known under a withheld one. */
export async function knownUnder(
  deps: Readonly<{ store: Pick<Store, 'customers' | 'tickets'>; latest: Latest; now: () => number }>,
  account: string,
  number: string,
): Promise<Known> {
  if (number === '') return NOBODY;
  const { store, latest, now } = deps;
  const here = conversationId({ channel: 'phone', account, user: number });
  const called = { $or: [{ _id: here }, { _id: { $gt: `${here}:`, $lt: `${here};` } }] };
  const customers = await store.customers.find(
    { $or: [{ 'slots.phone.value': number }, ...called.$or] },
    { sort: { updatedAt: -1 }, limit: CUSTOMERS },
  );
  const conversations = [...new Set([...customers.map(({ _id }) => _id), here])];
  const tickets = await store.tickets.find(
    { conversation: { $in: conversations }, status: { $in: OPEN_STATUSES } },
    { sort: { createdAt: -1 }, limit: TICKETS },
  );
  const earlier = await Promise.all(customers.slice(0, EARLIER).map((customer) => earlierOf(customer, latest)));
  return { known: together(customers), tickets: tickets.map((ticket) => cardOf(ticket, now())), earlier };
}

async function earlierOf({ _id, updatedAt }: CustomerDoc, latest: Latest): Promise<Earlier> {
  const lines = await latest(_id, { lines: LINES });
  return { channel: addressOf(_id).channel, lastAt: lines.at(-1)?.at ?? updatedAt.getTime(), lines: lines.map(maskEntry) };
}

/** One row for each name: the same person on three channels reads as one, two children of a family as two. */
function together(customers: readonly CustomerDoc[]): readonly KnownCaller[] {
  const rows = new Map<string, KnownCaller>();
  for (const { _id, slots, updatedAt } of customers) {
    const [name, school, form] = [slots.name?.value, slots.school?.value, slots.class?.value];
    const key = JSON.stringify([name ?? _id, school, form]);
    const { channel } = addressOf(_id);
    const before = rows.get(key);
    rows.set(key, {
      ...(name !== undefined && { name: maskText(name) }),
      ...(school !== undefined && { school }),
      ...(form !== undefined && { class: form }),
      channels: [...new Set([...(before?.channels ?? []), channel])],
      lastAt: Math.max(before?.lastAt ?? 0, updatedAt.getTime()),
    });
  }
  return [...rows.values()];
}
