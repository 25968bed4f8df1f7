import fc from 'fast-check';
import { bytes, fitReply, numbered, plainTexts, splitText, units } from '../../adapters/limits';
import type { Option, Reply } from '../../dialogs/vocabulary';

const options = (count: number): Option[] => Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `选项${n + 1}` }));

describe('a long text', () => {
  test('stays one when it fits', () => {
    expect(splitText('您好', 10)).toEqual(['您好']);
  });

  test('is cut behind a sentence rather than inside one', () => {
    expect(splitText('请先重启手机。然后再试一次，谢谢您。', 12)).toEqual(['请先重启手机。', '然后再试一次，谢谢您。']);
  });

  test('is cut behind a line rather than behind a sentence', () => {
    expect(splitText('第一步打开设置。\n第二步点更新。完成。', 14)).toEqual(['第一步打开设置。', '第二步点更新。完成。']);
  });

  test('without any border is cut where it is full', () => {
    expect(splitText('一二三四五六七', 3)).toEqual(['一二三', '四五六', '七']);
  });

  test('never tears a character or an emoji family apart', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitText(family.repeat(3), family.length + 1)).toEqual([family, family, family]);
  });

  test('counts bytes where the platform does', () => {
    expect(splitText('家校互动', 6, bytes)).toEqual(['家校', '互动']);
  });

  test.each([
    ['units', units],
    ['bytes', bytes],
  ] as const)('loses nothing but white space and never passes the limit (%s)', (_, measure) => {
    const text = fc.array(fc.constantFrom('家', '校', '。', ',', ' ', '\n', 'a', '1', '!', '😀'), { maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (letters, limit) => {
        const whole = letters.join('');
        const parts = splitText(whole, limit, measure);
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
        expect(parts.every((part) => part.length > 0 && measure(part) <= limit)).toBe(true);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('choices', () => {
  test('become numbered lines for a channel that shows only text', () => {
    expect(numbered('请选择：', options(2))).toBe('请选择：\n1. 选项1\n2. 选项2');
    expect(plainTexts({ kind: 'choices', text: '请选择：', options: options(2) }, { textLength: 100, options: 0 })).toEqual([
      '请选择：\n1. 选项1\n2. 选项2',
    ]);
  });

  test('answered by a word carry no number, so that no digit cancels', () => {
    const said: Option[] = [
      { value: 'skip', label: '跳过', said: true },
      { value: 'cancel', label: '取消', said: true },
    ];
    expect(numbered('请选择：', [...options(2), ...said])).toBe('请选择：\n1. 选项1\n2. 选项2\n（可回复「跳过」「取消」）');
    expect(numbered('Which school is it?', [{ value: 'cancel', label: 'Cancel', said: true }])).toBe(
      'Which school is it?\n(or reply "Cancel")',
    );
  });

  test('stay buttons when the channel shows as many', () => {
    const reply: Reply = { kind: 'choices', text: '请选择：', options: options(3) };
    expect(fitReply(reply, { textLength: 100, options: 3 })).toEqual([reply]);
  });

  test('all become a list when one is too many, so that none is hidden', () => {
    const reply: Reply = { kind: 'choices', text: '请选择：', options: options(4) };
    expect(fitReply(reply, { textLength: 100, options: 3 })).toEqual([
      { kind: 'choices', text: '请选择：\n1. 选项1\n2. 选项2\n3. 选项3\n4. 选项4', options: [] },
    ]);
  });

  test('stay with the last part of a split text', () => {
    const reply: Reply = { kind: 'text', text: '第一句话到此。第二句话到此。', options: options(1) };
    expect(fitReply(reply, { textLength: 8, options: 3 })).toEqual([
      { kind: 'text', text: '第一句话到此。' },
      { kind: 'text', text: '第二句话到此。', options: options(1) },
    ]);
  });
});
