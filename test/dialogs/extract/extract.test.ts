import { type ExtractContext, extract, extractTurns, mergeClass, validate } from '../../../dialogs/extract';
import type { Slots } from '../../../dialogs/vocabulary';

const nowhere: ExtractContext = { schools: [], directory: false, at: 0 };
const values = (slots: Slots): Record<string, string> =>
  Object.fromEntries(Object.entries(slots).map(([slot, { value }]) => [slot, value]));

describe('one message', () => {
  test('a mother tells everything at once', () => {
    const { slots } = extract('您好,我是实验小学三年二班王小明的妈妈,孩子的学生卡丢了,怎么补办?手机一三八零零一三八零零零', nowhere);
    expect(values(slots)).toEqual({
      school: '实验小学',
      class: '三年级2班',
      name: '王小明',
      phone: '13800138000',
      relation: '母亲',
      issue: '孩子的学生卡丢了,怎么补办?',
    });
    expect(slots.phone?.raw).toBe('一三八零零一三八零零零');
  });

  test('a labelled form, in one line or many', () => {
    const expected = { school: '南宁三中', class: '高一15班', name: '欧阳娜娜', phone: '13800138000', issue: '收不到短信' };
    expect(values(extract('学校:南宁三中 班级:高一(15) 姓名:欧阳娜娜 电话:138-0013-8000 事由:收不到短信', nowhere).slots)).toEqual(
      expected,
    );
    expect(values(extract('学校:南宁三中\n班级:高一(15)\n姓名:欧阳娜娜\n电话:138 0013 8000\n事由:收不到短信', nowhere).slots)).toEqual(
      expected,
    );
  });

  test('a greeting fills nothing', () => {
    expect(extract('你好', nowhere)).toEqual({ slots: {}, rejected: {}, schoolChoices: [], refused: false, unknown: false });
  });

  test('a refusal and a lack of knowledge are told apart from an answer', () => {
    expect(extract('不方便说', { ...nowhere, asked: 'phone' })).toMatchObject({ slots: {}, refused: true });
    expect(extract('不知道', { ...nowhere, asked: 'class' })).toMatchObject({ slots: {}, unknown: true });
  });

  test('a phone number with a digit missing is rejected, not guessed', () => {
    const { slots, rejected } = extract('电话1380013800', nowhere);
    expect(slots.phone).toBeUndefined();
    expect(rejected.phone).toEqual({ raw: '1380013800', code: 'phoneTooShort' });
  });
});

describe('schools of the directory', () => {
  const match = (school: string, raw: string, score = 1) => ({ school, raw, score });

  test('an alias is resolved', () => {
    const { slots } = extract('我是市二幼的家长', { ...nowhere, directory: true, schools: [match('南宁市第二幼儿园', '市二幼')] });
    expect(slots.school).toEqual({ raw: '市二幼', value: '南宁市第二幼儿园', verified: true });
  });

  test('an unknown school is taken as written and marked', () => {
    expect(extract('孩子在明秀路小学', { ...nowhere, directory: true }).slots.school).toEqual({
      raw: '明秀路小学',
      value: '明秀路小学',
      verified: false,
    });
  });

  test('several schools of that name leave the choice to the customer', () => {
    const schools = [match('南宁市第一中学', '一中'), match('柳州市第一中学', '一中')];
    const found = extract('我是一中的', { ...nowhere, directory: true, schools });
    expect(found.slots.school).toBeUndefined();
    expect(found.schoolChoices).toEqual(['南宁市第一中学', '柳州市第一中学']);
  });
});

describe('several turns', () => {
  test('a correction of the class number keeps the grade', () => {
    const { slots } = extractTurns(
      [
        { asked: null, text: '实验小学三年级2班王小明,短信收不到' },
        { asked: 'phone', text: '13800138000' },
        { asked: null, text: '不对,是四班' },
      ],
      nowhere,
    );
    expect(values(slots)).toMatchObject({ class: '三年级4班', phone: '13800138000', name: '王小明', issue: '短信收不到' });
  });

  test('merging classes', () => {
    expect(mergeClass('三年级2班', '4班')).toBe('三年级4班');
    expect(mergeClass('302班', '4班')).toBe('304班');
    expect(mergeClass('三年级2班', '初一3班')).toBe('初一3班');
    expect(mergeClass('三年级2班', '四年级')).toBe('四年级2班');
    expect(mergeClass(undefined, '4班')).toBe('4班');
  });
});

describe('a direct answer to one question', () => {
  test.each([
    ['class', '三年二', '三年级2班'],
    ['class', '302', '302班'],
    ['class', '向日葵班', '向日葵班'],
    ['name', '王小明的妈妈', '王小明'],
    ['name', '我叫李娜', '李娜'],
    ['school', '育才', '育才'],
    ['phone', '07711234567', '0771-1234567'],
  ] as const)('%s: %s → %s', (slot, text, value) => {
    expect(validate(slot, text, nowhere)).toMatchObject({ ok: true, slot: { value } });
  });

  test.each([
    ['phone', '138001380001', 'phoneTooLong'],
    ['phone', '12345678901', 'phoneBadPrefix'],
    ['phone', '不记得', 'phoneMissing'],
    ['class', '三年级', 'classIncomplete'],
    ['name', '家长', 'nameUnclear'],
    ['school', '小学', 'schoolUnclear'],
  ] as const)('%s: %s is rejected with %s', (slot, text, code) => {
    expect(validate(slot, text, nowhere)).toMatchObject({ ok: false, rejection: { code } });
  });
});

test.each([
  ['卡丢了！怎么补？我是三年级2班王小明的妈妈', '卡丢了！怎么补？'],
  ['短信收不到，我是王小明妈妈，怎么回事', '短信收不到，怎么回事'],
  ['卡坏了\n想换一张', '卡坏了，想换一张'],
  ['刷卡没反应；短信也没有。', '刷卡没反应；短信也没有'],
])('the gist of 「%s」 keeps the marks it was typed with: 「%s」', (text, gist) => {
  expect(extract(text, nowhere).slots.issue?.value).toBe(gist);
});

describe('a number is put right by a part of it', () => {
  test.each([
    ['13800138000 末尾两位写错了，是12', '13800138012'],
    ['手机:13800138000，最后一位不是0是6', '13800138006'],
    ['138001380 后两位是77', '13800138077'],
    ['1380013800 后面漏了一个9', '13800138009'],
    ['13800138000 写错一个，倒数第三位是7', '13800138700'],
    ['13800138000，开头三位应该是139', '13900138000'],
  ])('%s', (text, value) => {
    expect(extract(text, nowhere)).toMatchObject({ slots: { phone: { value } }, rejected: {} });
  });

  test('told in a later message', () => {
    const turns = ['电话13800138000', '尾数打反了，应该是80'].map((text) => ({ asked: null, text }));
    expect(extractTurns(turns, nowhere).slots.phone?.value).toBe('13800138080');
  });

  test.each([
    '13800138000，孩子最后1次刷卡没短信',
    '13800138000，前2天扣了钱',
    '手机13800138000 银行卡最后四位是1234',
    '13800138000，他爸手机尾号8823的收不到短信',
    '13800138000，后3位家长也收不到',
    '13800138000，身份证后六位123456',
  ])('but not by digits of something else: %s', (text) => {
    expect(extract(text, nowhere).slots.phone?.value).toBe('13800138000');
  });
});
