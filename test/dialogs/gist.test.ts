import { gistOf } from '../../dialogs/gist';

const context = { schools: [], directory: false, at: 0 };

test.each([
  ['我是实验小学三（2）班王小明的妈妈，电话：13800138000，收不到短信！', '收不到短信'],
  ['卡丢了，我是三年级2班王小明的妈妈，怎么补办？', '卡丢了，怎么补办？'],
  ['怎么退订', '怎么退订'],
  ['家长怎么给老师留言？', '家长怎么给老师留言？'],
])('「%s」 asks about 「%s」', (text, gist) => {
  expect(gistOf(text, context)).toBe(gist);
});

test('who says only who they are keeps their words, for there is nothing else to go by', () => {
  expect(gistOf('实验小学 三年级2班 王小明', context)).toBe('实验小学 三年级2班 王小明');
});

test('a number or a row of marks asks nothing', () => {
  for (const text of ['13800138000', '138-0013-8000', '？？？', '']) expect(gistOf(text, context)).toBe('');
});
