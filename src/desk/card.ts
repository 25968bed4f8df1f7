/** A ticket as agents see it: what it says, what may be done to it, phones masked. Pure. */

import type { TicketCard } from '../../adapters/desk';
import { zh } from '../../dialogs/copy/zh';
import { forms } from '../../dialogs/forms';
import type { Instant, SlotName } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';
import { flagsOf } from './flags';
import { actsIn } from './tickets';

const phones: ReadonlySet<SlotName> = new Set(['phone', 'newPhone']);
const settled: ReadonlySet<TicketDoc['status']> = new Set(['resolved', 'closed']);

/** 138****1234: enough to tell two numbers apart, not enough to call. */
export const maskPhone = (phone: string): string => (phone.length <= 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);

export function cardOf(ticket: TicketDoc, now: Instant): TicketCard {
  const { assignee, assigneeName, firstOwner, firstOwnerName, result, cause, rating } = ticket;
  const asked = forms[ticket.form].fields.map(({ name }) => ({ name, label: zh.slots[name] }));
  const fields = asked.flatMap((field) => {
    const slot = ticket.slots[field.name];
    return slot ? [{ ...field, value: phones.has(field.name) ? maskPhone(slot.value) : slot.value }] : [];
  });
  return {
    number: ticket._id,
    form: ticket.form,
    title: forms[ticket.form].title.zh,
    nature: ticket.nature,
    status: ticket.status,
    priority: ticket.priority,
    department: ticket.department,
    fields,
    missing: asked.filter(({ name }) => !ticket.slots[name]),
    flags: flagsOf(ticket),
    holder: settled.has(ticket.status) ? 'bot' : assignee ? 'agent' : 'queue',
    ...(assignee && { assignee: { id: assignee, name: assigneeName ?? assignee } }),
    ...(firstOwner && { firstOwner: { id: firstOwner, name: firstOwnerName ?? firstOwner } }),
    channel: ticket.channel,
    ...(ticket.slots.name && { customerName: ticket.slots.name.value }),
    createdAt: ticket.createdAt.getTime(),
    dueAt: ticket.dueAt.getTime(),
    overdue: !settled.has(ticket.status) && ticket.dueAt.getTime() < now,
    ...(result !== undefined && { result }),
    ...(cause !== undefined && { cause }),
    ...(rating !== undefined && { rating }),
    acts: actsIn(ticket.status),
  };
}
