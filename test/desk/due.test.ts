import { createCalendar } from '../../src/desk/calendar';
import { dueAt } from '../../src/desk/due';
import { Settings } from '../../src/settings';

const settings = Settings.parse({});
const calendar = createCalendar(settings);
const sunday = Date.parse('2026-11-22T12:00:00+08:00');

describe('when a ticket is due', () => {
  test('eight hours of working time later: opened on a Sunday, due on Monday evening', () => {
    expect(new Date(dueAt('normal', sunday, settings, calendar)).toISOString()).toBe('2026-11-23T08:30:00.000Z');
  });

  test('an urgent one half an hour later, whatever the day', () => {
    expect(dueAt('urgent', sunday, settings, calendar) - sunday).toBe(30 * 60_000);
  });
});
