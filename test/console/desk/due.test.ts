import { clock, dueOf } from '../../../console/desk/due';

const now = Date.parse('2026-11-23T10:00:00+08:00');
const MINUTE = 60_000;
const left = (minutes: number) => dueOf({ status: 'assigned', dueAt: now + minutes * MINUTE }, now);

describe('what is left of the time', () => {
  test.each([
    [0.5, '剩 不到 1 分钟', 'soon'],
    [59, '剩 59 分钟', 'soon'],
    [60, '剩 1 小时', 'calm'],
    [61, '剩 1 小时 1 分', 'calm'],
    [24 * 60, '剩 1 天', 'calm'],
    [27 * 60, '剩 1 天 3 小时', 'calm'],
    [-35, '已超时 35 分钟', 'over'],
  ])('%d minutes read %s', (minutes, text, mood) => {
    expect(left(minutes)).toEqual({ text, mood });
  });

  test('a settled ticket has no clock any more', () => {
    expect(dueOf({ status: 'closed', dueAt: 0 }, now)).toEqual({ text: '已办结', mood: 'done' });
  });

  test('another day is named, today is not', () => {
    expect(clock(now, now)).toMatch(/^\d\d:\d\d$/);
    expect(clock(now - 3 * 24 * 60 * MINUTE, now)).toMatch(/^11月(19|20)日 \d\d:\d\d$/);
  });
});
