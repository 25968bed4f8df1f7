import { SELF_HARM, understand } from '../../dialogs/intents';

const bare = { classified: [], knowledge: { decision: 'none', hits: [] } } as const;
const first = (text: string) => understand(text, bare)[0]?.name;

test.each([
  ['怎么取消校讯通', 'faq'],
  ['帮我取消校讯通', 'cancel-service'],
  ['转人工', 'human-request'],
  ['人工客服几点上班', 'faq'],
  ['我没办过为什么扣我钱', 'complaint'],
  ['为什么扣了两次', 'faq'],
  ['怎么投诉', 'faq'],
  ['我要投诉', 'complaint'],
  ['明早高考通知发不出去了', 'urgent-incident'],
  ['孩子没到学校,联系不上', 'urgent-incident'],
  ['考勤机黑屏怎么办', 'faq'],
  ['考勤机黑屏了,派人来修', 'repair'],
  ['20261122-0007 到哪一步了', 'ticket-status'],
  ['你好', 'chitchat'],
  ['帮我写一篇作文', 'out-of-scope'],
])('%s → %s', (text, name) => {
  expect(first(text)).toBe(name);
});

test('every message has an intent and every intent a reason', () => {
  for (const text of ['', '???', '😀', '1', '的', 'a'.repeat(3000)]) {
    const intents = understand(text, bare);
    expect(intents.length).toBeGreaterThan(0);
    for (const { score, why } of intents) {
      expect(why.length).toBeGreaterThan(0);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  }
});

test('the statistical guess decides where no rule speaks and it is sure, and never over a rule that does', () => {
  const guess = (text: string, score: number) => understand(text, { ...bare, classified: [{ name: 'suggestion', score }] })[0]?.name;
  expect(guess('作业栏目太小了', 0.9)).toBe('suggestion');
  expect(guess('作业栏目太小了', 0.6)).toBe('faq');
  expect(guess('我要投诉', 0.9)).toBe('complaint');
});

test('a bare answer to the question just asked is not called out of scope', () => {
  expect(understand('张伟', bare)[0]?.name).toBe('out-of-scope');
  expect(understand('张伟', { ...bare, asked: 'name' }).map(({ name }) => name)).not.toContain('out-of-scope');
});

test('what the knowledge base is sure of is a question for it', () => {
  const hit = { article: 'card-lost', title: '卡丢了', answer: '…', score: 0.9, department: '业务受理组' };
  const knowledge = { decision: 'answer', hits: [hit] } as const;
  expect(understand('丢了咋整', { classified: [], knowledge })[0]).toMatchObject({ name: 'faq' });
  expect(understand('我要投诉', { classified: [], knowledge })[0]).toMatchObject({ name: 'complaint' });
});

test('a hint of self-harm says so, for the engine to answer with care', () => {
  expect(understand('活着没意思,不想活了', bare)[0]).toMatchObject({ name: 'urgent-incident', why: [expect.stringContaining(SELF_HARM)] });
});
