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
