import { createCalendar } from '../../src/desk/calendar';
import { hourId, queuedSince, queueWarnings } from '../../src/desk/queue';
import { Settings } from '../../src/settings';
import { anyTicket, happened } from '../support/anyTicket';

const settings = Settings.parse({});
const calendar = createCalendar(settings);
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const since = (text: string, over = {}) => anyTicket({ createdAt: new Date(at(text)), ...over });
const causes = (waiting: ReturnType<typeof since>[], now: string, count = waiting.length) =>
  queueWarnings({ waiting, count, at: at(now) }, settings, calendar).map(({ cause }) => cause);

describe('the queue', () => {
  test('is too long once somebody has waited ten minutes', () => {
    expect(causes([since('2026-11-23T10:00')], '2026-11-23T10:09')).toEqual([]);
    expect(causes([since('2026-11-23T10:05'), since('2026-11-23T10:00')], '2026-11-23T10:10')).toEqual(['queue-wait']);
  });
  test('is too long once ten wait', () => {
    expect(causes([since('2026-11-23T10:00')], '2026-11-23T10:01', 9)).toEqual([]);
    expect(causes([since('2026-11-23T10:00')], '2026-11-23T10:01', 10)).toEqual(['queue-length']);
  });
  test('warns nobody while the desk is shut, and counts from its opening', () => {
    const night = since('2026-11-22T22:00');
    expect(causes([night], '2026-11-23T03:00', 40)).toEqual([]);
    expect(causes([night], '2026-11-23T08:39')).toEqual([]);
    expect(causes([night], '2026-11-23T08:40')).toEqual(['queue-wait']);
  });
  test('counts anew for who was put back into it, and for whose ticket became a call for a person', () => {
    const events = [
      happened('opened', at('2026-11-23T09:00')),
      happened('claimed', at('2026-11-23T09:01')),
      happened('released', at('2026-11-23T10:00')),
    ];
    expect(queuedSince(since('2026-11-23T09:00', { events }))).toBe(at('2026-11-23T10:00'));
    const asked = [
      happened('opened', at('2026-11-23T09:00')),
      happened('amended', at('2026-11-23T09:30'), { handoff: true }),
      happened('message', at('2026-11-23T09:40')),
    ];
    expect(queuedSince(since('2026-11-23T09:00', { events: asked }))).toBe(at('2026-11-23T09:30'));
  });
  test('says who waits, how long, and how many', () => {
    const [warning] = queueWarnings({ waiting: [since('2026-11-23T10:00')], count: 3, at: at('2026-11-23T10:12') }, settings, calendar);
    expect(warning?.text).toBe('客服部的工单 20261123-0001 已等待人工 12 分钟，现有 3 人排队，请安排人手。');
  });
  test('every process names a warning by its cause and its hour', () => {
    expect(hourId('queue-wait', at('2026-11-23T10:59'))).toBe(hourId('queue-wait', at('2026-11-23T10:01')));
    expect(hourId('queue-wait', at('2026-11-23T11:00'))).not.toBe(hourId('queue-wait', at('2026-11-23T10:59')));
  });
});
