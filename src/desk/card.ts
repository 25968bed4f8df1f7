/** A ticket as agents see it: what it says, what may be done to it, phones masked. Pure. */

import type { TicketCard } from '../../adapters/desk';
import { maskPhone, maskText } from '../../adapters/mask';
import { zh } from '../../dialogs/copy/zh';
import { forms } from '../../dialogs/forms';
import { type Instant, isOpen, type SlotName } from '../../dialogs/vocabulary';
import type { TicketDoc, TicketEventKind } from '../store/documents';
import { flagsOf } from './flags';
import { actsIn } from './tickets';

const phones: ReadonlySet<SlotName> = new Set(['phone', 'newPhone']);

/** What gives the word to somebody, or takes it. */
const passing: ReadonlySet<TicketEventKind> = new Set(['claimed', 'assigned', 'replied', 'reopened', 'returned']);

/** Who may speak to the customer. Who gave the chat back to the bot keeps the ticket, until a person is asked for again. */
export function holderOf({ status, assignee, events }: Pick<TicketDoc, 'status' | 'assignee' | 'events'>): TicketCard['holder'] {
  if (!isOpen({ status })) return 'bot';
  if (!assignee) return 'queue';
  const last = events.findLast(({ kind, data }) => passing.has(kind) || data.handoff === true);
  return last?.kind === 'returned' ? 'bot' : 'agent';
}

export function cardOf(ticket: TicketDoc, now: Instant): TicketCard {
  const { assignee, assigneeName, firstOwner, firstOwnerName, result, cause, rating } = ticket;
  const asked = forms[ticket.form].fields.map(({ name }) => ({ name, label: zh.slots[name] }));
  const fields = asked.flatMap((field) => {
    const slot = ticket.slots[field.name];
    return slot ? [{ ...field, value: phones.has(field.name) ? maskPhone(slot.value) : maskText(slot.value) }] : [];
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
    holder: holderOf(ticket),
    ...(assignee && { assignee: { id: assignee, name: assigneeName ?? assignee } }),
    ...(firstOwner && { firstOwner: { id: firstOwner, name: firstOwnerName ?? firstOwner } }),
    channel: ticket.channel,
    ...(ticket.slots.name && { customerName: maskText(ticket.slots.name.value) }),
    createdAt: ticket.createdAt.getTime(),
    dueAt: ticket.dueAt.getTime(),
    overdue: isOpen(ticket) && ticket.dueAt.getTime() < now,
    ...(result !== undefined && { result: maskText(result) }),
    ...(cause !== undefined && { cause: maskText(cause) }),
    ...(rating !== undefined && { rating }),
    acts: actsIn(ticket.status),
  };
}
