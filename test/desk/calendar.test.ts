import { createCalendar } from '../../src/desk/calendar';
import { Settings } from '../../src/settings';

const calendar = createCalendar(Settings.parse({}));
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const wall = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

describe('desk hours', () => {
  test.each([
    ['a weekday morning', '2026-11-23T08:30', true],
    ['a minute before opening', '2026-11-23T08:29', false],
    ['the minute of closing', '2026-11-23T17:30', false],
    ['a Sunday', '2026-11-22T10:00', false],
    ['National Day, a Thursday', '2026-10-01T10:00', false],
    ['a Sunday worked for National Day (调休)', '2026-09-20T10:00', true],
    ['a Saturday worked for Spring Festival (调休)', '2026-02-28T10:00', true],
  ])('%s', (_, time, open) => {
    expect(calendar.isOpen(at(time))).toBe(open);
  });

  test('the next opening after the last day before National Day is the first day after it', () => {
    expect(wall(calendar.nextOpening(at('2026-09-30T18:00')))).toBe('2026-10-08T08:30');
  });

  test('the next opening of an open desk is now', () => {
    expect(wall(calendar.nextOpening(at('2026-11-23T10:07')))).toBe('2026-11-23T10:07');
  });

  test.each([
    [
      'as the day goes on',
      ['2026-11-20T17:29', '2026-11-20T17:30', '2026-11-22T10:00', '2026-11-23T08:29', '2026-11-23T08:30', '2026-11-23T10:07'],
    ],
    ['when the clock is set back', ['2026-11-23T10:07', '2026-11-23T08:00', '2026-11-20T17:30', '2026-11-20T17:29', '2026-11-20T08:29']],
  ])('one calendar asked again and again answers as a new one does, %s', (_, times) => {
    const kept = createCalendar(Settings.parse({}));
    for (const time of times) expect(kept.nextOpening(at(time))).toBe(createCalendar(Settings.parse({})).nextOpening(at(time)));
  });
});

describe('working time', () => {
  test('eight hours from Friday afternoon end on Monday (S4-18)', () => {
    expect(wall(calendar.addWorkingMinutes(at('2026-11-20T16:30'), 480))).toBe('2026-11-23T15:30');
  });
  test('eight hours that begin at night begin at the opening', () => {
    expect(wall(calendar.addWorkingMinutes(at('2026-11-23T22:00'), 480))).toBe('2026-11-24T16:30');
  });
  test('a make-up Saturday counts as working time', () => {
    expect(wall(calendar.addWorkingMinutes(at('2026-10-09T17:00'), 60))).toBe('2026-10-10T09:00');
  });
  test('between two instants is what the desk worked, nights and weekends left out', () => {
    expect(calendar.workingMinutes(at('2026-11-20T16:30'), at('2026-11-23T09:00'))).toBe(90);
    expect(calendar.workingMinutes(at('2026-11-21T09:00'), at('2026-11-22T20:00'))).toBe(0);
    expect(calendar.workingMinutes(at('2026-11-23T10:00'), at('2026-11-23T09:00'))).toBe(0);
  });
  test('a desk that never opens counts by the clock on the wall', () => {
    const closed = createCalendar({ timeZone: 'Asia/Shanghai', hours: {}, holidays: [], workdays: [] });
    expect(closed.nextOpening(at('2026-11-23T10:00'))).toBeUndefined();
    expect(wall(closed.addWorkingMinutes(at('2026-11-23T10:00'), 60))).toBe('2026-11-23T11:00');
  });
  test('where clocks are put forward the hours stay those on the wall', () => {
    const berlin = createCalendar({ ...Settings.parse({}), timeZone: 'Europe/Berlin', holidays: [], workdays: [] });
    const opening = berlin.nextOpening(Date.parse('2026-03-29T12:00:00Z'));
    expect(new Date(opening ?? 0).toISOString()).toBe('2026-03-30T06:30:00.000Z');
  });
  test('two spans a day leave out the lunch break', () => {
    const hours = {
      mon: [
        { from: '13:00', to: '17:00' },
        { from: '08:00', to: '12:00' },
      ],
    };
    const split = createCalendar({ timeZone: 'Asia/Shanghai', hours, holidays: [], workdays: [] });
    expect(split.isOpen(at('2026-11-23T12:30'))).toBe(false);
    expect(wall(split.addWorkingMinutes(at('2026-11-23T11:30'), 60))).toBe('2026-11-23T13:30');
  });
});
