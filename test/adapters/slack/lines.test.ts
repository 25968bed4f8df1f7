import type { TicketCard } from '../../../adapters/desk';
import { alarmPage, failureLine } from '../../../adapters/slack/views/lines';

const card = { number: '20261123-0001', title: '短信收不到', department: '客服部', acts: ['reply'] } as unknown as TicketCard;

test('nothing in the words of a line becomes a link or a mention', () => {
  const lines = [
    alarmPage(card, '客户评价 1 分：@channel #general bad.example', { link: 'https://slack.example', call: '<!here>' }),
    failureLine(card, { id: 'u', at: 0, kind: 'undelivered', act: 'a', reason: '@channel' }),
  ];
  const sections = lines.flatMap(({ blocks = [] }) => blocks.filter(({ type }) => type === 'section'));
  expect(sections).toHaveLength(2);
  for (const section of sections) expect(section).toMatchObject({ text: { verbatim: true } });
});
