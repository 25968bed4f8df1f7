import type { Flag, Nature, Priority, TicketStatus } from '../../dialogs/vocabulary';
import { nextAlarm } from '../../src/desk/alarms';
import { alarmText } from '../../src/desk/alarmText';
import { createCalendar } from '../../src/desk/calendar';
import { dueAt } from '../../src/desk/due';
import { Settings } from '../../src/settings';
import type { TicketEvent } from '../../src/store/documents';
import { anyTicket, happened } from '../support/anyTicket';

const settings = Settings.parse({});
const calendar = createCalendar(settings);
const terms = { calendar, ackMinutes: settings.ackMinutes };
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const wall = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

type Given = Readonly<{
  opened: string;
  priority?: Priority;
  nature?: Nature;
  flags?: readonly Flag[];
  status?: TicketStatus;
  due?: number;
}>;

/** The alarms of a ticket in the order in which they go off, as 「kind time」; `events` happen to it at their time. */
function alarmsOf({ opened, priority = 'normal', nature = '申告', flags = [], status = 'open', due }: Given, events: TicketEvent[] = []) {
  const from = at(opened);
  let ticket = anyTicket({
    createdAt: new Date(from),
    dueAt: new Date(due ?? dueAt(priority, from, settings, calendar)),
    priority,
    nature,
    status,
    events: [happened('opened', from, { flags })],
  });
  const later = [...events];
  const told: string[] = [];
  for (;;) {
    const [next] = later;
    const alarm = nextAlarm(ticket, terms, 0);
    if (next && (!alarm || next.at.getTime() <= alarm.at)) {
      later.shift();
      const ended = next.kind === 'resolved' || next.kind === 'closed' ? next.kind : next.kind === 'reopened' ? 'open' : ticket.status;
      const moved = next.data.dueAt instanceof Date ? { dueAt: next.data.dueAt } : {};
      ticket = { ...ticket, ...moved, status: ended, events: [...ticket.events, next] };
      continue;
    }
    if (!alarm) return told;
    told.push(`${alarm.kind} ${wall(alarm.at).slice(5)}`);
    ticket = { ...ticket, events: [...ticket.events, { ...happened('alarmed', alarm.at, { kind: alarm.kind }), id: alarm.id }] };
  }
}

describe('the time promised', () => {
  test('is reminded of at 50, 80 and 100 per cent of the working time (S2-69)', () => {
    expect(alarmsOf({ opened: '2026-11-23T08:30' })).toEqual(['half 11-23T12:30', 'late 11-23T14:54', 'overdue 11-23T16:30']);
  });
  test('stands still over the weekend', () => {
    expect(alarmsOf({ opened: '2026-11-20T16:30' })).toEqual(['half 11-23T11:30', 'late 11-23T13:54', 'overdue 11-23T15:30']);
  });
  test('stands still at night', () => {
    expect(alarmsOf({ opened: '2026-11-23T22:00' })).toEqual(['half 11-24T12:30', 'late 11-24T14:54', 'overdue 11-24T16:30']);
  });
  test('runs on a Saturday that is worked (调休), and stands still on the holidays before it', () => {
    expect(alarmsOf({ opened: '2026-10-09T15:30' })).toEqual(['half 10-10T10:30', 'late 10-10T12:54', 'overdue 10-10T14:30']);
    expect(alarmsOf({ opened: '2026-09-30T16:30' })[0]).toBe('half 10-08T11:30');
  });
  test('of an urgent ticket runs by the clock on the wall, on a Sunday night as well (S4-10)', () => {
    expect(alarmsOf({ opened: '2026-11-22T23:00', priority: 'urgent' })).toEqual([
      'page 11-22T23:00',
      'second 11-22T23:05',
      'half 11-22T23:15',
      'late 11-22T23:24',
      'overdue 11-22T23:30',
    ]);
  });
  test('runs by the clock on the wall where nobody ever works', () => {
    const never = { ...terms, calendar: createCalendar({ ...settings, hours: {}, workdays: [] }) };
    const from = at('2026-11-23T10:00');
    const ticket = anyTicket({ createdAt: new Date(from), dueAt: new Date(from + 100 * 60_000), events: [happened('opened', from)] });
    expect(nextAlarm(ticket, never, 0)).toMatchObject({ kind: 'half', at: from + 50 * 60_000 });
  });
  test('that ran out while nobody watched is told once, as overdue', () => {
    const from = at('2026-11-23T08:30');
    const ticket = anyTicket({
      createdAt: new Date(from),
      dueAt: new Date(at('2026-11-23T16:30')),
      events: [happened('opened', from)],
    });
    const late = nextAlarm(ticket, terms, at('2026-11-24T09:00'));
    expect(late).toMatchObject({ kind: 'overdue' });
    const told = { ...ticket, events: [...ticket.events, happened('alarmed', at('2026-11-24T09:00'), { kind: 'overdue' })] };
    expect(nextAlarm(told, terms, at('2026-11-24T09:00'))).toBeNull();
  });
  test('is no matter any more once the ticket is resolved', () => {
    expect(alarmsOf({ opened: '2026-11-23T08:30' }, [happened('resolved', at('2026-11-23T13:00'))])).toEqual(['half 11-23T12:30']);
    expect(alarmsOf({ opened: '2026-11-23T08:30', status: 'closed' })).toEqual([]);
  });
  test('begins anew when the ticket is opened again', () => {
    const again = happened('reopened', at('2026-11-24T08:30'), { dueAt: new Date(at('2026-11-24T16:30')) });
    expect(alarmsOf({ opened: '2026-11-23T08:30' }, [happened('resolved', at('2026-11-23T17:00')), again])).toEqual([
      'half 11-23T12:30',
      'late 11-23T14:54',
      'overdue 11-23T16:30',
      'half 11-24T12:30',
      'late 11-24T14:54',
      'overdue 11-24T16:30',
    ]);
  });
});

