import { besideRows } from '../../../adapters/cards';
import { copyFor, localeOf } from '../../../console/widget/copy';
import { dayLabel } from '../../../console/widget/days';
import { looksLikePhone } from '../../../console/widget/formCard';
import { pieces, webAddress } from '../../../console/widget/richText';
import { refusal } from '../../../console/widget/upload';

describe('the language', () => {
  test.each([
    ['the page says', 'en', 'zh-CN', 'en'],
    ['the page says', 'zh', 'en-US', 'zh'],
    ['the browser says', null, 'en-US', 'en'],
    ['nobody says', null, 'fr', 'zh'],
  ] as const)('is what %s (%s, %s): %s', (_, attribute, browser, locale) => {
    expect(localeOf(attribute, browser)).toBe(locale);
  });
});

describe('the day of a message', () => {
  const now = new Date(2026, 10, 22, 9).getTime();
  const label = (date: Date) => dayLabel(date.getTime(), now, 'zh', copyFor('zh'));

  test('is said as people say it', () => {
    expect([label(new Date(2026, 10, 22, 1)), label(new Date(2026, 10, 21, 23)), label(new Date(2026, 8, 1))]).toEqual([
      '今天',
      '昨天',
      '9月1日周二',
    ]);
    expect(label(new Date(2025, 11, 31))).toContain('2025年');
  });
});

describe('web addresses in a text', () => {
  test('become links and leave the punctuation of the sentence outside', () => {
    expect(pieces('见 https://a.example/x?y=1。再看(http://b.example).')).toEqual([
      { text: '见 ' },
      { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { text: '。再看(' },
      { text: 'http://b.example', href: 'http://b.example' },
      { text: ').' },
    ]);
  });

  test('that would run something are none', () => {
    expect(pieces('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)' }]);
    expect(['javascript:alert(1)', 'data:text/html,x', '//'].map((text) => webAddress(text))).toEqual([null, null, null]);
  });
});

describe('the hint at a phone number', () => {
  test.each(['13800138000', '138 0013 8000', '+86 138-0013-8000', '0771-1234567', '(010)12345678'])('accepts %s', (number) => {
    expect(looksLikePhone(number)).toBe(true);
  });
  test.each(['1380013', '138001380001', '1234567', '没有'])('doubts %s', (number) => {
    expect(looksLikePhone(number)).toBe(false);
  });
});

describe('a file picked', () => {
  test('is refused before a byte is sent when its kind or size is out of the question', () => {
    expect(refusal({ type: 'image/png', size: 10 })).toBeNull();
    expect(refusal({ type: 'text/html', size: 10 })).toBe('file_type_refused');
    expect(refusal({ type: 'application/pdf', size: 6 * 1024 * 1024 })).toBe('file_too_large');
  });
});

describe('a card', () => {
  test('shows everything its text says, once, in its place', () => {
    const rows = [{ label: '学校', value: '实验小学' }];
    const text = '请核对\n跟您核对一下。\n学校: 实验小学\n开通后按月收费。\n\n请问对吗?';
    expect(besideRows({ kind: 'card', title: '请核对', text, rows })).toEqual({
      before: ['跟您核对一下。'],
      after: ['开通后按月收费。', '请问对吗?'],
    });
  });

  test('says a remark of several lines once', () => {
    const rows = [{ label: '备注', value: '晚上打\n[附件] a.jpg' }];
    const text = '好的，已更正。\n备注：晚上打\n[附件] a.jpg\n\n没问题请回复「确认」。';
    expect(besideRows({ kind: 'card', title: '请核对', text, rows })).toEqual({
      before: ['好的，已更正。'],
      after: ['没问题请回复「确认」。'],
    });
  });
});
