/** A ticket with nothing special about it, for tests of what is special about theirs. */
import type { TicketDoc, TicketEvent, TicketEventKind } from '../../src/store/documents';

export function anyTicket(over: Partial<TicketDoc> & Readonly<{ createdAt: Date }>): TicketDoc {
  return {
    _id: '20261123-0001',
    key: 'web:main:m1:0',
    version: 1,
    conversation: 'web:main:wang',
    channel: 'web',
    form: 'intake',
    nature: '申告',
    status: 'open',
    priority: 'normal',
    department: '客服部',
    slots: {},
    flags: [],
    handoff: true,
    assignee: null,
    assigneeName: null,
    firstOwner: null,
    firstOwnerName: null,
    boards: {},
    deskAt: null,
    relay: null,
    events: [],
    updatedAt: over.createdAt,
    dueAt: over.createdAt,
    ...over,
  };
}

export const happened = (kind: TicketEventKind, at: number, data: Record<string, unknown> = {}): TicketEvent => ({
  id: `${kind}@${at}`,
  kind,
  at: new Date(at),
  by: 'li',
  data,
});
