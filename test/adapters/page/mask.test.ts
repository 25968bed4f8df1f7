import { maskContent, maskText } from '../../../adapters/page/mask';

describe('numbers to call', () => {
  test.each([
    ['电话13800138000，急', '电话138****8000，急'],
    ['138-0013-8000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['0771-5551234', '0771-****1234'],
    ['010 65551234', '010-****1234'],
  ])('%s reads %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test.each(['工单 20261118-0001', '订单 138001380001234', '三(2)班', '2026-11-18 10:00'])('%s stays as it is', (text) => {
    expect(maskText(text)).toBe(text);
  });

  test('are masked in every kind of message that carries words', () => {
    const phone = '13800138000';
    for (const content of [
      { kind: 'text', text: phone },
      { kind: 'choice', value: 'a', label: phone },
      { kind: 'fields', values: { phone } },
      { kind: 'voice', attachment: { name: 'a', url: '/a', type: 'audio/amr', size: 1 }, transcript: phone },
    ] as const)
      expect(JSON.stringify(maskContent(content, maskText))).not.toContain(phone);
  });
});
