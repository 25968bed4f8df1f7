/** Looks at the desk as a whole: warns when the queue is too long, and tells each department of its day. */
import { type Instant, OPEN_STATUSES } from '../../dialogs/vocabulary';
import type { Settings } from '../settings';
import type { Store } from '../store/store';
import { type Calendar, minutesOf } from './calendar';
import { post } from './notices';
import { HOUR, hourId, queueWarnings, WAITING, warningNotice } from './queue';
import { count, type Figures, noFigures, type Period, summaryNotice } from './summary';
import { createZone, DAY, dayAfter } from './zone';

/** The oldest of those who wait; the others are only counted. */
const QUEUE_KNOWN = 100;
/** A desk that was shut longer has nothing to tell of the day before. */
const DAYS_BACK = 14;

type Asked = Pick<Settings, 'queueWarnMinutes' | 'queueWarnCount' | 'summaryAt' | 'timeZone'>;

export function createRounds(
  deps: Readonly<{
    store: Pick<Store, 'tickets' | 'notices'>;
    settings: () => Asked;
    calendar: () => Calendar;
    now: () => Instant;
  }>,
): () => Promise<void> {
  const { store } = deps;
  /** The day whose summaries stand already, for all this process knows. */
  let told = '';

  async function warnOfQueue(at: Instant): Promise<void> {
    if (!deps.calendar().isOpen(at)) return;
    const waiting = await store.tickets.find(WAITING, { sort: { createdAt: 1 }, limit: QUEUE_KNOWN });
    const total = waiting.length < QUEUE_KNOWN ? waiting.length : await store.tickets.count(WAITING);
    for (const warning of queueWarnings({ waiting, count: total, at }, deps.settings(), deps.calendar())) {
      const before = await store.notices.get(hourId(warning.cause, at - HOUR));
      if (before && at - before.at.getTime() < HOUR) continue;
      await post(store, warningNotice(warning, at));
    }
  }

  async function summarise(at: Instant): Promise<void> {
    const due = lastDue(at, deps.settings(), deps.calendar());
    if (!due || due.day === told) return;
    const { day, from, until } = due;
    const departments = new Map<string, Figures>();
    const touched = {
      createdAt: { $lt: new Date(until) },
      $or: [{ status: { $in: OPEN_STATUSES } }, { updatedAt: { $gte: new Date(from) } }],
    };
    for await (const ticket of store.tickets.cursor(touched)) {
      const figures = departments.get(ticket.department) ?? noFigures();
      departments.set(ticket.department, figures);
      count(figures, ticket, due, deps.calendar());
    }
    for (const [department, figures] of departments) {
      const notice = summaryNotice(department, day, figures, at, until);
      if (notice) await post(store, notice);
    }
    told = day;
  }

  return async () => {
    const at = deps.now();
    await warnOfQueue(at);
    await summarise(at);
  };
}

/** The last working day whose hour has come, with the time since the hour of the one before. */
export function lastDue(
  at: Instant,
  { summaryAt, timeZone }: Pick<Asked, 'summaryAt' | 'timeZone'>,
  calendar: Pick<Calendar, 'opensOn'>,
): (Period & Readonly<{ day: string }>) | null {
  const zone = createZone(timeZone);
  const today = zone.dayOf(at);
  const due = Array.from({ length: DAYS_BACK }, (_, back) => dayAfter(today, -back))
    .filter((day) => calendar.opensOn(day))
    .map((day) => ({ day, until: zone.instantOf(day, minutesOf(summaryAt)) }))
    .filter(({ until }) => until <= at);
  const [last, before] = due;
  return last ? { day: last.day, from: before?.until ?? last.until - DAY, until: last.until } : null;
}
