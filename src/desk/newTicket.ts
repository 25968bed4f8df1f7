/** A ticket as it is opened, whoever opens it. Pure. */
import type { ChannelName, Effect, Instant } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';

export type Opening = Omit<Extract<Effect, { kind: 'openTicket' }>, 'kind'>;
/** `id` is the key under which opening twice is once. */
export type Opened = Readonly<{ id: string; at: Instant; conversation: string; channel: ChannelName; due: Instant }>;

export function newTicket(opening: Opening, { id, at: instant, conversation, channel, due }: Opened): TicketDoc {
  const { number, form, nature, priority, department, slots, flags, handoff } = opening;
  const [at, dueAt] = [new Date(instant), new Date(due)];
  return {
    _id: number,
    key: id,
    version: 1,
    conversation,
    channel,
    form,
    nature,
    status: 'open',
    priority,
    department,
    slots,
    flags: [...flags],
    handoff,
    assignee: null,
    assigneeName: null,
    firstOwner: null,
    firstOwnerName: null,
    boards: {},
    deskAt: null,
    relay: null,
    events: [{ id, kind: 'opened', at, by: 'bot', data: { form, nature, priority, department, slots, flags: [...flags], dueAt } }],
    createdAt: at,
    updatedAt: at,
    dueAt,
  };
}
