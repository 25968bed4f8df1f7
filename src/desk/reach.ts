/** What may still be sent to the customer of a ticket, where their platform counts it: agents plan their words by it. */
import type { Channel } from '../../adapters/channel';
import type { TicketCard } from '../../adapters/desk';
import { type ChannelName, isOpen } from '../../dialogs/vocabulary';
import { addressOf } from '../conversation/ids';
import type { TicketDoc } from '../store/documents';

/** Empty where nothing is counted, for settled matters, and while it cannot be known: a card is shown all the same. */
export type Reach = (ticket: TicketDoc) => Promise<Pick<TicketCard, 'budget'>>;

export function createReach(channels: ReadonlyMap<ChannelName, Pick<Channel, 'budget'>>): Reach {
  return async (ticket) => {
    const to = addressOf(ticket.conversation);
    const channel = channels.get(to.channel);
    if (!channel?.budget || !isOpen(ticket)) return {};
    try {
      return { budget: await channel.budget(to) };
    } catch {
      return {};
    }
  };
}
