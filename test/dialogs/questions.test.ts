/** Two matters in one message. */
import { questionsIn } from '../../dialogs/questions';
import { begin, step } from '../../dialogs/step';
import type { Event } from '../../dialogs/vocabulary';
import { createWorld, gather, monday, rules } from '../support/world';

test.each([
  ['怎么开通？要多少钱一个月？', ['怎么开通？', '要多少钱一个月？']],
  ['卡丢了怎么办，补一张要多少钱', ['卡丢了怎么办', '补一张要多少钱']],
  ['请问怎么退订？还有密码忘了怎么办？', ['请问怎么退订？', '还有密码忘了怎么办？']],
  ['怎么退订，另外这个月还扣不扣钱', ['怎么退订', '这个月还扣不扣钱']],
  ['1、怎么绑定孩子\n2、收不到验证码怎么办', ['怎么绑定孩子', '收不到验证码怎么办']],
])('「%s」 asks each by itself', (text, questions) => {
  expect(questionsIn(text)).toEqual(questions);
});

test.each([
  '怎么退订',
  '我孩子转学了，原来的卡还能用吗？',
  '昨天打了电话没人接，今天又打还是没人接，到底怎么回事？',
  '为什么，为什么扣我钱？',
  '实验小学三年二班王小明，13800138000，收不到短信怎么办',
  '在吗？',
  '',
  '怎么开通？多少钱？怎么退？收不收费？能不能换号？',
])('「%s」 is one matter, or too many to take apart', (text) => {
  expect(questionsIn(text)).toEqual([]);
});

test('a question beside an answered one that has no answer is said to be open, and kept for the desk', () => {
  const content = { kind: 'text', text: '怎么退订？校车几点钟发车？' } as const;
  const gathered = gather(createWorld(), content);
  const unsure = { ...gathered, knowledge: { decision: 'none', hits: [] } } as const;
  const event: Event = { id: 'e1', at: monday, locale: 'zh', kind: 'received', content, gathered: unsure };
  const { effects } = step(begin(monday), event, rules);
  expect(effects).toMatchObject([
    { kind: 'recordAnswer', article: 'cancel-how', question: '怎么退订？' },
    { kind: 'recordGap', question: '校车几点钟发车？' },
    { kind: 'reply', reply: { text: expect.stringMatching(/登记退订[\s\S]*◆ 校车几点钟发车？\n.*已经记下/) } },
  ]);
});
