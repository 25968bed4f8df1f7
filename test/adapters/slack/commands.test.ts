/** What /qiao answers, and what it does. */
import type { Agent, Delivered, TicketCard } from '../../../adapters/desk';
import { type Asker, answerTo } from '../../../adapters/slack/commands';
import { parseCommand } from '../../../adapters/slack/commandWords';
import { givenCard, heldBy, li, NUMBER } from './cards';
import { agentLi, createScriptedOffice } from './scriptedOffice';

function givenDesk(cards: readonly TicketCard[] = [givenCard()], agent: Agent | null = agentLi, slow = false) {
  const scripted = createScriptedOffice(cards);
  const patience = (outcome: Promise<Delivered>): Promise<Delivered | null> => (slow ? Promise.resolve(null) : outcome);
  const asker: Asker = {
    agent,
    stranger: async () => '您还没有登记为客服，请联系赵主任。',
    id: 'trigger1',
    async act({ id, name }, deed) {
      return patience((await scripted.office.take({ ...deed, at: 7, agent: id, agentName: name })).outcome);
    },
  };
  const types = async (typed: string) => JSON.stringify(await answerTo(parseCommand(typed), asker, scripted.office));
  return { ...scripted, types };
}
const numbered = (number: string, given: Partial<TicketCard> = {}) => givenCard({ number, ...given });

describe('looking', () => {
  test('my tickets, or words that there are none', async () => {
    const { types } = givenDesk([heldBy(li), numbered('20261123-0002')]);
    expect(await types('mine')).toContain(NUMBER);
    expect(await types('mine')).not.toContain('20261123-0002');
    expect(await givenDesk([]).types('mine')).toContain('您手上没有未完成的工单');
  });

  test('the queue with a button to claim, of one department when it is named', async () => {
    const { types } = givenDesk([givenCard(), numbered('20261123-0002', { department: '技术部' })]);
    expect(await types('queue')).toContain('qiao_claim');
    expect(await types('queue 技术部')).toContain('20261123-0002');
    expect(await types('queue 技术部')).not.toContain(NUMBER);
    expect(await givenDesk([]).types('queue')).toContain('现在没有人在排队');
  });

  test('a department that does not exist is answered with those that do', async () => {
    expect(await givenDesk().types('queue 财务')).toContain('现有部门：客服部、技术部');
  });

  test('one ticket by its number or its last digits', async () => {
    const { types } = givenDesk();
    for (const number of [NUMBER, '0001', '1']) expect(await types(`show ${number}`)).toContain('收不到短信');
    expect(await types('show 2')).toContain('没有找到工单「2」');
  });

  test('digits that fit two tickets choose neither', async () => {
    const { types } = givenDesk([givenCard(), numbered('20261122-0001')]);
    expect(await types('show 1')).toContain('没有找到工单「1」');
  });

  test('by school or name', async () => {
    expect(await givenDesk().types('find 实验小学')).toContain(NUMBER);
    expect(await givenDesk().types('find 育才')).toContain('没有找到与「育才」相符的工单');
  });

  test('what was typed is shown without its powers', async () => {
    expect(await givenDesk().types('find <!channel>')).toContain('&lt;!channel&gt;');
    expect(await givenDesk().types('<!here>')).toContain('没有「&lt;!here&gt;」这个命令');
  });

  test('many tickets stay below what Slack takes, and the rest is counted', async () => {
    const fields = [{ name: 'issue' as const, label: '事由', value: '很长'.repeat(500) }];
    const many = Array.from({ length: 50 }, (_, n) =>
      numbered(`20261123-${String(n).padStart(4, '0')}`, { fields, title: '标'.repeat(99) }),
    );
    const answer = await givenDesk(many).types('queue');
    expect(answer.length).toBeLessThan(9_000);
    expect(answer).toContain('还有 38 张没有列出');
  });
});

describe('acting', () => {
  test('claims as whoever asks, once however often it is delivered', async () => {
    const { types, taken } = givenDesk();
    expect(await types('claim 1')).toContain(`您已认领工单 ${NUMBER}`);
    expect(taken).toEqual([{ id: 'trigger1', at: 7, ticket: NUMBER, agent: 'li', agentName: '李老师', kind: 'claim' }]);
  });

  test('a note keeps its lines', async () => {
    const { types, taken } = givenDesk();
    expect(await types('note 1 疑似停机\n等回电')).toContain('客户看不到');
    expect(taken).toMatchObject([{ kind: 'note', text: '疑似停机\n等回电' }]);
  });

  test('a refusal is told with its reason', async () => {
    const { types, answers } = givenDesk();
    answers(() => ({ kind: 'refused', reason: 'held', message: '工单正由赵主任处理；需要时请先接手。' }));
    expect(await types('claim 1')).toContain('工单正由赵主任处理');
  });

  test('what takes longer than Slack waits is promised', async () => {
    expect(await givenDesk([givenCard()], agentLi, true).types('claim 1')).toContain('已收到，正在处理');
  });

  test('who is not registered looks and does not act', async () => {
    const { types, taken } = givenDesk([givenCard()], null);
    expect(await types('queue')).toContain(NUMBER);
    for (const typed of ['mine', 'claim 1', 'note 1 好']) expect(await types(typed)).toContain('请联系赵主任');
    expect(taken).toEqual([]);
  });

  test('a ticket that does not exist is not acted on', async () => {
    const { types, taken } = givenDesk([]);
    expect(await types('claim 1')).toContain('没有找到工单');
    expect(taken).toEqual([]);
  });
});

describe('help', () => {
  test.each(['', 'help', '随便', 'note 1'])('%j says how it is written', async (typed) => {
    expect(await givenDesk().types(typed)).toContain('/qiao note 编号 备注内容');
  });
});
