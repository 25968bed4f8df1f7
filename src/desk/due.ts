/** When a ticket must be resolved: by the wall clock when it is urgent (S4-10), else by working time (S4-18). Pure. */
import type { Instant, Priority } from '../../dialogs/vocabulary';
import type { Calendar } from './calendar';
import { MINUTE } from './zone';

export type Limits = Readonly<{ resolutionMinutes: number; urgentMinutes: number }>;

/** The same with a place's limits and calendar built in. */
export type Due = (priority: Priority, opened: Instant) => Instant;

export function dueAt(priority: Priority, opened: Instant, limits: Limits, calendar: Pick<Calendar, 'addWorkingMinutes'>): Instant {
  return priority === 'urgent' ? opened + limits.urgentMinutes * MINUTE : calendar.addWorkingMinutes(opened, limits.resolutionMinutes);
}
