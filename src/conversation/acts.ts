/** What an agent does to a ticket, checked against its life and written on it, then told to the engine. */
import type { AgentEvent } from '../../adapters/desk';
import type { Event, Instant, Locale } from '../../dialogs/vocabulary';
import { act, type Refusal } from '../desk/tickets';
import type { Store } from '../store/store';

/** The event for the engine, null when only the ticket is concerned, or why the act is refused. Doing it twice changes nothing. */
export type Act = (event: AgentEvent, id: string, at: Instant, locale: Locale) => Promise<Event | null | Refusal>;

export function createAct(store: Pick<Store, 'tickets'>): Act {
  return async (event, id, at, locale) => {
    for (;;) {
      const ticket = await store.tickets.get(event.ticket);
      if (!ticket) return { reason: 'not-possible', message: `No ticket has the number ${event.ticket}.` };
      // A crash after this write and before the turn was saved: the act is done, the engine has yet to hear of it.
      if (ticket.events.some((past) => past.id === id)) return toldOf(event, id, at, locale);
      const outcome = act(ticket, event, id);
      if (!outcome.ok) return outcome.refusal;
      if (event.kind === 'claim' && ticket.assignee === event.agent) return null;
      const written = await store.tickets.update(
        { _id: ticket._id, version: ticket.version },
        { $set: { ...outcome.change.set, updatedAt: new Date(at) }, $push: { events: outcome.change.event }, $inc: { version: 1 } },
      );
      if (written) return toldOf(event, id, at, locale);
    }
  };
}

function toldOf(event: AgentEvent, id: string, at: Instant, locale: Locale): Event | null {
  const { ticket, agent, agentName } = event;
  const common = { id, at, locale, ticket };
  switch (event.kind) {
    case 'claim':
      return { ...common, kind: 'agentClaimed', agent, agentName };
    case 'reply':
      return { ...common, kind: 'agentReplied', agent, agentName, text: event.text };
    case 'return':
      return { ...common, kind: 'agentReturned', agent, agentName };
    case 'resolve':
      return { ...common, kind: 'ticketResolved', result: event.result, auto: false };
    case 'note':
      return null;
  }
}
