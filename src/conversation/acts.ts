/** What an agent does to a ticket, checked against its life and written on it, then told to the engine. */
import type { AgentEvent } from '../../adapters/desk';
import type { Event, Instant, Locale } from '../../dialogs/vocabulary';
import { amended } from '../desk/amend';
import type { TicketBook } from '../desk/book';
import { holderOf } from '../desk/card';
import type { Due } from '../desk/due';
import { act, type Refusal, reopen } from '../desk/tickets';
import type { Deps } from './deps';
import type { MergeAct } from './mergeActs';

/** The event for the engine, null when only the ticket is concerned, or why the act is refused. Doing it twice changes nothing. */
export type Act = (event: AgentEvent, id: string, at: Instant, locale: Locale) => Promise<Event | null | Refusal>;

export function createAct(book: TicketBook, due: Due, mergeAct: MergeAct, crash?: Deps['crash']): Act {
  return async (event, id, at, locale) => {
    for (;;) {
      const ticket = await book.get(event.ticket);
      if (!ticket) return { reason: 'not-possible', message: `没有编号为 ${event.ticket} 的工单。` };
      // A crash after this write and before the turn was saved: the act is done, the engine has yet to hear of it.
      if (ticket.events.some((past) => past.id === id)) return toldOf(event, id, at, locale, false);
      if (event.kind === 'merge' || event.kind === 'unmerge') return mergeAct(event, ticket, id, at);
      if (event.kind === 'amend') {
        const problems = Object.values(amended(event.values).problems);
        if (problems.length > 0) return { reason: 'invalid', message: problems.join('') };
      }
      const outcome =
        event.kind === 'reopen'
          ? reopen(ticket, { by: event.agent, at: new Date(at), id, reason: event.reason, dueAt: new Date(due(ticket.priority, at)) })
          : act(ticket, event, id);
      if (!outcome.ok) return outcome.refusal;
      // Theirs already; but the customer may have come back to it and wait for them.
      if (event.kind === 'claim' && ticket.assignee === event.agent && holderOf(ticket) === 'agent')
        return toldOf(event, id, at, locale, true);
      if (!(await book.write(ticket, outcome.change))) continue;
      crash?.('acted');
      return toldOf(event, id, at, locale, false);
    }
  };
}

function toldOf(event: AgentEvent, id: string, at: Instant, locale: Locale, again: boolean): Event | null {
  const { ticket, agent, agentName } = event;
  const common = { id, at, locale, ticket };
  switch (event.kind) {
    case 'claim':
      return { ...common, kind: 'agentClaimed', agent, agentName, ...(again && { again }) };
    case 'reply':
      return { ...common, kind: 'agentReplied', act: event.id, agent, agentName, text: event.text, attachments: event.attachments ?? [] };
    case 'return':
      return { ...common, kind: 'agentReturned', agent, agentName };
    case 'resolve':
      return { ...common, kind: 'ticketResolved', act: event.id, result: event.result, auto: false };
    case 'assign':
      return { ...common, kind: 'agentAssigned', agent, agentName, to: event.to };
    case 'note':
    case 'amend':
    case 'escalate':
    case 'acknowledge':
    case 'reopen':
    case 'merge':
    case 'unmerge':
      return null;
  }
}
