/** Small readings: what a typed choice means, how a time is spoken, how alike two matters are. */
import { choose } from '../../dialogs/choose';
import { dated, spoken, spokenMinutes } from '../../dialogs/clock';
import { copyFor } from '../../dialogs/copy';
import { isAnnouncementOnly, isBareWish } from '../../dialogs/matter';
import { alike } from '../../dialogs/moves/ongoing';
import { monday } from '../support/world';

const options = ['学生卡丢了怎么补办', '刷卡没反应怎么办', '都不是'].map((label, index) => ({ value: `v${index}`, label }));
const zone = 'Asia/Shanghai';
const day = 86_400_000;

describe('a typed choice', () => {
  test.each([
    ['2', 'v1'],
    ['2', 'v1'],
    ['第二个', 'v1'],
    ['选三', 'v2'],
    ['1.', 'v0'],
    ['都不是。', 'v2'],
    ['刷卡没反应', 'v1'],
  ])('「%s」 means %s', (text, value) => {
    expect(choose(text, options)?.value).toBe(value);
  });
  test.each(['4', '怎么', '卡', '13800138000', ''])('「%s」 means none of them', (text) => {
    expect(choose(text, options)).toBeUndefined();
  });
});

describe('a moment is spoken of', () => {
  const zh = copyFor('zh');
  test('as today and tomorrow in the zone of the desk, else by date', () => {
    expect(spoken(monday, monday, zone, zh)).toBe('今天 10:00');
    expect(spoken(monday + 14 * 3_600_000, monday, zone, zh)).toBe('明天 0:00');
    expect(spoken(monday + 4 * day, monday, zone, zh)).toBe('11月27日（周五） 10:00');
    expect(spoken(monday, monday, 'America/New_York', zh)).toBe('今天 21:00');
  });
  test('with its full date in records', () => {
    expect(dated(monday, zone)).toBe('2026-11-23 10:00');
  });
  test('and a span in hours where it is whole hours', () => {
    expect([spokenMinutes(480, zh), spokenMinutes(90, zh)]).toEqual(['8 小时', '90 分钟']);
  });
});

describe('another matter', () => {
  test.each(['还有一件事', '对了,还有个问题', '还有一件事想问一下', 'one more thing'])('「%s」 only announces it', (text) => {
    expect(isAnnouncementOnly(text)).toBe(true);
  });
  test.each(['还有一件事,我要投诉', '还有别的班也收不到短信'])('「%s」 says what it is', (text) => {
    expect(isAnnouncementOnly(text)).toBe(false);
  });
  test.each([
    ['我要报修', true],
    ['我要投诉', true],
    ['我想提个建议', true],
    ['我要报修考勤机', false],
    ['我要投诉乱扣费', false],
  ])('「%s」 names a form and nothing else: %s', (text, bare) => {
    expect(isBareWish(text)).toBe(bare);
  });
  test('is the same when its words are', () => {
    expect(alike('考勤机坏了', '我要报修,考勤机坏了')).toBe(1);
    expect(alike('考勤机坏了', '收不到短信')).toBe(0);
    expect(alike('', '收不到短信')).toBe(0);
  });
});
