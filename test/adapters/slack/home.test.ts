/** What an agent's home tab shows. */
import { homeView } from '../../../adapters/slack/views/tickets';
import { givenCard, heldBy, li } from './cards';
import { agentLi } from './scriptedOffice';

const shown = (given: Partial<Parameters<typeof homeView>[0]> = {}) =>
  JSON.stringify(homeView({ agent: agentLi, mine: [], queue: [], stranger: '您还没有登记为客服。', ...given }));

describe('the home tab', () => {
  test('my tickets with everything that can be done, then the queue with a button to claim', () => {
    const text = shown({ mine: [heldBy(li)], queue: [givenCard({ number: '20261123-0002' })] });
    expect(text.indexOf('我的工单（1）')).toBeLessThan(text.indexOf('等待认领（1）'));
    expect(text).toContain('qiao_reply');
    expect(text).toContain('"action_id":"qiao_claim","text":{"type":"plain_text","text":"认领"},"value":"20261123-0002"');
  });

  test('says in words that there is nothing', () => {
    expect(shown()).toContain('您手上没有未完成的工单');
    expect(shown()).toContain('现在没有人在排队');
  });

  test('who is not registered sees the queue and whom to ask', () => {
    const text = shown({ agent: null, queue: [givenCard()] });
    expect(text).toContain('您还没有登记为客服');
    expect(text).not.toContain('我的工单');
    expect(text).toContain('20261123-0001');
  });

  test('many tickets stay within 100 blocks, and the rest is counted', () => {
    const many = Array.from({ length: 50 }, () => heldBy(li));
    const view = homeView({ agent: agentLi, mine: many, queue: many, stranger: '' });
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(view)).toContain('还有 30 张没有列出');
  });
});
