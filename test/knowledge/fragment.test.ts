import { fragmentIn } from '../../knowledge/fragment';

test.each([
  ['那取消呢?', '取消'],
  ['那么多少钱', '多少钱'],
  ['老师的呢', '老师的'],
  ['还要几天？', '还要几天'],
])('「%s」 asks of what was spoken of before: %s', (text, asked) => {
  expect(fragmentIn(text)).toBe(asked);
});

test.each(['怎么取消', '补卡多少钱', '那我想问一下孩子的卡丢了要怎么补办呢', '那', '呢?', ''])('「%s」 stands on its own', (text) => {
  expect(fragmentIn(text)).toBeUndefined();
});
