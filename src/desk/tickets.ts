/** The life of a ticket as one table: which act is possible in which status, where it leads, and what must be true before. Pure. */
import type { AgentAct, AgentEvent, Refused } from '../../adapters/desk';
import { actWords, statusWords } from '../../adapters/words';
import type { TicketStatus } from '../../dialogs/vocabulary';
import type { TicketDoc, TicketEvent, TicketEventKind } from '../store/documents';
import { amended } from './amend';

export type TicketAct =
  | 'claim'
  | 'assign'
  | 'release'
  | 'reply'
  | 'note'
  | 'ask'
  | 'hear'
  | 'amend'
  | 'escalate'
  | 'acknowledge'
  | 'return'
  | 'resolve'
  | 'reopen'
  | 'merge'
  | 'unmerge'
  | 'close'
  | 'survey';

/** Possible whenever, and changes no status. */
const always = { open: 'open', assigned: 'assigned', waiting: 'waiting', resolved: 'resolved', closed: 'closed' } as const;

/** Act by act: from which status to which. What is not here is not possible. `waiting` is waiting for the customer. */
export const TRANSITIONS: Readonly<Record<TicketAct, Readonly<Partial<Record<TicketStatus, TicketStatus>>>>> = {
  claim: { open: 'assigned', assigned: 'assigned', waiting: 'waiting' },
  assign: { open: 'assigned', assigned: 'assigned', waiting: 'waiting' },
  release: { assigned: 'open', waiting: 'open' },
  reply: { open: 'assigned', assigned: 'assigned', waiting: 'waiting' },
  note: always,
  ask: { assigned: 'waiting' },
  hear: { open: 'open', assigned: 'assigned', waiting: 'assigned', resolved: 'resolved', closed: 'closed' },
  amend: { open: 'open', assigned: 'assigned', waiting: 'waiting', resolved: 'resolved' },
  escalate: { open: 'open', assigned: 'assigned', waiting: 'waiting', resolved: 'resolved' },
  acknowledge: always,
  return: { assigned: 'assigned', waiting: 'waiting' },
  resolve: { open: 'resolved', assigned: 'resolved', waiting: 'resolved' },
  reopen: { resolved: 'open', closed: 'open' },
  merge: always,
  unmerge: always,
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
  amend: 'amended',
  escalate: 'escalated',
  acknowledge: 'acknowledged',
  return: 'returned',
  resolve: 'resolved',
  reopen: 'reopened',
  merge: 'merged',
  unmerge: 'unmerged',
  close: 'closed',
  survey: 'surveyed',
};

/** What a ticket becomes: fields to set and the event to append, in one write. */
export type Change = Readonly<{ set: Partial<TicketDoc>; event: TicketEvent }>;
export type Refusal = Readonly<{ reason: Exclude<Refused['reason'], 'unknown-ticket'>; message: string }>;
export type Outcome = Readonly<{ ok: true; change: Change }> | Readonly<{ ok: false; refusal: Refusal }>;

/** Acts that take a ticket nobody holds yet. */
const taking: ReadonlySet<AgentAct> = new Set(['claim', 'reply', 'resolve']);
/** Acts only the holder may do; whoever wants to takes the ticket over first. Everything else is open to every agent. */
const holding: ReadonlySet<AgentAct> = new Set(['claim', 'reply', 'return', 'resolve']);

/** What agents may do to a ticket in this status; taking a merge back stands beside the merge. */
export const actsIn = (status: TicketStatus): readonly AgentAct[] => AGENT_ACTS.filter((act) => TRANSITIONS[act][status] !== undefined);
const AGENT_ACTS = [
  'claim',
  'reply',
  'note',
  'assign',
  'amend',
  'escalate',
  'acknowledge',
  'return',
  'resolve',
  'reopen',
  'merge',
] as const satisfies readonly AgentAct[];

