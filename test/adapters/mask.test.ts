import { isMasked, maskContent, maskEntry, maskText, numbersIn } from '../../adapters/mask';

describe('numbers to call', () => {
  test.each([
    ['电话13800138000，急', '电话138****8000，急'],
    ['138-0013-8000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['+8613800138000', '138****8000'],
    ['0086 138 0013 8000', '138****8000'],
    ['138.0013.8000', '138****8000'],
    ['1380-0138-000', '138****8000'],
    ['1 3 8 0 0 1 3 8 0 0 0', '138****8000'],
    ['１３８００１３８０００', '138****8000'],
    ['2026-11-18 13800138000', '2026-11-18 138****8000'],
    ['0771-5551234', '0771-****1234'],
    ['07715551234', '0771-****1234'],
    ['（0771）5551234', '（0771-****1234'],
    ['010 65551234', '010-****1234'],
  ])('%s reads %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect([isMasked(text), isMasked(masked)]).toEqual([false, true]);
    expect(maskText(masked)).toBe(masked);
  });

  test.each(['工单 20261118-0001', '订单 138001380001234', '三(2)班', '2026-11-18 10:00'])('%s stays as it is', (text) => {
    expect(maskText(text)).toBe(text);
  });

  test('are told in digits, each of them', () => {
    expect(numbersIn('138-0013-8000 或 +86 139 0013 9000，座机 0771-5551234')).toEqual(['13800138000', '13900139000', '07715551234']);
    expect(numbersIn('订单 138001380001234')).toEqual([]);
  });

  test('are masked in every kind of message that carries words', () => {
    const phone = '13800138000';
    for (const content of [
      { kind: 'text', text: phone },
      { kind: 'choice', value: phone, label: phone },
      { kind: 'fields', values: { phone } },
      { kind: 'voice', attachment: { name: 'a', url: '/a', type: 'audio/amr', size: 1 }, transcript: phone },
    ] as const)
      expect(JSON.stringify(maskContent(content, maskText))).not.toContain(phone);
  });

  test('are masked in what was read back and in a form filled in', () => {
    const phone = '13800138000';
    const card = { kind: 'card', text: phone, title: '请核对', rows: [{ label: '手机号码', value: phone }] } as const;
    const fields = [{ name: 'phone', label: '手机号码', required: true, value: phone }] as const;
    const form = { kind: 'form', text: '', form: 'intake', asking: 'name', fields, options: [] } as const;
    for (const reply of [card, form]) {
      const entry = { seq: 1, at: 0, id: 'e', author: 'bot', reply } as const;
      expect(JSON.stringify(maskEntry(entry))).not.toContain(phone);
    }
  });
});
