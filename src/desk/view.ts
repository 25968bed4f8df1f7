/** A ticket as people outside the program see it: the JSON and CSV of the API and the command line. */

import type { TicketCard } from '../../adapters/desk';
import { type Nature, OPEN_STATUSES, type SlotName, type Slots, type TicketStatus } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';
import { holderOf } from './card';
import { flagsOf } from './flags';

/** What a list may be asked for. */
export const STATUSES = [...OPEN_STATUSES, 'resolved', 'closed'] as const satisfies readonly TicketStatus[];
export const NATURES = ['咨询', '申告', '投诉', '建议', '业务办理', '紧急'] as const satisfies readonly Nature[];

/** The six intake fields (S4-29), always present in a view; others follow when the form asked them. */
const intake = ['school', 'class', 'name', 'phone', 'issue', 'remark'] as const satisfies readonly SlotName[];

export type TicketView = Readonly<{
  number: string;
  nature: string;
  form: string;
  status: string;
  priority: string;
  department: string;
  fields: Readonly<Record<string, string | null>>;
  holder: TicketCard['holder'];
  assignee: string | null;
  flags: readonly string[];
  channel: string;
  conversation: string;
  createdAt: string;
  dueAt: string;
  result: string | null;
}>;

function fieldsOf(slots: Slots): Record<string, string | null> {
  const given = Object.entries(slots).map(([name, slot]) => [name, slot?.value ?? null] as const);
  return { ...Object.fromEntries(intake.map((name) => [name, null])), ...Object.fromEntries(given) };
}

export function viewTicket(ticket: TicketDoc): TicketView {
  return {
    number: ticket._id,
    nature: ticket.nature,
    form: ticket.form,
    status: ticket.status,
    priority: ticket.priority,
    department: ticket.department,
    fields: fieldsOf(ticket.slots),
    holder: holderOf(ticket),
    assignee: ticket.assigneeName,
    flags: flagsOf(ticket),
    channel: ticket.channel,
    conversation: ticket.conversation,
    createdAt: ticket.createdAt.toISOString(),
    dueAt: ticket.dueAt.toISOString(),
    result: ticket.result ?? null,
  };
}

const columns = [
  'number',
  'nature',
  'form',
  'status',
  'priority',
  'department',
  'assignee',
  'channel',
  'createdAt',
  'dueAt',
  'result',
] as const;

/** A leading = + - @ would run as a formula in a spreadsheet; an apostrophe keeps it text. */
function cell(value: string | null): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 with a byte order mark, so that spreadsheet programs show Chinese. */
export function ticketsAsCsv(tickets: readonly TicketView[]): string {
  const header = [...columns, ...intake, 'flags'].join(',');
  const lines = tickets.map((ticket) =>
    [...columns.map((name) => ticket[name]), ...intake.map((name) => ticket.fields[name] ?? null), ticket.flags.join(' ')]
      .map(cell)
      .join(','),
  );
  return `\uFEFF${[header, ...lines].join('\r\n')}\r\n`;
}
