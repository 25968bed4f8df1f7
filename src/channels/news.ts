/** What platforms say later of a conversation: a reply that has not arrived after all, or something agents should know. */
import type { News, Tell } from '../../adapters/channel';
import { type Flag, OPEN_STATUSES } from '../../dialogs/vocabulary';
import { conversationId, messageId } from '../conversation/ids';
import type { TicketBook } from '../desk/book';
import type { TicketDoc, TicketEvent } from '../store/documents';
import type { Store } from '../store/store';

/** `desk:<ticket>:<act>:<n>`: what an agent wrote on a ticket. */
const ACT = /^desk:([^:]+):([^:]+):\d+$/;

const CALL_BACK: readonly Flag[] = ['call-back'];

/** Durable once it resolves, and told twice it is one: a ticket takes an event of one id once. */
export function createNews(store: Pick<Store, 'messages' | 'tickets'>, book: Pick<TicketBook, 'append'>): Tell {
  async function openTicket(conversation: string): Promise<TicketDoc | undefined> {
    const open = { conversation, status: { $in: OPEN_STATUSES } };
    return (await store.tickets.find(open, { sort: { createdAt: -1 }, limit: 1 }))[0];
  }

  /** The line says so, and so does the customer's ticket. */
  async function undelivered({ key, of, reason, at, callBack = false }: Extract<News, { kind: 'undelivered' }>): Promise<void> {
    const conversation = conversationId(of);
    const row = await store.messages.get(key);
    if (row?.conversation !== conversation || row.direction !== 'out') return;
    const [, written, act] = ACT.exec(key)?.map(decodeURIComponent) ?? [];
    const owner = written ?? (await openTicket(conversation))?._id;
    // Without a ticket nobody waits for it, and a stranger's wrong address is nobody's business.
    await store.messages.change({ _id: key }, { $set: { error: reason, ...(owner !== undefined && { status: 'failed', owner }) } });
    if (owner === undefined) return;
    const common = { id: `${key}:undelivered`, at: new Date(at), by: 'bot' };
    const event: TicketEvent =
      written !== undefined && act !== undefined
        ? { ...common, kind: 'undelivered', data: { act, reason, ...(callBack && { flags: CALL_BACK }) } }
        : { ...common, kind: 'dead-lettered', data: { note: `自动回复未送达：${reason}`, ...(callBack && { flags: CALL_BACK }) } };
    await book.append(owner, event, callBack ? { $addToSet: { flags: { $each: [...CALL_BACK] } } } : {});
  }

  /** Stands on the customer's open ticket; while there is none nobody is at work whom it could concern. */
  async function remark({ of, id, text, at }: Extract<News, { kind: 'remark' }>): Promise<void> {
    const ticket = await openTicket(conversationId(of));
    if (!ticket) return;
    const event: TicketEvent = {
      id: `${messageId(of, id)}/remark`,
      kind: 'note',
      at: new Date(at),
      by: 'bot',
      data: { name: '系统', text },
    };
    await book.append(ticket._id, event);
  }

  return (news) => (news.kind === 'undelivered' ? undelivered(news) : remark(news));
}
