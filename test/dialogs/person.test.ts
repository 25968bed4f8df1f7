/** Asking for a person: what was told along with it is on the ticket and not asked for again. */
import { given, inPhase } from '../support/given';
import { talk } from '../support/talk';
import { monday } from '../support/world';

const idle = inPhase({ phase: 'idle' });

describe('who asks for a person', () => {
  test('and tells the matter in the same breath has it on the ticket', () => {
    const said = given(idle).whenSaid('短信收不到，已经三天了，转人工').leadsTo('waiting', 'openTicket', 'reply');
    expect(said.effect('openTicket').slots.issue?.value).toBe('短信收不到，已经三天了');
    expect(said.reply().text).not.toContain('事由');
  });

  test.each([
    ['短信收不到，转人工', '短信收不到'],
    ['我要退费，转人工', '我要退费'],
    ['都听不懂，转人工', undefined],
    ['我要找人工客服', undefined],
  ])('in few words has the matter of them on the ticket: %s', (words, issue) => {
    expect(given(idle).whenSaid(words).effect('openTicket').slots.issue?.value).toBe(issue);
  });

  test('in an urgent matter is not told to wait for the morning', () => {
    const night = { deskOpen: false, opensAt: monday + 10 * 3_600_000 };
    const asked = talk('zh', night).says('明天早上八点期末考试，全班家长都没收到通知，急！').isIn('form').says('人工');
    asked.isIn('waiting').hears('已按紧急事项上报').says('还要等多久').hears('已按紧急事项上报');
  });

  test('and says who they are is not asked for it again', () => {
    const said = given(idle).whenSaid('我是实验小学三年级2班王小明的家长，13800138000，转人工');
    expect(Object.keys(said.effect('openTicket').slots).sort()).toEqual(['class', 'name', 'phone', 'school']);
    expect(said.reply().text).toContain('请先留下事由');
  });

  test('soon after registering keeps the matter of that ticket, whatever is said next', () => {
    const asked = talk('zh')
      .says('收不到短信，我要登记，实验小学三年级2班王小明13800138000')
      .says('确认')
      .says('卡也刷不了，给我转人工')
      .isIn('waiting')
      .says('班主任说别人都收到了');
    const { state } = asked.world;
    expect(state.phase === 'waiting' && state.slots.issue?.value).toMatch('收不到短信');
  });

  test('with nothing else leaves the ticket empty', () => {
    expect(given(idle).whenSaid('转人工').effect('openTicket').slots).toEqual({});
  });
});

describe('a wish for a person beside something graver', () => {
  test('a complaint stays a complaint, known to the supervisor', () => {
    const done = given(idle).whenSaid('我要投诉，你们乱扣费还没人管，转人工');
    expect(done.turn.state.phase).toBe('waiting');
    expect(done.effect('openTicket')).toMatchObject({ form: 'complaint', nature: '投诉', priority: 'high', handoff: true });
    expect(done.effect('openTicket').flags).toContain('supervisor');
  });

  test('an urgent matter stays urgent', () => {
    const done = given(idle).whenSaid('今天下午三点考试通知没发出去，家长都没收到，转人工');
    expect(done.turn.state).toMatchObject({ phase: 'waiting', reason: 'urgent' });
    expect(done.effect('openTicket')).toMatchObject({ form: 'urgent', priority: 'urgent', handoff: true });
  });

  test.each(['人工客服几点上班', '人工收费吗'])('a question about persons is none: %s', (text) => {
    expect(given(idle).whenSaid(text).turn.state.phase).not.toBe('waiting');
  });
});
