/** What is kept of answers and of questions without one, so that people can make the desk better. */
import { answerGiven, gapIn } from '../../dialogs/learnt';
import { begin } from '../../dialogs/step';

const hit = { article: 'card-lost', title: '卡丢了', answer: '请挂失。', score: 0.9, department: '客服部', version: '0bf2cddd' };
const memory = { ...begin(0).memory, role: 'parent', topic: 'fee-standard' } as const;

test('an answer is kept with its question and the wording of the article, so that a wrong one can be traced', () => {
  expect(answerGiven('卡不见了', hit)).toEqual({
    kind: 'recordAnswer',
    article: 'card-lost',
    question: '卡不见了',
    helpful: null,
    version: '0bf2cddd',
  });
});

test('a question without an answer is kept with who asked and what was spoken of before', () => {
  expect(gapIn(memory, '那个呢')).toEqual({ kind: 'recordGap', question: '那个呢', reason: 'none', role: 'parent', topic: 'fee-standard' });
});

test('the article that did not help is not named as its own context', () => {
  expect(gapIn(memory, '多少钱', 'unhelpful', 'fee-standard')).not.toHaveProperty('topic');
});
