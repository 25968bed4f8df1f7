/** A department's day in figures, counted from the events of its tickets alone. Pure. */
import type { Notice } from '../../adapters/desk';
import type { Instant } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';
import type { Calendar } from './calendar';
import { DAY, MINUTE } from './zone';

/** From one summary to the next: what came on days off is told on the next working day. */
export type Period = Readonly<{ from: Instant; until: Instant }>;
type Mean = { sum: number; count: number };
export type Figures = {
  opened: number;
  resolved: number;
  /** Not settled yet, by age: less than a day, up to three days, older. */
  open: [number, number, number];
  overdue: number;
  /** Working minutes until the customer first heard an agent, of tickets first answered in the period. */
  response: Mean;
  rating: Mean;
  oldest: Readonly<{ number: string; at: Instant }> | null;
};

export const noFigures = (): Figures => ({
  opened: 0,
  resolved: 0,
  open: [0, 0, 0],
  overdue: 0,
  response: { sum: 0, count: 0 },
  rating: { sum: 0, count: 0 },
  oldest: null,
});

/** Adds one ticket to the figures, as it stood at the end of the period. */
export function count(figures: Figures, ticket: TicketDoc, { from, until }: Period, calendar: Pick<Calendar, 'workingMinutes'>): void {
  const events = ticket.events.filter(({ at }) => at.getTime() < until);
  const within = (at: Date): boolean => at.getTime() >= from && at.getTime() < until;
  const created = ticket.createdAt.getTime();
  if (within(ticket.createdAt)) figures.opened += 1;
  if (events.some(({ kind, at }) => kind === 'resolved' && within(at))) figures.resolved += 1;
  for (const { kind, at, data } of events)
    if (kind === 'surveyed' && within(at) && typeof data.rating === 'number') add(figures.rating, data.rating);
  // Resolving tells the customer the result, so it is an answer too.
  const answer = events.find(({ kind }) => kind === 'replied' || kind === 'resolved');
  if (answer && within(answer.at)) {
    const answered = answer.at.getTime();
    add(figures.response, ticket.priority === 'urgent' ? (answered - created) / MINUTE : calendar.workingMinutes(created, answered));
  }
  const turned = events.findLast(({ kind }) => kind === 'resolved' || kind === 'closed' || kind === 'reopened');
  if (turned && turned.kind !== 'reopened') return;
  const days = (until - created) / DAY;
  figures.open[days < 1 ? 0 : days < 3 ? 1 : 2] += 1;
  if (ticket.dueAt.getTime() < until) figures.overdue += 1;
  if (!figures.oldest || created < figures.oldest.at) figures.oldest = { number: ticket._id, at: created };
}

function add(mean: Mean, value: number): void {
  mean.sum += value;
  mean.count += 1;
}

/** Null when a department had nothing to do. */
export function summaryNotice(department: string, day: string, figures: Figures, at: Instant, until: Instant): Notice | null {
  const { opened, resolved, open, overdue, response, rating, oldest } = figures;
  const left = open[0] + open[1] + open[2];
  if (opened + resolved + left + rating.count === 0) return null;
  const ages = [`1 天内 ${open[0]} 件`, `1–3 天 ${open[1]} 件`, `3 天以上 ${open[2]} 件`].join('、');
  const lines = [
    `新增 ${opened} 件，解决 ${resolved} 件，未结 ${left} 件${left > 0 ? `（${ages}）` : ''}，其中超时 ${overdue} 件。`,
    `平均首次响应 ${response.count > 0 ? `${Math.round(response.sum / response.count)} 分钟（工作时间，${response.count} 件）` : '—'}；满意度 ${
      rating.count > 0 ? `${(rating.sum / rating.count).toFixed(1)} 分（满分 5 分，${rating.count} 份评价）` : '—'
    }。`,
    ...(oldest ? [`最早未结：工单 ${oldest.number}，${ageWords(until - oldest.at)}。`] : []),
  ];
  return {
    id: `summary/${day}/${department}`,
    at,
    to: { department },
    title: `${department}日报 ${day}`,
    text: lines.join('\n'),
    page: false,
  };
}

const ageWords = (ms: number): string => (ms < DAY ? '不到 1 天' : `已 ${Math.floor(ms / DAY)} 天`);
