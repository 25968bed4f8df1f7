import { cardOf } from '../../src/desk/card';
import { lineOf } from '../../src/desk/lines';
import { anyTicket, happened } from '../support/anyTicket';

const createdAt = new Date('2026-11-23T09:00:00Z');
const slot = (value: string) => ({ value, source: 'said', at: 0 }) as never;

describe('numbers to call', () => {
  test('are masked on a card in whatever field they were written', () => {
    const slots = { phone: slot('13800138000'), issue: slot('收不到短信，请打 138-0013-8000'), name: slot('王小明13800138000') };
    const card = JSON.stringify(cardOf(anyTicket({ createdAt, slots, result: '已致电13800138000' }), createdAt.getTime()));
    expect(card).not.toMatch(/138-?0013-?8000/);
    expect(card).toContain('收不到短信，请打 138****8000');
  });

  test('are masked in the words of customers and in what happened; replies and notes stay as agents wrote them', () => {
    const data = { text: '打13800138000', reason: '打13800138000', comment: '打13800138000', values: { issue: '打13800138000' } };
    for (const kind of ['message', 'escalated', 'alarmed', 'surveyed', 'amended'] as const)
      expect(lineOf(happened(kind, 1, data))).toMatchObject({ text: expect.stringContaining('打138****8000') });
    for (const kind of ['replied', 'note'] as const) expect(lineOf(happened(kind, 1, data))).toMatchObject({ text: '打13800138000' });
  });
});
