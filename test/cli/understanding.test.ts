import { createUnderstand } from '../../src/cli/understanding';
import { fakeKnowledge } from '../support/knowledge';

const asked: string[] = [];
const knowledge = {
  ask: (question: string) => {
    asked.push(question);
    return fakeKnowledge(question);
  },
};
const understand = createUnderstand(knowledge, () => [], [], 0);
beforeEach(() => asked.splice(0));

test('the knowledge base is asked for the matter, not for the person', () => {
  const { hits, slots } = understand([{ asked: null, text: '我是实验小学三（2）班王小明的妈妈，电话：13800138000，收不到短信！' }]);
  expect(asked).toEqual(['收不到短信']);
  expect(hits[0]?.article).toBe('sms-not-received');
  expect(slots.phone?.value).toBe('13800138000');
});

test('of several turns the one with the matter is asked and classified, and every turn gives its fields', () => {
  const { intents, hits, slots } = understand([
    { asked: null, text: '我收不到短信，怎么办？' },
    { asked: 'phone', text: '13800138000' },
  ]);
  expect(intents[0]?.name).toBe('faq');
  expect(hits[0]?.article).toBe('sms-not-received');
  expect(slots).toMatchObject({ phone: { value: '13800138000' }, issue: { value: '我收不到短信，怎么办？' } });
});

test('a number alone is not asked at all', () => {
  expect(understand([{ asked: null, text: '13800138000' }])).toMatchObject({ decision: 'none', hits: [] });
  expect(asked).toEqual([]);
});
