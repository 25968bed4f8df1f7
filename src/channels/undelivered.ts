/** A platform took a reply and said later that it did not arrive: the line says so, and so does the customer's ticket. */
import { type Address, OPEN_STATUSES } from '../../dialogs/vocabulary';
import { conversationId } from '../conversation/ids';
import type { TicketBook } from '../desk/book';
import type { TicketEvent } from '../store/documents';
import type { Store } from '../store/store';

type Undelivered = (key: string, customer: Address, reason: string) => Promise<void>;

/** `desk:<ticket>:<act>:<n>`: what an agent wrote on a ticket. */
const ACT = /^desk:([^:]+):([^:]+):\d+$/;

export function createUndelivered(
  store: Pick<Store, 'messages' | 'tickets'>,
  book: Pick<TicketBook, 'append'>,
  now: () => number,
): Undelivered {
  return async (key, customer, reason) => {
    const conversation = conversationId(customer);
    const row = await store.messages.get(key);
    if (row?.conversation !== conversation || row.direction !== 'out') return;
    const [, written, act] = ACT.exec(key)?.map(decodeURIComponent) ?? [];
    const [open] = await store.tickets.find({ conversation, status: { $in: OPEN_STATUSES } }, { sort: { createdAt: -1 }, limit: 1 });
    const owner = written ?? open?._id;
    // Without a ticket nobody waits for it, and a stranger's wrong address is nobody's business.
    await store.messages.change({ _id: key }, { $set: { error: reason, ...(owner !== undefined && { status: 'failed', owner }) } });
    if (owner === undefined) return;
    const common = { id: `${key}:returned`, at: new Date(now()), by: 'bot' };
    const event: TicketEvent =
      written !== undefined && act !== undefined
        ? { ...common, kind: 'undelivered', data: { act, reason: `邮件被退回（${reason}）` } }
        : { ...common, kind: 'dead-lettered', data: { note: `自动回复的邮件被退回（${reason}）` } };
    await book.append(owner, event);
  };
}
