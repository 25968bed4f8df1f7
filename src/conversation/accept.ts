/** The durable inbox: a message is one row under its platform's own id, and only that row makes it accepted. */
import type { Accepted } from '../../adapters/channel';
import type { AgentEvent, Delivered, Refused, Taken } from '../../adapters/desk';
import type { Inbound } from '../../dialogs/vocabulary';
import type { MessageDoc } from '../store/documents';
import type { Deps, Options } from './deps';
import { actId, conversationId, hashOf, messageId, revisionId } from './ids';
import type { Lane } from './lane';
import type { Loop } from './loop';
import type { SettledBook } from './settled';

type Inbox = Readonly<{
  accept(message: Inbound, request?: string): Promise<Accepted>;
  take(event: AgentEvent, request?: string): Promise<Taken>;
}>;

export function createInbox(deps: Deps, options: Pick<Options, 'worker' | 'exclusive'>, loop: Loop, book: SettledBook): Inbox {
  const { store } = deps;

  /** Two messages of one conversation are written one after the other, so that the log has the order in which they came. */
  function inOrder<T>(lane: Lane, write: () => Promise<T>): Promise<T> {
    const writing = lane.accepting ? lane.accepting.then(write, write) : write();
    lane.accepting = writing;
    const done = () => {
      if (lane.accepting === writing) lane.accepting = null;
    };
    writing.then(done, done);
    return writing;
  }

  /** Strictly later than the one before: the log is sorted by it. */
  function receivedAt(lane: Lane): Date {
    lane.lastReceived = Math.max(deps.now(), lane.lastReceived + 1);
    return new Date(lane.lastReceived);
  }

  async function keep(lane: Lane, row: MessageDoc): Promise<Accepted> {
    const inserted = await store.messages.insert(row);
    if (inserted.inserted) {
      deps.crash?.('accepted');
      book.expect(row._id);
      lane.inbox.push(row);
      loop.kick(lane);
      return { id: row._id, conversation: lane.id, duplicate: false };
    }
    const existing = inserted.existing ?? (await store.messages.get(row._id));
    // A customer may edit; an act is what it was when it was first heard, whatever its desk makes of it the second time.
    const same = !existing || existing.hash === row.hash || row.agentEvent !== undefined || row.revises !== undefined;
    if (same) return known(lane, row._id, existing);
    return keep(lane, { ...row, _id: revisionId(row._id, row.hash), revises: row._id });
  }

  function known(lane: Lane, id: string, existing: MessageDoc | null): Accepted {
    // A platform sends again when it heard nothing: if nobody took the first one up, now is the time.
    if (existing?.status === 'received' && !book.of(id)) {
      lane.readLog = true;
      loop.kick(lane);
    }
    return { id, conversation: lane.id, duplicate: true };
  }

  function rowOf(
    lane: Lane,
    id: string,
    request: string | undefined,
  ): Pick<MessageDoc, '_id' | 'conversation' | 'direction' | 'seq' | 'receivedAt' | 'status' | 'by' | 'attempts'> & { request?: string } {
    return {
      _id: id,
      conversation: lane.id,
      direction: 'in',
      seq: null,
      receivedAt: receivedAt(lane),
      status: 'received',
      ...(!options.exclusive && { by: options.worker }),
      attempts: 0,
      ...(request !== undefined && { request }),
    };
  }

  return {
    accept(message, request) {
      const lane = loop.lane(conversationId(message.from));
      const row: MessageDoc = {
        ...rowOf(lane, messageId(message.from, message.id), request),
        at: new Date(message.at),
        author: 'customer',
        content: message.content,
        hash: hashOf(message.content),
        ...(message.locale && { locale: message.locale }),
        ...(message.name && { name: message.name }),
        ...(message.part && { part: message.part }),
        ...(message.failed !== undefined && { error: message.failed }),
      };
      return inOrder(lane, () => keep(lane, row));
    },

    async take(event, request) {
      const ticket = await store.tickets.get(event.ticket);
      if (!ticket) {
        const refused: Refused = {
          kind: 'refused',
          reason: 'unknown-ticket',
          message: `没有编号为 ${event.ticket} 的工单，请在列表里核对编号。`,
        };
        return { outcome: Promise.resolve(refused) };
      }
      const lane = loop.lane(ticket.conversation);
      const row: MessageDoc = {
        ...rowOf(lane, actId(event.ticket, event.id), request),
        at: new Date(event.at),
        author: 'agent',
        authorName: event.agentName,
        agentEvent: event,
        hash: hashOf({ ...event, at: 0 }),
      };
      const accepted = await inOrder(lane, () => keep(lane, row));
      return { outcome: outcomeOf(event, accepted) };
    },
  };

  async function outcomeOf(event: AgentEvent, accepted: Accepted): Promise<Delivered> {
    const settled = await book.of(accepted.id);
    const told = settled ? settled.refusal : await refusalInLog(accepted.id);
    if (!told) return { kind: 'accepted', ...accepted };
    const ticket = await store.tickets.get(event.ticket);
    const { assignee, assigneeName } = ticket ?? {};
    return { kind: 'refused', ...told, ...(assignee && { assignee }), ...(assigneeName && { assigneeName }) };
  }

  /** A click that was repeated hears what the first one heard. */
  async function refusalInLog(id: string): Promise<{ reason: 'not-possible'; message: string } | undefined> {
    const row = await store.messages.get(id);
    return row?.error === undefined ? undefined : { reason: 'not-possible', message: row.error };
  }
}
