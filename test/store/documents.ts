/** Documents to store, complete but for what a test cares about. */
import type { ConversationDoc, MessageDoc, Stepped, TicketDoc } from '../../src/store/documents';

const at = new Date('2026-03-02T08:30:00.000Z');

export function conversation(id: string, changes: Partial<ConversationDoc> = {}): ConversationDoc {
  return {
    _id: id,
    schema: 1,
    version: 0,
    address: { channel: 'web', account: 'default', user: id },
    locale: 'zh',
    state: {
      schema: 1,
      phase: 'idle',
      memory: { greeted: false, slots: {}, misses: 0, offered: [], parked: [], surveyed: [], tickets: [], lastAt: 0, abuse: 0 },
    },
    holder: { kind: 'bot', reason: 'start', since: 0 },
    seq: 0,
    seen: [],
    outbox: [],
    outboxAt: null,
    lease: null,
    flags: [],
    wakes: {},
    wakeAt: null,
    createdAt: at,
    updatedAt: at,
    ...changes,
  };
}

export function message(id: string, changes: Partial<MessageDoc> = {}): MessageDoc {
  return {
    _id: id,
    conversation: 'web:default:王小明',
    direction: 'in',
    seq: null,
    at,
    receivedAt: at,
    author: 'customer',
    content: { kind: 'text', text: '收不到短信' },
    status: 'received',
    attempts: 0,
    hash: 'h',
    ...changes,
  };
}

export function ticket(id: string, changes: Partial<TicketDoc> = {}): TicketDoc {
  return {
    _id: id,
    key: `effect-of-${id}`,
    version: 0,
    conversation: 'web:default:王小明',
    channel: 'web',
    form: 'intake',
    nature: '咨询',
    status: 'open',
    priority: 'normal',
    department: '客服',
    slots: { name: { raw: '王小明', value: '王小明' } },
    flags: [],
    handoff: false,
    assignee: null,
    assigneeName: null,
    firstOwner: null,
    firstOwnerName: null,
    boards: {},
    deskAt: null,
    relay: null,
    alarmAt: 0,
    events: [],
    createdAt: at,
    updatedAt: at,
    dueAt: at,
    ...changes,
  };
}

/** A conversation with something due at `wakeAt`. */
export function due(id: string, wakeAt: number, holder: 'bot' | 'queue' | 'agent' = 'bot'): ConversationDoc {
  return conversation(id, { wakeAt, holder: { kind: holder, reason: 'start', since: 0 } });
}

export function stepped(id: string): Stepped {
  return { id, seq: 1, status: 'done', outcome: 'answered' };
}
