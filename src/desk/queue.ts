/** When supervisors must hear that customers wait too long for a person, or too many do. Pure. */
import type { Notice } from '../../adapters/desk';
import type { Instant } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';
import type { Calendar } from './calendar';

export const HOUR = 3_600_000;
/** Tickets whose customer waits for a person. */
export const WAITING = { status: 'open', handoff: true, assignee: null } as const;

export type QueueLimits = Readonly<{ queueWarnMinutes: number; queueWarnCount: number }>;
export type Warning = Readonly<{ cause: 'queue-wait' | 'queue-length'; title: string; text: string }>;

/** When its customer joined the queue, or came back into it. */
export function queuedSince({ events, createdAt }: Pick<TicketDoc, 'events' | 'createdAt'>): Instant {
  const last = events.findLast(
    ({ kind, data }) => kind === 'released' || kind === 'reopened' || kind === 'assigned' || data.handoff === true,
  );
  return (last?.at ?? createdAt).getTime();
}

/** `count` wait, of whom `waiting` are known. Nothing while nobody works: they were told when somebody comes. */
export function queueWarnings(
  { waiting, count, at }: Readonly<{ waiting: readonly TicketDoc[]; count: number; at: Instant }>,
  limits: QueueLimits,
  calendar: Pick<Calendar, 'isOpen' | 'workingMinutes'>,
): readonly Warning[] {
  if (!calendar.isOpen(at)) return [];
  const [longest] = waiting
    .map((ticket) => ({ ticket, minutes: Math.floor(calendar.workingMinutes(queuedSince(ticket), at)) }))
    .sort((a, b) => b.minutes - a.minutes);
  if (!longest) return [];
  const { ticket, minutes } = longest;
  const warnings: Warning[] = [];
  if (minutes >= limits.queueWarnMinutes) {
    const text = `${ticket.department}的工单 ${ticket._id} 已等待人工 ${minutes} 分钟，现有 ${count} 人排队，请安排人手。`;
    warnings.push({ cause: 'queue-wait', title: '客户等待过久', text });
  }
  if (count >= limits.queueWarnCount) {
    const text = `现有 ${count} 人排队等待人工，最久的已等 ${minutes} 分钟，请安排人手。`;
    warnings.push({ cause: 'queue-length', title: '排队人数过多', text });
  }
  return warnings;
}

/** The hour a warning belongs to, and the one before: a cause is told once an hour at most. */
export const hourId = (cause: Warning['cause'], at: Instant): string => `${cause}/${new Date(at).toISOString().slice(0, 13)}`;

export const warningNotice = ({ cause, title, text }: Warning, at: Instant): Notice => ({
  id: hourId(cause, at),
  at,
  to: 'supervisors',
  title,
  text,
  page: true,
});