describe('paging the supervisors', () => {
  const complaint: Given = { opened: '2026-11-23T10:00', nature: '投诉', flags: ['supervisor'], due: at('2026-12-30T10:00') };
  const pages = (given: Given, events: TicketEvent[] = []) =>
    alarmsOf(given, events).filter((one) => one.startsWith('page') || one.startsWith('second'));

  test('a complaint pages at once, and again after a quarter of an hour without an answer (S4-36)', () => {
    expect(pages(complaint)).toEqual(['page 11-23T10:00', 'second 11-23T10:15']);
  });
  test('a complaint on a Friday night pages at once, and again on Monday morning', () => {
    expect(pages({ ...complaint, opened: '2026-11-20T22:00' })).toEqual(['page 11-20T22:00', 'second 11-23T08:45']);
  });
  test('bad content pages at once (S4-22)', () => {
    expect(pages({ opened: '2026-11-23T10:00', flags: ['quarantine'] })).toEqual(['page 11-23T10:00', 'second 11-23T10:15']);
  });
  test('a life in danger is answered within five minutes, whatever the hour', () => {
    expect(pages({ opened: '2026-11-22T02:00', flags: ['self-harm'] })).toEqual(['page 11-22T02:00', 'second 11-22T02:05']);
  });
  test('a ticket like any other pages nobody', () => {
    expect(pages({ opened: '2026-11-23T10:00', flags: ['after-hours', 'incomplete'] })).toEqual([]);
  });
  test.each([
    ['a supervisor confirms it', happened('acknowledged', at('2026-11-23T10:14'))],
    ['somebody claims it', happened('claimed', at('2026-11-23T10:14'))],
    ['it is given to a colleague', happened('assigned', at('2026-11-23T10:14'), { to: { agent: 'chen', agentName: '陈老师' } })],
    ['somebody answers the customer', happened('replied', at('2026-11-23T10:14'))],
    ['it is resolved', happened('resolved', at('2026-11-23T10:14'))],
  ])('there is no second page when %s', (_, event) => {
    expect(pages(complaint, [event])).toEqual(['page 11-23T10:00']);
  });
  test('another department is nobody: the second page comes', () => {
    const moved = happened('assigned', at('2026-11-23T10:05'), { to: { department: '技术支持部' } });
    expect(pages(complaint, [moved])).toEqual(['page 11-23T10:00', 'second 11-23T10:15']);
  });
  test('several flags raised together page once, a further one pages again', () => {
    const raised = (flag: Flag, time: string) => happened('flagged', at(time), { flag, reason: '…' });
    expect(
      pages({ ...complaint, nature: '申告', flags: [] }, [
        raised('supervisor', '2026-11-23T11:00'),
        raised('quarantine', '2026-11-23T11:00'),
      ]),
    ).toEqual(['page 11-23T11:00', 'second 11-23T11:15']);
    expect(pages(complaint, [happened('claimed', at('2026-11-23T10:02')), raised('self-harm', '2026-11-23T11:00')])).toEqual([
      'page 11-23T10:00',
      'page 11-23T11:00',
      'second 11-23T11:05',
    ]);
  });
  test('a flag named again is no news', () => {
    const named = happened('amended', at('2026-11-23T10:20'), { flags: ['supervisor', 'incomplete'] });
    expect(pages(complaint, [named])).toEqual(['page 11-23T10:00', 'second 11-23T10:15']);
  });
  test("an agent's call for the supervisor is a page itself; the holder's next words do not answer it", () => {
    const events = [
      happened('claimed', at('2026-11-23T10:00')),
      happened('escalated', at('2026-11-23T11:00'), { reason: '客户要求赔偿' }),
      happened('replied', at('2026-11-23T11:05')),
    ];
    expect(pages({ opened: '2026-11-23T09:00' }, events)).toEqual(['second 11-23T11:15']);
  });
  test('a complaint that comes back pages anew', () => {
    const events = [
      happened('claimed', at('2026-11-23T10:02')),
      happened('resolved', at('2026-11-23T11:00')),
      happened('reopened', at('2026-11-24T10:00'), { dueAt: new Date(at('2026-12-30T10:00')) }),
    ];
    expect(pages(complaint, events)).toEqual(['page 11-23T10:00', 'page 11-24T10:00', 'second 11-24T10:15']);
  });
  test('a bad mark for a complaint that is settled pages once; its clocks stand still', () => {
    const low = happened('flagged', at('2026-11-24T10:00'), { flag: 'supervisor', reason: '1 分' });
    expect(alarmsOf(complaint, [happened('resolved', at('2026-11-23T10:05')), low])).toEqual(['page 11-23T10:00', 'page 11-24T10:00']);
  });
  test('every process gives an alarm the same name, and no two alarms share one', () => {
    const from = at('2026-11-23T10:00');
    const ticket = anyTicket({ createdAt: new Date(from), nature: '投诉', dueAt: new Date(from), events: [happened('opened', from)] });
    const first = nextAlarm(ticket, terms, 0);
    expect(first?.id).toBe('20261123-0001:page:0');
    const paged = { ...ticket, events: [...ticket.events, happened('alarmed', from, { kind: 'page' })], dueAt: new Date(from + 1e9) };
    expect(nextAlarm(paged, terms, 0)?.id).toBe('20261123-0001:second:1');
  });
});

