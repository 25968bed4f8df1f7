/** Tickets as a channel may look them up: by number, and those of one of its own customers. */
import type { Address } from '../../dialogs/vocabulary';
import { addressOf, conversationId } from '../conversation/ids';
import type { TicketDoc } from '../store/documents';
import type { Store } from '../store/store';

/** `key` is the effect that opened it. */
export type FoundTicket = Readonly<{ number: string; key: string; customer: Address }>;

const AT_MOST = 20;
const found = ({ _id, key, conversation }: TicketDoc): FoundTicket => ({ number: _id, key, customer: addressOf(conversation) });

export function createTicketFinder({ tickets }: Pick<Store, 'tickets'>) {
  return {
    async get(number: string): Promise<FoundTicket | null> {
      const ticket = await tickets.get(number);
      return ticket && found(ticket);
    },
    /** The newest first. */
    async of(customer: Address): Promise<readonly FoundTicket[]> {
      const rows = await tickets.find({ conversation: conversationId(customer) }, { sort: { createdAt: -1 }, limit: AT_MOST });
      return rows.map(found);
    },
  };
}
