/** How the desk stands, counted from the store: what desks have yet to be told, who waits, what is overdue. */
import type { DeskName } from '../../adapters/desk';
import { type Instant, OPEN_STATUSES } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import { WAITING } from './queue';

export type DeskHealth = Readonly<{
  /** Tickets of which a desk that keeps what it is told does not know the latest, and how long the oldest such news waits. */
  untold: number;
  untoldAgeMs: number;
  /** Notices some desk has not shown yet. */
  openNotices: number;
  /** Customers who wait for a person. */
  waiting: number;
  overdue: number;
}>;

/** Enough to find the oldest news: the relay takes the tickets up in this order. */
const LOOKED_AT = 100;

/** `keeping` are the desks that are told; one that shows the store to whoever looks never lags behind. */
export async function deskHealth(
  store: Pick<Store, 'tickets' | 'notices'>,
  keeping: readonly DeskName[],
  at: Instant,
): Promise<DeskHealth> {
  const behind = { deskAt: { $gt: 0 } };
  const kept = keeping.length > 0;
  const [untold, oldest, openNotices, waiting, overdue] = await Promise.all([
    kept ? store.tickets.count(behind) : 0,
    kept ? store.tickets.find(behind, { sort: { deskAt: 1 }, limit: LOOKED_AT }) : [],
    store.notices.count({ open: true }),
    store.tickets.count(WAITING),
    store.tickets.count({ status: { $in: OPEN_STATUSES }, dueAt: { $lt: new Date(at) } }),
  ]);
  const untoldAgeMs = Math.max(0, ...oldest.map((ticket) => at - newsOf(ticket, keeping)));
  return { untold, untoldAgeMs, openNotices, waiting, overdue };
}

/** The first thing that happened to a ticket that one of the desks does not know. */
function newsOf({ events, boards, updatedAt }: TicketDoc, keeping: readonly DeskName[]): Instant {
  const told = Math.min(...keeping.map((name) => boards[name]?.told ?? 0));
  return (events[told]?.at ?? updatedAt).getTime();
}
