/** The life of a ticket as one table: which act is possible in which status, where it leads, and what must be true before. Pure. */
import type { AgentEvent } from '../../adapters/desk';
import type { TicketStatus } from '../../dialogs/vocabulary';
import type { TicketDoc, TicketEvent, TicketEventKind } from '../store/documents';

export type TicketAct =
  | 'claim'
  | 'assign'
  | 'release'
  | 'reply'
  | 'note'
  | 'ask'
  | 'hear'
  | 'return'
  | 'resolve'
  | 'reopen'
  | 'close'
  | 'survey';

/** Act by act: from which status to which. What is not here is not possible. `waiting` is waiting for the customer. */
export const TRANSITIONS: Readonly<Record<TicketAct, Readonly<Partial<Record<TicketStatus, TicketStatus>>>>> = {
  claim: { open: 'assigned', assigned: 'assigned', waiting: 'waiting' },
  assign: { open: 'assigned', assigned: 'assigned', waiting: 'waiting' },
  release: { assigned: 'open', waiting: 'open' },
  reply: { open: 'assigned', assigned: 'assigned', waiting: 'waiting' },
  note: { open: 'open', assigned: 'assigned', waiting: 'waiting', resolved: 'resolved', closed: 'closed' },
  ask: { assigned: 'waiting' },
  hear: { open: 'open', assigned: 'assigned', waiting: 'assigned', resolved: 'resolved', closed: 'closed' },
  return: { assigned: 'assigned', waiting: 'waiting' },
  resolve: { open: 'resolved', assigned: 'resolved', waiting: 'resolved' },
  reopen: { resolved: 'open', closed: 'open' },
  close: { resolved: 'closed' },
  survey: { resolved: 'resolved', closed: 'closed' },
};

const kinds: Readonly<Record<TicketAct, TicketEventKind>> = {
  claim: 'claimed',
  assign: 'assigned',
  release: 'released',
  reply: 'replied',
  note: 'note',
  ask: 'replied',
  hear: 'message',
  return: 'returned',
  resolve: 'resolved',
  reopen: 'reopened',
  close: 'closed',
  survey: 'surveyed',
};

/** What a ticket becomes: fields to set and the event to append, in one write. */
export type Change = Readonly<{ set: Partial<TicketDoc>; event: TicketEvent }>;
export type Refusal = Readonly<{ reason: 'held' | 'not-possible' | 'incomplete'; message: string }>;
export type Outcome = Readonly<{ ok: true; change: Change }> | Readonly<{ ok: false; refusal: Refusal }>;

/** Acts that take a ticket nobody holds yet. */
const taking: ReadonlySet<AgentEvent['kind']> = new Set(['claim', 'reply', 'resolve']);
/** Acts only the holder may do; a note is open to everybody. */
const holding: ReadonlySet<AgentEvent['kind']> = new Set(['claim', 'reply', 'return', 'resolve']);

/** An agent's act on a ticket; `id` makes the appended event idempotent. */
export function act(ticket: TicketDoc, event: AgentEvent, id: string): Outcome {
  const status = TRANSITIONS[event.kind][ticket.status];
  if (!status) return refuse('not-possible', `Ticket ${ticket._id} is ${ticket.status}; ${event.kind} is not possible now.`);
  if (holding.has(event.kind) && ticket.assignee !== null && ticket.assignee !== event.agent)
    return refuse('held', `Ticket ${ticket._id} is held by ${ticket.assigneeName ?? ticket.assignee}.`);
  if (event.kind === 'resolve') {
    const missing = unresolvable(ticket, event);
    if (missing) return refuse('incomplete', missing);
  }
  const taken = taking.has(event.kind) && ticket.assignee === null;
  const set: Partial<TicketDoc> = {
    status,
    ...(taken && { assignee: event.agent, assigneeName: event.agentName, firstOwner: ticket.firstOwner ?? event.agent }),
    ...(event.kind === 'resolve' && { result: event.result, resolvedAt: new Date(event.at), ...(event.cause && { cause: event.cause }) }),
  };
  return {
    ok: true,
    change: { set, event: { id, kind: kinds[event.kind], at: new Date(event.at), by: event.agent, data: dataOf(event) } },
  };
}

/** A complaint is resolved with its cause and its result only (S4-36). */
function unresolvable(ticket: TicketDoc, event: Extract<AgentEvent, { kind: 'resolve' }>): string | undefined {
  if (event.result.trim() === '') return `Ticket ${ticket._id} needs a result before it can be resolved; the customer will read it.`;
  if (ticket.nature === '投诉' && !event.cause?.trim())
    return `Ticket ${ticket._id} is a complaint; name the cause before it can be resolved.`;
  return undefined;
}

function dataOf(event: AgentEvent): Record<string, unknown> {
  switch (event.kind) {
    case 'claim':
    case 'return':
      return { name: event.agentName };
    case 'reply':
    case 'note':
      return { name: event.agentName, text: event.text };
    case 'resolve':
      return { name: event.agentName, result: event.result, ...(event.cause && { cause: event.cause }) };
  }
}

/** Nothing is closed before the customer was answered and a trace was left (S4-35). */
export function close(ticket: TicketDoc, by: string, at: Date, id: string): Outcome {
  if (!TRANSITIONS.close[ticket.status]) return refuse('not-possible', `Ticket ${ticket._id} is ${ticket.status}; resolve it first.`);
  // Resolving tells the customer the result in the same turn, so it is an answer too.
  const answered = ticket.events.some(({ kind }) => kind === 'replied' || kind === 'resolved');
  if (!answered) return refuse('incomplete', `Ticket ${ticket._id} was never answered to the customer; reply first.`);
  return { ok: true, change: { set: { status: 'closed' }, event: { id, kind: 'closed', at, by, data: {} } } };
}

export type Reopening = Readonly<{ by: string; at: Date; id: string; reason: string; dueAt: Date }>;

/** The customer came back to a matter that was settled: the time promised runs anew. */
export function reopen(ticket: TicketDoc, { by, at, id, reason, dueAt }: Reopening): Outcome {
  const status = TRANSITIONS.reopen[ticket.status];
  if (!status) return refuse('not-possible', `Ticket ${ticket._id} is ${ticket.status} and needs no reopening.`);
  // The first owner stays answerable (S4-34): the ticket goes back to whoever held it.
  return {
    ok: true,
    change: {
      set: { status: ticket.assignee ? 'assigned' : status, dueAt },
      event: { id, kind: 'reopened', at, by, data: { reason, dueAt } },
    },
  };
}

const refuse = (reason: Refusal['reason'], message: string): Outcome => ({ ok: false, refusal: { reason, message } });
