import { questionOf } from '../../dialogs/heard';
import { begin } from '../../dialogs/step';
import type { Content, State } from '../../dialogs/vocabulary';

const context = { schools: [], directory: false, at: 0 };
const idle = begin(0);
const text = (words: string): Content => ({ kind: 'text', text: words });
const asking = (slot: 'name' | 'phone' | 'issue'): State => ({
  ...idle,
  phase: 'form',
  draft: { form: 'intake', slots: {}, refused: [], tries: 0, flags: [] },
  asking: slot,
});

describe('what is looked up for a message', () => {
  test('a question, also in the middle of a form', () => {
    expect(questionOf(idle, text('怎么退订？'), context)).toBe('怎么退订？');
    expect(questionOf(asking('name'), text('为什么要填名字？'), context)).toBe('为什么要填名字？');
  });

  test('the matter beside an identity', () => {
    expect(questionOf(idle, text('我是实验小学三（2）班王小明的妈妈，收不到短信'), context)).toBe('收不到短信');
  });

  test('nothing for the plain answer to the field that was asked', () => {
    expect(questionOf(asking('name'), text('王小明'), context)).toBe('');
    expect(questionOf(asking('phone'), text('13800138000'), context)).toBe('');
  });

  test('a free answer is looked up, a question may hide in it', () => {
    expect(questionOf(asking('issue'), text('收不到短信'), context)).toBe('收不到短信');
  });

  test('nothing for a button that steers, the question for one that asks', () => {
    expect(questionOf(idle, { kind: 'choice', value: 'confirm', label: '确认提交' }, context)).toBe('');
    expect(questionOf(idle, { kind: 'choice', value: 'ask:收不到短信怎么办' }, context)).toBe('收不到短信怎么办');
  });

  test('the waiting message, once it is said to be a new matter', () => {
    const closed: State = { ...idle, phase: 'closed', at: 0, about: '卡丢了怎么办' };
    expect(questionOf(closed, { kind: 'choice', value: 'newMatter' }, context)).toBe('卡丢了怎么办');
  });
});
