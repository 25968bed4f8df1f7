import { INTENT_NAMES } from '../../dialogs/vocabulary';
import { type Classifier, INTENTS } from '../../knowledge/classify';
import { shippedClassifier, shippedExamples } from '../support/classifier';

let classify: Classifier;
beforeAll(async () => {
  classify = await shippedClassifier;
});

test('every intent of the dialogs has at least 60 examples, none of them given twice', async () => {
  const examples = await shippedExamples;
  expect([...examples].filter(([, texts]) => texts.length < 60).map(([name]) => name)).toEqual([]);
  expect(INTENTS.toSorted()).toEqual(INTENT_NAMES.toSorted());
  const texts = [...examples.values()].flat();
  expect(new Set(texts).size).toBe(texts.length);
});

test.each([
  ['你们凭什么乱收钱,我要投诉', 'complaint'],
  ['考勤机又坏了,快派师傅来修', 'repair'],
  ['建议你们增加一个夜间模式', 'suggestion'],
  ['给我转人工客服', 'human-request'],
  ['我上周报的问题处理得怎么样了', 'ticket-status'],
  ['不想用了,帮我退订', 'cancel-service'],
  ['想给孩子开通业务', 'join-service'],
  ['手机号换了,帮我改一下资料', 'change-info'],
  ['帮我查一下扣费明细', 'query-info'],
  ['新买的机器是坏的,要换一台', 'return-exchange'],
  ['停课的紧急通知发不出去', 'urgent-incident'],
  ['谢谢您', 'chitchat'],
  ['学生卡丢了怎么办', 'faq'],
])('「%s」 is guessed to be %s', (text, name) => {
  expect(classify(text)[0]?.name).toBe(name);
});

test('the scores are shares of one and come best first', () => {
  for (const text of ['帮我退订', '你好', '卡丢了 hello']) {
    const scores = classify(text).map(({ score }) => score);
    expect(scores.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  }
});

test.each(['', '???', 'xiaoxuntong zenme tuiding'])('nothing is guessed of 「%s」, which has no word it learnt', (text) => {
  expect(classify(text)).toEqual([]);
});
