/** A base that changes while it runs answers as one built anew. */
import { createRetriever, type Entry } from '../../knowledge/retriever';

const entries: readonly Entry[] = [
  { id: 'cancel', question: '家长怎么取消业务?', similar: ['不想用校讯通了怎么退', '退订校讯通要怎么办'] },
  { id: 'join', question: '家长怎么开通业务?', similar: ['想给孩子开个校讯通咋弄'] },
  { id: 'no-message', question: '收不到老师发的短信怎么办?', similar: ['老师说发了通知我没收到', '短信一直收不到'] },
  { id: 'card-lost', question: '学生卡丢了怎么办?', similar: ['卡掉了要怎么补', '学生卡弄丢了怎么补办'] },
  { id: 'fee', question: '业务怎么收费?', similar: ['一个月多少钱', '资费标准是什么'] },
];
const meal: Entry = { id: 'meal', question: '食堂的餐费怎么充值?', similar: ['饭卡没钱了怎么充', '午餐费在哪里交'] };
const questions = ['校讯通怎么退订', '饭卡怎么充钱', '餐费在哪交', '学生卡不见了', '一个月要多少钱', '我收不到短信了', '怎么给孩子开通'];

const answers = (base: ReturnType<typeof createRetriever>) => questions.map((question) => base.search(question, 1).results[0]?.id);

test('an entry that is added is found at once, and the others as before', () => {
  const grown = createRetriever(entries);
  grown.put([meal]);
  expect(answers(grown)).toEqual(answers(createRetriever([...entries, meal])));
  expect(grown.search('饭卡没钱了怎么充', 1)).toMatchObject({ decision: 'answer', sure: 1 });
  expect(grown.entries().map(({ id }) => id)).toEqual([...entries, meal].map(({ id }) => id));
});

test('what an added entry scores is close to what it would score in a base built anew', () => {
  const grown = createRetriever(entries);
  grown.put([meal]);
  const anew = createRetriever([...entries, meal]);
  for (const question of questions) {
    const [mine, theirs] = [grown, anew].map((base) => base.search(question, 1));
    expect(Math.abs((mine?.results[0]?.score ?? 0) - (theirs?.results[0]?.score ?? 0))).toBeLessThan(0.08);
  }
});

test('a further wording makes its entry be found by it, word for word for certain', () => {
  const base = createRetriever(entries);
  const learnt: Entry = { id: 'fee', question: '业务怎么收费?', similar: ['一个月多少钱', '资费标准是什么', '这玩意儿咋算账'] };
  expect(base.search('这玩意儿咋算账', 1).sure).toBeLessThan(0.5);
  base.put([learnt]);
  expect(base.search('这玩意儿咋算账', 1)).toMatchObject({ decision: 'answer', sure: 1, results: [{ id: 'fee' }] });
  expect(base.search('一个月多少钱', 3).results.filter(({ id }) => id === 'fee')).toHaveLength(1);
});

test('a wording that was changed is no longer found for certain', () => {
  const base = createRetriever(entries);
  base.put([{ id: 'fee', question: '业务怎么收费?', similar: [] }]);
  expect(base.search('一个月多少钱', 1).sure).toBeLessThan(1);
});

test('an entry taken out is never found again, whether it was there from the start or came later', () => {
  const base = createRetriever(entries);
  base.put([meal]);
  base.remove('meal');
  base.remove('card-lost');
  base.remove('never-there');
  expect(questions.flatMap((question) => base.search(question, 5).results.map(({ id }) => id))).not.toEqual(
    expect.arrayContaining(['meal']),
  );
  expect(base.search('学生卡丢了怎么办?', 5).results.map(({ id }) => id)).not.toContain('card-lost');
  expect(base.entries().map(({ id }) => id)).toEqual(['cancel', 'join', 'no-message', 'fee']);
});

test('one taken out may come back', () => {
  const base = createRetriever(entries);
  base.remove('card-lost');
  base.put(entries.filter(({ id }) => id === 'card-lost'));
  expect(base.search('学生卡丢了怎么办', 1)).toMatchObject({ sure: 1, results: [{ id: 'card-lost' }] });
});

test('a base may begin empty', () => {
  const base = createRetriever([]);
  expect(base.search('饭卡没钱了怎么充', 1).decision).toBe('none');
  base.put([meal]);
  expect(base.search('饭卡没钱了怎么充', 1)).toMatchObject({ decision: 'answer', results: [{ id: 'meal' }] });
});

test('hiding by preference holds for what came later too', () => {
  const base = createRetriever(entries);
  base.put([meal]);
  expect(base.search('饭卡没钱了怎么充', 3, (id) => (id === 'meal' ? 0 : 1)).results.map(({ id }) => id)).not.toContain('meal');
});
