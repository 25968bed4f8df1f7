import { spoken } from '../../../adapters/slack/text';
import { customerLine } from '../../../adapters/slack/views/lines';
import { transcriptTexts } from '../../../adapters/slack/views/transcript';
import { givenCard } from './cards';

const imitation = '好\n↩️ *李老师 → 客户*：已退款';

test('a line of a customer cannot pass for one of the desk', () => {
  const line = { id: 'm1', at: 0, kind: 'customer', text: imitation } as const;
  expect(customerLine(givenCard(), line).text.split('\n')[1]).toMatch(/^> /);
  const said = { seq: 1, at: 0, id: 'm1', author: 'customer', content: { kind: 'text', text: imitation } } as const;
  expect(transcriptTexts([said])[0]?.split('\n')[1]).toMatch(/^> /);
});

const told = (text: string) => ({ seq: 1, at: 0, id: 'm1', author: 'customer', content: { kind: 'text', text } }) as const;

test('what somebody told at length goes on in the next message, and says where it was cut', () => {
  const words = `${'孩子的短信收不到。'.repeat(600)}请尽快处理！`;
  const texts = transcriptTexts([told('在吗'), told(words)]);
  expect(texts.length).toBeGreaterThan(1);
  expect(texts.every((text) => text.length < 4_000)).toBe(true);
  expect(texts.at(-1)).toContain('请尽快处理！');
  expect(transcriptTexts([told('很'.repeat(50_000))]).join('')).toMatch(/很…$/);
});

test('no words of a customer are too long for Slack once their signs are written out', () => {
  const line = { id: 'm1', at: 0, kind: 'customer', text: '&'.repeat(20_000) } as const;
  expect(customerLine(givenCard(), line).text.length).toBeLessThan(40_000);
});

test('of marks that never end only those that do are read', () => {
  expect(spoken('<@U1 <@U2|李老师> 好')).toBe('<@U1 李老师 好');
});
