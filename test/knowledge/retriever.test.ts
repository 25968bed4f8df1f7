import { createRetriever } from '../../knowledge/retriever';

const entries = [
  { id: 'cancel', question: '家长怎么取消业务?', similar: ['不想用校讯通了怎么退', '退订校讯通要怎么办'] },
  { id: 'cancel-refund', question: '取消以后已经扣的钱能退吗?', similar: ['退订了费用退不退'] },
  { id: 'join', question: '家长怎么开通业务?', similar: ['想给孩子开个校讯通咋弄'] },
  { id: 'no-message', question: '收不到老师发的短信怎么办?', similar: ['老师说发了通知我没收到', '短信一直收不到'] },
  { id: 'card-lost', question: '学生卡丢了怎么办?', similar: ['卡掉了要怎么补', '学生卡弄丢了怎么补办'] },
  { id: 'app-code', question: 'APP 提示错误代码 E1024 怎么办?', similar: [] },
];
const retriever = createRetriever(entries);
const first = (query: string) => retriever.search(query, 3).results[0]?.id;

test('a question asked word for word is answered for certain, whatever its punctuation and width', () => {
  for (const query of ['学生卡丢了怎么办?', '学生卡丢了怎么办', ' 学生卡丢了,怎么办！！']) {
    const { results, decision, sure } = retriever.search(query, 3);
    expect({ first: results[0]?.id, decision, sure }).toEqual({ first: 'card-lost', decision: 'answer', sure: 1 });
    expect(results[0]?.score).toBeCloseTo(1, 5);
  }
});

test.each([
  ['孩子的学生卡丢了', 'card-lost'],
  ['我收不到短信了', 'no-message'],
  ['校讯通怎么退订', 'cancel'],
  ['怎么给孩子开通', 'join'],
  ['退订以后钱退不退', 'cancel-refund'],
  ['ＡＰＰ报 e1024', 'app-code'],
])('「%s」 finds %s although nobody wrote it so', (query, id) => {
  expect(first(query)).toBe(id);
});

test('an entry scores as its best question, and stands once among the results', () => {
  const { results } = retriever.search('短信收不到', 10);
  expect(results[0]?.id).toBe('no-message');
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).sort((a, b) => b - a));
});

test('how a question trails off changes nothing', () => {
  expect(retriever.search('学生卡丢了怎么办呀', 3)).toEqual(retriever.search('学生卡丢了怎么办', 3));
  expect(retriever.search('哈哈', 3).results).toEqual([]);
});

test('what shares nothing with any entry finds nothing', () => {
  expect(retriever.search('今晚吃火锅', 3)).toEqual({ results: [], decision: 'none', sure: 0 });
  expect(retriever.search('???', 3).decision).toBe('none');
  expect(retriever.search('', 3).results).toEqual([]);
});

test('asking the same twice gives the same, so no search leaves traces for the next', () => {
  const before = retriever.search('怎么取消校讯通', 5);
  retriever.search('学生卡丢了怎么办短信收不到', 5);
  expect(retriever.search('怎么取消校讯通', 5)).toEqual(before);
});

test('a question that stands in two entries is not certain of either', () => {
  const doubtful = createRetriever([
    { id: 'a', question: '怎么改号码', similar: [] },
    { id: 'b', question: '怎么改号码?', similar: [] },
    ...entries,
  ]);
  expect(doubtful.search('怎么改号码', 2).sure).toBeLessThan(1);
});

test('a hidden entry neither appears nor sways the decision, a preferred one wins among equals', () => {
  const hidden = retriever.search('学生卡丢了怎么办', 6, (id) => (id === 'card-lost' ? 0 : 1));
  expect(hidden.results.map(({ id }) => id)).not.toContain('card-lost');
  const twins = createRetriever([
    { id: 'parent', question: '怎么修改密码', similar: [] },
    { id: 'teacher', question: '密码怎么修改', similar: [] },
  ]);
  const search = (liked: string) => twins.search('修改密码怎么弄', 2, (id) => (id === liked ? 1.05 : 1)).results[0]?.id;
  expect([search('parent'), search('teacher')]).toEqual(['parent', 'teacher']);
});

test('no more results than asked for, and the decision does not hang on how many are asked for', () => {
  expect(retriever.search('怎么办', 1).results).toHaveLength(1);
  expect(retriever.search('怎么办', 1).sure).toBe(retriever.search('怎么办', 6).sure);
});

test('one question that happens to be alike says less than three', () => {
  const base = createRetriever([
    { id: 'chance', question: '刷卡没有短信', similar: ['老师换了', '哪里下载'] },
    { id: 'meant', question: '刷卡没有短信', similar: ['刷卡没有短信啊', '刷卡,没有短信'] },
    { id: 'two', question: '刷卡没有短信', similar: ['老师换了'] },
  ]);
  const likeness = base.rank('刷卡没有短信', 3).ranked.map(({ entry, likeness: alike }) => [entry, Number(alike.toFixed(2))]);
  expect(Object.fromEntries(likeness)).toEqual({ 0: 0.51, 1: 1, 2: 0.63 });
});

test('a base may have a calibration of its own', () => {
  const flat = { lead: 0, clearance: 0, coverageLead: 0, charCoverage: 0, charOfQuestion: 0, length: 0, crowd: 0, knownLead: 0 };
  const { sure, decision } = createRetriever(entries, { calibration: { bias: 0, weights: flat } }).search('孩子的学生卡丢了', 1);
  expect({ sure, decision }).toEqual({ sure: 0.5, decision: 'clarify' });
});

test('operators set the thresholds', () => {
  const strict = createRetriever(entries, { thresholds: { answer: 1, clarify: 1, alike: 0 } });
  const loose = createRetriever(entries, { thresholds: { answer: 0.01, clarify: 0, alike: 0 } });
  expect(strict.search('卡掉了', 3).decision).toBe('none');
  expect(loose.search('卡掉了', 3).decision).toBe('answer');
});

test('no choice is offered among entries that are hardly alike, however clearly the first stands out', () => {
  const asked = (alike: number) =>
    createRetriever(entries, { thresholds: { answer: 1.1, clarify: 0, alike } }).search('怎么买火车票', 3).decision;
  expect([asked(0), asked(0.9)]).toEqual(['clarify', 'none']);
});

test('an empty knowledge base answers nothing', () => {
  expect(createRetriever([]).search('怎么取消', 3)).toEqual({ results: [], decision: 'none', sure: 0 });
});

test('what people of one place call a thing finds it once their synonyms are set, and not before', () => {
  const first = (synonyms: readonly (readonly string[])[]) => createRetriever(entries, { synonyms }).search('小绿牌', 3).results[0]?.id;
  expect(first([])).toBeUndefined();
  expect(first([['小绿牌', '学生卡']])).toBe('card-lost');
});

test('traditional characters find what is written in simplified ones', () => {
  expect(retriever.search('學生卡丟了怎麼辦', 3)).toEqual(retriever.search('学生卡丢了怎么办', 3));
  expect(first('退訂校訊通')).toBe('cancel');
});

test.each([
  ['xiaoxuntong zenme tuiding', 'cancel'],
  ['duanxin shoubudao', 'no-message'],
  ['XUE SHENG KA diu le', 'card-lost'],
  ['校讯通zenme退订', 'cancel'],
])('「%s」 in pinyin finds %s', (query, id) => {
  expect(first(query)).toBe(id);
});

test('Latin words that entries hold, and sentences that are no pinyin, are read as they stand', () => {
  expect(first('app e1024')).toBe('app-code');
  expect(retriever.search('how much is it', 3).results).toEqual([]);
});
