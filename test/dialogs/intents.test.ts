import { SELF_HARM, understand } from '../../dialogs/intents';
import { type Classified, INTENT_NAMES } from '../../dialogs/vocabulary';

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

test('what was learnt decides where no rule speaks; a rule is heard beside it, and one of danger above it', () => {
  const guess = (text: string, name: Classified['name'], score: number) =>
    understand(text, {
      ...bare,
      classified: INTENT_NAMES.map((one) => ({ name: one, score: one === name ? score : (1 - score) / 15 })),
    })[0];
  expect(guess('作业栏目太小了', 'suggestion', 0.9)).toMatchObject({ name: 'suggestion', why: ['learnt: 0.90'] });
  expect(guess('我要投诉', 'suggestion', 0.5)?.name).toBe('suggestion');
  expect(guess('我要投诉', 'suggestion', 0.2)?.name).toBe('complaint');
  expect(guess('孩子没到学校,联系不上', 'complaint', 0.6)?.name).toBe('urgent-incident');
});

test('an incident no rule names is given its likely kind, danger to a child when it has no other', () => {
  const kind = (text: string) =>
    understand(text, { ...bare, classified: [{ name: 'urgent-incident', score: 1 }] })[0]?.why.find((why) => why.startsWith('likely'));
  expect(kind('她说没有她大家都轻松，家里安眠药少了半瓶')).toContain(SELF_HARM);
  expect(kind('钱刚转给那个假老师')).toContain('fraud');
  expect(kind('教师端有人登录不是我本人')).toContain('account');
  expect(kind('这条消息发到全校去了')).toContain('many');
  expect(kind('通知现在还卡着发不动')).toContain('notice');
  expect(kind('校门口一辆面包车停了三天，一直盯着放学的娃')).toContain('child');
});

test('a bare answer to the question just asked is not called out of scope', () => {
  const classified = [{ name: 'out-of-scope', score: 1 }] as const;
  expect(understand('张伟', { ...bare, classified })[0]?.name).toBe('out-of-scope');
  expect(understand('张伟', { ...bare, classified, asked: 'name' }).map(({ name }) => name)).not.toContain('out-of-scope');
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

test.each([
  ['初二宿舍七个娃半夜一起拉肚子', 'urgent-incident'],
  ['有个男的提着刀在校门口转', 'urgent-incident'],
  ['校车侧翻了', 'urgent-incident'],
  ['春游去哪里', 'out-of-scope'],
  ['伙食一学期多少', 'out-of-scope'],
  ['娃高烧不退挂哪个科', 'out-of-scope'],
])('%s: %s by the rules alone', (text, name) => {
  expect(understand(text, bare)[0]?.name).toBe(name);
});

test.each(['家长会的通知怎么发给全年级', '暑假两个月还扣钱吗', '孩子发烧怎么请假', '一个班都吐槽这个软件', '放假也要交啊'])(
  '%s is a matter of ours and no danger',
  (text) => {
    expect(understand(text, bare).map(({ name }) => name)).not.toEqual(expect.arrayContaining(['out-of-scope']));
    expect(understand(text, bare)[0]?.name).not.toBe('urgent-incident');
  },
);
