import { common } from '../../knowledge/dialect';
import { createRetriever } from '../../knowledge/retriever';

test.each([
  ['啷个没得短信', '怎么没有短信'],
  ['唔见咗张卡', '不见了张卡'],
  ['去边度办', '去哪里办'],
  ['啥辰光有短信', '什么时候有短信'],
  ['学生卡丢了怎么办', '学生卡丢了怎么办'],
])('「%s」 is read as 「%s」', (said, meant) => {
  expect(common(said)).toBe(meant);
});

test('a question in dialect finds what is asked in common words, and the other way round', () => {
  const { search } = createRetriever([
    { id: 'card-lost', question: '学生卡不见了怎么办', similar: [] },
    { id: 'no-message', question: '咋个没得短信', similar: [] },
  ]);
  expect(search('张卡唔见咗点算', 1).results[0]?.id).toBe('card-lost');
  expect(search('怎么没有短信', 1).results[0]?.id).toBe('no-message');
});