/** An agent's act on a ticket; `id` makes the appended event idempotent. */
export function act(ticket: TicketDoc, event: Exclude<AgentEvent, { kind: 'reopen' | 'merge' | 'unmerge' }>, id: string): Outcome {
  const status = TRANSITIONS[event.kind][ticket.status];
  if (!status) return refuse('not-possible', `工单 ${ticket._id} 现在是「${statusWords[ticket.status]}」，不能${actWords[event.kind]}。`);
  const theirs = ticket.assignee !== null && ticket.assignee !== event.agent;
  const takesOver = event.kind === 'claim' && event.takeOver === true;
  if (holding.has(event.kind) && theirs && !takesOver) {
    return refuse('held', `工单 ${ticket._id} 正由${ticket.assigneeName ?? ticket.assignee}处理；需要时请先接手。`);
  }
  if (event.kind === 'reply' && event.text.trim() === '' && !event.attachments?.length) {
    return refuse('invalid', '没有内容可以发给客户，请写几个字或附上文件。');
  }
  if (event.kind === 'resolve') {
    const missing = unresolvable(ticket, event);
    if (missing) return refuse('incomplete', missing);
  }
  const taken = taking.has(event.kind) && (ticket.assignee === null || takesOver) ? holderSet(ticket, event) : {};
  return {
    ok: true,
    change: {
      set: { status, ...taken, ...setOf(ticket, event) },
      event: { id, kind: kinds[event.kind], at: new Date(event.at), by: event.agent, data: dataOf(event) },
    },
  };
}

const holderSet = (ticket: TicketDoc, { agent, agentName }: Readonly<{ agent: string; agentName: string }>): Partial<TicketDoc> => ({
  assignee: agent,
  assigneeName: agentName,
  ...(ticket.firstOwner === null && { firstOwner: agent, firstOwnerName: agentName }),
});

function setOf(ticket: TicketDoc, event: AgentEvent): Partial<TicketDoc> {
  switch (event.kind) {
    case 'assign':
      return 'agent' in event.to
        ? holderSet(ticket, event.to)
        : { status: 'open', department: event.to.department, assignee: null, assigneeName: null, handoff: true };
    case 'amend': {
      const { slots } = amended(event.values);
      return { slots: { ...ticket.slots, ...slots } };
    }
    case 'escalate':
      return { flags: [...new Set([...ticket.flags, 'supervisor' as const])] };
    case 'resolve':
      return { result: event.result, resolvedAt: new Date(event.at), ...(event.cause && { cause: event.cause }) };
    default:
      return {};
  }
}

/** Who may see whom the customer could be, and say that they are one: as with full numbers, the holder and supervisors. */
export const mayMerge = ({ assignee }: TicketDoc, { id, supervisor }: Readonly<{ id: string; supervisor: boolean }>): boolean =>
  assignee === id || supervisor;
export const NOT_YOURS_TO_MERGE = '只有处理人和主管可以合并客户，请先认领工单。';

/** A complaint is resolved with its cause and its result only (S4-36). */
function unresolvable(ticket: TicketDoc, event: Extract<AgentEvent, { kind: 'resolve' }>): string | undefined {
  if (event.result.trim() === '') return `请填写工单 ${ticket._id} 的处理结果，客户会看到它。`;
  if (ticket.nature === '投诉' && !event.cause?.trim()) return `工单 ${ticket._id} 是投诉，请写明原因再解决。`;
  return undefined;
}

function dataOf(event: AgentEvent): Record<string, unknown> {
  const { id, at, ticket, agent, agentName, kind, ...rest } = event;
  return { name: agentName, act: id, ...rest };
}

/** Back into the queue, to be taken by anybody; the first owner stays answerable (S4-34). */
export function release(ticket: TicketDoc, at: Date, id: string, reason: string): Outcome {
  const status = TRANSITIONS.release[ticket.status];
  if (!status) return refuse('not-possible', `Ticket ${ticket._id} is ${ticket.status} and held by nobody.`);
  const set = { status, assignee: null, assigneeName: null, handoff: true };
  return { ok: true, change: { set, event: { id, kind: 'released', at, by: 'bot', data: { reason } } } };
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
