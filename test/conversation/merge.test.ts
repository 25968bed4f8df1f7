import type { Effect } from '../../dialogs/vocabulary';
import { mergeReplies } from '../../src/conversation/merge';

const says = (text: string): Effect => ({ kind: 'reply', reply: { kind: 'text', text } });
const asks: Effect = { kind: 'reply', reply: { kind: 'choices', text: '有帮助吗？', options: [{ value: 'yes', label: '有' }] } };
const record: Effect = { kind: 'recordAnswer', article: 'a', question: '怎么退订', helpful: null };

describe('what is said in one turn on a platform that counts messages', () => {
  test('goes out as one message, with the buttons of the last', () => {
    expect(mergeReplies([says('退订请回复 TD。'), record, asks])).toEqual([
      record,
      { kind: 'reply', reply: { kind: 'choices', text: '退订请回复 TD。\n\n有帮助吗？', options: [{ value: 'yes', label: '有' }] } },
    ]);
  });

  test('one message stays as it is', () => {
    const effects = [record, asks];
    expect(mergeReplies(effects)).toBe(effects);
  });

  test("an agent's words and files are not mixed with the desk's own", () => {
    const agent: Effect = { kind: 'reply', reply: { kind: 'text', text: '我来看看。', from: '李老师' }, act: { ticket: '1', id: 'x' } };
    const effects = [says('请稍候。'), agent, says('已转接。')];
    expect(mergeReplies(effects)).toEqual([agent, says('请稍候。\n\n已转接。')]);
  });

  test('an answer above a question still says which article it was', () => {
    const answer: Effect = { kind: 'reply', reply: { kind: 'text', text: '答案', article: 'a' } };
    expect(mergeReplies([answer, says('还有什么可以帮您？')])).toEqual([
      { kind: 'reply', reply: { kind: 'text', text: '答案\n\n还有什么可以帮您？', article: 'a' } },
    ]);
  });
});
