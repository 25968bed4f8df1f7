/** `qiao tickets`: list, show and export what stands in the store. */
import type { Nature, TicketStatus } from '../../dialogs/vocabulary';
import { type TicketView, ticketsAsCsv, viewTicket } from '../desk/view';
import type { Store } from '../store/store';
import { print, printJson, type Terminal, UsageError } from './lines';

export type TicketFilter = Readonly<{ status?: TicketStatus | undefined; nature?: Nature | undefined }>;

async function found(store: Store, filter: TicketFilter): Promise<TicketView[]> {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  return (await store.tickets.find(given, { sort: { createdAt: -1, _id: -1 } })).map(viewTicket);
}

const line = (ticket: TicketView): string =>
  [
    ticket.number,
    ticket.nature,
    ticket.status,
    ticket.priority,
    ticket.department,
    ticket.fields.school ?? '-',
    ticket.fields.issue ?? '-',
  ].join('  ');

export async function listTickets(terminal: Terminal, store: Store, filter: TicketFilter & { json: boolean }): Promise<void> {
  const { json, ...rest } = filter;
  const tickets = await found(store, rest);
  if (json) return printJson(terminal, tickets);
  if (tickets.length === 0) return print(terminal, '还没有工单。');
  for (const ticket of tickets) print(terminal, line(ticket));
}

/** Throws UsageError when there is no such ticket. */
export async function showTicket(terminal: Terminal, store: Store, number: string, options: Readonly<{ json: boolean }>): Promise<void> {
  const ticket = await store.tickets.get(number);
  if (!ticket) throw new UsageError(`there is no ticket ${number}; qiao tickets list shows them`);
  const view = viewTicket(ticket);
  if (options.json) return printJson(terminal, { ...view, events: ticket.events });
  print(terminal, line(view));
  for (const [name, value] of Object.entries(view.fields)) print(terminal, `  ${name}: ${value ?? '-'}`);
  for (const event of ticket.events) print(terminal, `  ${event.at.toISOString()}  ${event.kind}  ${event.by}`);
}

export async function exportTickets(terminal: Terminal, store: Store, options: TicketFilter & { csv: boolean }): Promise<void> {
  const { csv, ...filter } = options;
  const tickets = await found(store, filter);
  if (csv) terminal.output.write(ticketsAsCsv(tickets));
  else printJson(terminal, tickets);
}
