/** A matter for which supervisors were called before it had a ticket: its ticket knows of the call, so that they are called once. */
import type { Flag } from '../../dialogs/vocabulary';
import type { NoticeDoc, TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import { gravityOf } from './alarms';
import { GRAVE } from './lines';
import { DAY } from './zone';

/** Goes with every complaint and every graver flag, and says nothing beside them. */
const ALONG: ReadonlySet<string> = new Set(['supervisor', 'complaint']);

/** The same ticket, with the call of its customer's that nobody opened a ticket for yet. Safe to repeat: a call belongs to one ticket. */
export async function pagedBefore(store: Pick<Store, 'notices'>, ticket: TicketDoc): Promise<TicketDoc> {
  const causes = [...gravityOf(ticket), ...ticket.flags.filter((flag) => GRAVE.has(flag))];
  if (causes.length === 0) return ticket;
  const since = new Date(ticket.createdAt.getTime() - DAY);
  const raised = { conversation: ticket.conversation, at: { $gte: since, $lte: ticket.createdAt } };
  const known = await store.notices.find({ ...raised, ticket: { $in: [null, ticket._id] } }, { sort: { at: -1 } });
  const calls = known.filter((call) => covers(call, causes));
  const call = calls.find((one) => one.ticket === ticket._id) ?? calls[0];
  const free = { _id: call?._id, ticket: { $in: [null, ticket._id] } };
  if (!call || !(await store.notices.change(free, { $set: { ticket: ticket._id } }))) return ticket;
  const text = `登记前已呼叫主管（${call.notice.title}）`;
  const event = {
    id: `${ticket.key}:called`,
    kind: 'alarmed',
    at: ticket.createdAt,
    by: 'clock',
    data: { kind: 'page', page: false, text },
  } as const;
  return { ...ticket, events: [...ticket.events, event] };
}

/** Whether the call was about all that is grave here. */
const covers = ({ flag }: NoticeDoc, causes: readonly string[]): boolean =>
  flag !== undefined && causes.every((cause) => ALONG.has(cause) || cause === (flag satisfies Flag));