describe('what an alarm says', () => {
  const issue = { raw: '扣了两次钱，打了三次电话都没人管', value: '扣了两次钱，打了三次电话都没人管' };
  const ticket = anyTicket({ createdAt: new Date(at('2026-11-23T10:00')), dueAt: new Date(at('2026-11-23T16:30')), slots: { issue } });
  const alarm = { id: 'x', at: 0, causes: ['complaint', 'supervisor'] };

  test.each([
    ['page', '请主管查看并确认收到：投诉。「扣了两次钱，打了三次电话都没人管」'],
    ['second', '再次提醒主管：仍无人确认或认领（投诉），请马上安排。'],
    ['half', '处理时限已过一半，请在 2026-11-23 16:30 前解决；尚无人认领。'],
    ['late', '处理时限已过 80%，请在 2026-11-23 16:30 前解决；尚无人认领。'],
    ['overdue', '已超过处理时限（2026-11-23 16:30），请主管督办；尚无人认领。'],
  ] as const)('%s', (kind, text) => {
    expect(alarmText({ ...alarm, kind }, ticket, 'Asia/Shanghai')).toBe(text);
  });
  test('names the holder, and quotes long words in part', () => {
    const held = { ...ticket, assignee: 'li', assigneeName: '李老师' };
    expect(alarmText({ ...alarm, kind: 'overdue' }, held, 'Asia/Shanghai')).toContain('现由李老师处理');
    const told = alarmText({ ...alarm, kind: 'page', causes: ['quarantine'], words: '骂'.repeat(200) }, ticket, 'Asia/Shanghai');
    expect(told).toBe(`请主管查看并确认收到：不良信息。「${'骂'.repeat(60)}…」`);
  });
});
