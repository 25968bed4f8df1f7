/** Who is named: the pupil before the speaker, a full name before a nickname, the one corrected to before the one corrected. */
import { extract, extractTurns, validate } from '../../../dialogs/extract';
import { findName, weighNames } from '../../../dialogs/extract/name';
import { WEIGHTS } from '../../../dialogs/extract/nameWeights';

const nowhere = { schools: [], directory: false, at: 0 };
const name = (text: string): string | undefined => extract(text, nowhere).slots.name?.value;
const told = (...texts: string[]): string | undefined =>
  extractTurns(
    texts.map((text) => ({ asked: null, text })),
    nowhere,
  ).slots.name?.value;

test.each([
  ['俺外孙叫郭满仓在李庄小学念二年级', '郭满仓'],
  ['囡囡叫沈知夏 梅园幼儿园中二班', '沈知夏'],
  ['个女叫叶芷若,读六年级2班', '叶芷若'],
  ['我是李桂英 孩子叫田宇辰', '田宇辰'],
  ['小名球球 大名唐乐怡', '唐乐怡'],
  ['六年级1班 乐正瑶', '乐正瑶'],
  ['初一3班13656770000陆青禾卡丢了', '陆青禾'],
  ['我们班学生次仁德吉的家长换号了', '次仁德吉'],
  ['孩子叫努尔兰·阿不都拉 三年级1班', '努尔兰·阿不都拉'],
  ['名字写成了张紫涵，其实是张梓涵', '张梓涵'],
  ['不是于洋 是余洋', '余洋'],
  ['我是二小的语文老师 叫韩梅', '韩梅'],
  ['联系人龙主任 13700020001', '龙主任'],
  ['我是卢静老师，教二年级', '卢静'],
  ['孩子叫傅再生 卡丢了', '傅再生'],
  ['陈林思远 三年级1班 没短信', '陈林思远'],
  ['贺兰雪 初二3班', '贺兰雪'],
  ['学生綦明 六年级2班', '綦明'],
  ['女娃喊檀小冬噻', '檀小冬'],
  ['学生腾格尔 一年级1班', '腾格尔'],
])('%s → %s', (text, expected) => {
  expect(name(text)).toBe(expected);
});

test.each([
  '我家豆豆在中二班',
  '牛牛的接送卡不见了',
  '收到一条说韩磊到校的短信 我家孩子不叫这个',
  '隔壁的李小双能收到我家收不到',
  '李主任说要先在平台登记',
  '俺孙子在县里住校',
  '安卓手机收不到',
  '成绩什么时候发',
  '从昨晚开始就收不到',
  '占用了我的话费 怎么退',
  '操场上的机器坏了',
  '续费怎么弄',
])('%s names nobody', (text) => {
  expect(name(text)).toBeUndefined();
});

test('a nickname told first gives way to the full name told later', () => {
  expect(told('娃叫小宝', '大名钟毓灵')).toBe('钟毓灵');
});

test('a pupil named later takes the place of the teacher who speaks, and no teacher that of a pupil', () => {
  expect(told('我是刘老师', '班上有个孩子叫樊小宇')).toBe('樊小宇');
  expect(told('孩子叫樊小宇', '找刘老师说过了')).toBe('樊小宇');
});

test('a name mistyped is put right by the next message', () => {
  expect(told('孩子叫于扬', '打错 是余扬')).toBe('余扬');
});

test('a bare name is read unless something else was asked', () => {
  expect(name('王小明')).toBe('王小明');
  expect(extract('王小明', { ...nowhere, asked: 'school' }).slots.name).toBeUndefined();
});

test.each(['程序', '石榴', '豆豆', 'Lucy Chen', '高兴'])('where a name was asked, 「%s」 is one', (text) => {
  expect(validate('name', text, nowhere)).toMatchObject({ ok: true, slot: { value: text } });
});

test('an answer is weighed by its signs, which say why', () => {
  const found = findName('我家孩子叫王小明 老是收不到');
  expect(found?.signs).toEqual(expect.arrayContaining(['called', 'child', 'calledChild', 'commonSurname', 'pauses']));
  expect(found?.score).toBeCloseTo((found?.signs ?? []).reduce((sum, sign) => sum + WEIGHTS[sign], 0));
});

test('what is glued into other words weighs little', () => {
  const [glued] = weighNames('大家都很安静地等着').filter(({ value }) => value === '安静');
  expect(glued?.signs).toEqual(expect.arrayContaining(['gluedBefore', 'gluedBehind']));
  expect(glued?.score).toBeLessThan(-2);
});
