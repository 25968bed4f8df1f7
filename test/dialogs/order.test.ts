import { isOrder } from '../../dialogs/order';

test.each([
  '帮我弄一下',
  '要的 帮我弄一下',
  '那就麻烦帮我办理吧',
  '好的帮我办',
  '那就帮我登记一下吧，谢谢',
  '你们来弄',
  '好，你给我办',
  '麻烦老师帮忙处理一下',
  '我要办理',
  '帮孩子办一下嘛',
  '行，那你帮我搞噻',
  'yes please, do it for me',
  'can you handle this please?',
])('%s orders what was spoken of', (text) => expect(isOrder(text)).toBe(true));

test.each([
  '帮我退订',
  '帮我办一张学生卡',
  '帮我查一下',
  '你们怎么处理',
  '帮我投诉老师',
  '我要登记',
  '好的',
  '办一下要多少钱',
  '帮我把手机号换了',
  '申请补卡',
  'do you have a phone number',
  'how do I do it',
])('%s says more than that, or less', (text) => expect(isOrder(text)).toBe(false));
