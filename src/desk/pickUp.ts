/** How long customers lately waited until a person took their ticket: what who waits now may expect. Pure. */
import type { Instant } from '../../dialogs/vocabulary';
import type { TicketDoc, TicketEvent } from '../store/documents';
import type { Calendar } from './calendar';

/** Fewer say nothing about the next. */
const LEAST = 3;

const takes = ({ kind, data }: TicketEvent): boolean =>
  kind === 'claimed' ||
  kind === 'replied' ||
  (kind === 'assigned' && typeof data.to === 'object' && data.to !== null && 'agent' in data.to);

/** When a person was first asked for on it. */
function askedAt({ events, createdAt }: Pick<TicketDoc, 'events' | 'createdAt'>): Instant {
  const asked = events.find(({ data }) => data.handoff === true);
  return (asked?.at ?? createdAt).getTime();
}

/** The median in minutes of working time, at least one; undefined while too few were taken. */
export function pickUpMinutes(
  tickets: readonly Pick<TicketDoc, 'events' | 'createdAt'>[],
  calendar: Pick<Calendar, 'workingMinutes'>,
): number | undefined {
  const waits = tickets.flatMap((ticket) => {
    const taken = ticket.events.find(takes);
    return taken ? [Math.max(0, calendar.workingMinutes(askedAt(ticket), taken.at.getTime()))] : [];
  });
  const median = waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)];
  return waits.length < LEAST || median === undefined ? undefined : Math.max(1, Math.ceil(median));
}
