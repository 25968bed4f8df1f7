import { extract, extractTurns } from '../../../dialogs/extract';

const nowhere = { schools: [], directory: false, at: 0 };
const said = (...turns: readonly string[]) =>
  extractTurns(
    turns.map((text) => ({ asked: null, text })),
    nowhere,
  ).slots;

test.each([
  [['学校座机0771-5551234', '我们是光明小学 大厅的屏幕黑屏了'], '大厅的屏幕黑屏了'],
  [['QQ 2233445566 加我说', '密码忘了'], '密码忘了'],
  [['电话13800138000', '哎打错了,最后两位是01', '孩子的接送卡没领到'], '孩子的接送卡没领到'],
  [['说一下,光明小学', '等等,今年已经到东风小学了', '旧卡刷不了'], '旧卡刷不了'],
  [['要投诉', '乱扣了三个月的钱'], '要投诉，乱扣了三个月的钱'],
  [['换卡', '王小明 光明小学'], '换卡'],
  [['接孩子用的卡', '昨天掉河里了', '怎么补'], '接孩子用的卡，昨天掉河里了，怎么补'],
])('what tells of the matter is kept, whichever turn it stands in: %j', (turns, matter) => {
  expect(said(...turns).issue?.value).toBe(matter);
});

test('words about the talk itself are no matter', () => {
  for (const text of ['忘了讲', '说一下', '没打完', '我代他们问', '你找她也行', '快点'])
    expect(extract(text, nowhere).slots.issue).toBeUndefined();
});

test('a matter corrected is the corrected one', () => {
  expect(said('孩子的卡丢了', '不对,是卡坏了').issue?.value).toBe('是卡坏了');
  expect(said('系统里名字少一个字', '卡上也错了').issue?.value).toBe('系统里名字少一个字，卡上也错了');
});

test('who will not leave a number still tells the matter', () => {
  expect(extract('我的号不方便留,班级圈里有人发广告', nowhere).slots.issue?.value).toBe('班级圈里有人发广告');
  expect(extract('不方便留电话', nowhere).slots.issue).toBeUndefined();
});

test('a grade alone completes the class told before, and corrects it when it says so', () => {
  expect(said('光明小学 三班', '哦 五年级的').class?.value).toBe('五年级3班');
  expect(said('光明小学 四年级2班', '说错了 五年级').class?.value).toBe('五年级2班');
});

test('a number that is the matter stays in it', () => {
  expect(extract('那帮我加上爸爸的号码 13800138000', nowhere).slots.issue?.value).toBe('那帮我加上爸爸的号码 13800138000');
});

test('a clause made of the words of an identity may be a wish', () => {
  expect(extract('光明小学 三年级2班 王小明 号码改成13800138000', nowhere).slots.issue?.value).toBe('号码改成13800138000');
  expect(extract('换班主任了 光明小学三年级2班王小明家长 群还是老的', nowhere).slots.issue?.value).toBe('换班主任了 群还是老的');
});

test('what was said last of school and class holds', () => {
  const slots = said('光明小学 三班 孩子王小明', '哦 四年级的', '上个月转到东风小学了');
  expect([slots.school?.value, slots.class?.value]).toEqual(['东风小学', '四年级3班']);
});
