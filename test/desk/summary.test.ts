import { createCalendar } from '../../src/desk/calendar';
import { lastDue } from '../../src/desk/rounds';
import { count, noFigures, summaryNotice } from '../../src/desk/summary';
import { Settings } from '../../src/settings';
import type { TicketDoc } from '../../src/store/documents';
import { anyTicket, happened } from '../support/anyTicket';

const settings = Settings.parse({});
const calendar = createCalendar(settings);
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const day = { from: at('2026-11-20T17:30'), until: at('2026-11-23T17:30') };
const ticket = (opened: string, over: Partial<TicketDoc> = {}) =>
  anyTicket({ createdAt: new Date(at(opened)), dueAt: new Date(at('2026-11-30T10:00')), ...over });
const figuresOf = (...tickets: TicketDoc[]) => {
  const figures = noFigures();
  for (const one of tickets) count(figures, one, day, calendar);
  return figures;
};

describe('the figures of a day', () => {
  test('count what was opened and resolved since the last summary', () => {
    const resolved = [happened('resolved', at('2026-11-23T11:00'))];
    expect(
      figuresOf(
        ticket('2026-11-22T20:00'),
        ticket('2026-11-19T10:00', { status: 'closed', events: resolved }),
        ticket('2026-11-19T10:00', { status: 'closed', events: [happened('resolved', at('2026-11-19T11:00'))] }),
      ),
    ).toMatchObject({ opened: 1, resolved: 1, open: [1, 0, 0] });
  });
  test('stand as at the hour of the summary, however late it is written', () => {
    const later = [happened('resolved', at('2026-11-23T19:00'))];
    expect(figuresOf(ticket('2026-11-23T09:00', { status: 'resolved', events: later }))).toMatchObject({ resolved: 0, open: [1, 0, 0] });
  });
  test('sort what is left by age, name the oldest and count what is overdue', () => {
    const overdue = { dueAt: new Date(at('2026-11-23T10:00')), _id: '20261118-0004' };
    expect(figuresOf(ticket('2026-11-23T09:00'), ticket('2026-11-21T09:00'), ticket('2026-11-18T09:00', overdue))).toMatchObject({
      open: [1, 1, 1],
      overdue: 1,
      oldest: { number: '20261118-0004' },
    });
  });
  test('a ticket opened again is open', () => {
    const events = [happened('resolved', at('2026-11-23T11:00')), happened('reopened', at('2026-11-23T12:00'))];
    expect(figuresOf(ticket('2026-11-23T09:00', { events }))).toMatchObject({ resolved: 1, open: [1, 0, 0] });
  });
  test('the first answer is waited for in working time; an urgent one by the wall clock', () => {
    const night = {
      events: [
        happened('claimed', at('2026-11-23T08:31')),
        happened('replied', at('2026-11-23T08:40')),
        happened('replied', at('2026-11-23T10:00')),
      ],
    };
    expect(figuresOf(ticket('2026-11-22T22:00', night)).response).toEqual({ sum: 10, count: 1 });
    const urgent = { priority: 'urgent' as const, events: [happened('replied', at('2026-11-22T22:04'))] };
    expect(figuresOf(ticket('2026-11-22T22:00', urgent)).response).toEqual({ sum: 4, count: 1 });
  });
});

describe('the summary', () => {
  test('says it all in three lines', () => {
    const first = ticket('2026-11-18T09:00', { _id: '20261118-0004', dueAt: new Date(at('2026-11-19T10:00')) });
    const second = ticket('2026-11-23T09:00', {
      status: 'closed',
      events: [
        happened('replied', at('2026-11-23T09:08')),
        happened('resolved', at('2026-11-23T10:00')),
        happened('surveyed', at('2026-11-23T10:05'), { rating: 4 }),
      ],
    });
    const notice = summaryNotice('客服部', '2026-11-23', figuresOf(first, second), day.until, day.until);
    expect(notice).toEqual({
      id: 'summary/2026-11-23/客服部',
      at: day.until,
      to: { department: '客服部' },
      title: '客服部日报 2026-11-23',
      text: [
        '新增 1 件，解决 1 件，未结 1 件（1 天内 0 件、1–3 天 0 件、3 天以上 1 件），其中超时 1 件。',
        '平均首次响应 8 分钟（工作时间，1 件）；满意度 4.0 分（满分 5 分，1 份评价）。',
        '最早未结：工单 20261118-0004，已 5 天。',
      ].join('\n'),
      page: false,
    });
  });
  test('is not sent to who had nothing to do', () => {
    expect(summaryNotice('客服部', '2026-11-23', noFigures(), 0, 0)).toBeNull();
  });
});

describe('the hour of the summary', () => {
  const dayOf = (now: string) => lastDue(at(now), settings, calendar);
  test('comes on working days only, make-up Saturdays (调休) among them', () => {
    expect(dayOf('2026-11-23T17:29')?.day).toBe('2026-11-20');
    expect(dayOf('2026-11-23T17:30')).toEqual({ day: '2026-11-23', ...day });
    expect(dayOf('2026-10-10T18:00')?.day).toBe('2026-10-10');
    expect(dayOf('2026-10-07T18:00')?.day).toBe('2026-09-30');
  });
  test('never comes where nobody works', () => {
    expect(lastDue(at('2026-11-23T18:00'), settings, createCalendar({ ...settings, hours: {}, workdays: [] }))).toBeNull();
  });
});
