import { findPhones } from '../../../dialogs/extract/phone';
import { normalize } from '../../../dialogs/extract/text';

const read = (text: string, asked = false) => findPhones(normalize(text), asked);

test.each([
  ['13800138000', '13800138000'],
  ['138 0013 8000', '13800138000'],
  ['138-0013-8000', '13800138000'],
  ['138.0013.8000', '13800138000'],
  ['13800138000', '13800138000'],
  ['+86 138 0013 8000', '13800138000'],
  ['0086-13800138000', '13800138000'],
  ['8613800138000', '13800138000'],
  ['(86)13800138000', '13800138000'],
  ['一三八零零一三八零零零', '13800138000'],
  ['幺三八 洞洞幺三 八洞洞洞', '13800138000'],
  ['一三八,零零一三,八零零零', '13800138000'],
  ['13八零零138000', '13800138000'],
  ['1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣', '13800138000'],
  ['0771-1234567', '0771-1234567'],
  ['07711234567', '0771-1234567'],
  ['(0771)1234567', '0771-1234567'],
  ['010 88886666', '010-88886666'],
  ['0771-1234567转801', '0771-1234567-801'],
])('%s is read as %s', (text, value) => {
  expect(read(text).phone?.value).toBe(value);
});

test.each([
  ['卡号13800138000'],
  ['学号13800138000'],
  ['银行卡6222021234567890123'],
  ['身份证450102201501011234'],
  ['单号20261122-0007'],
  ['2026-11-22 08:30'],
  ['扣了1380元'],
  ['收到10690001234的短信'],
  ['10086打来的'],
  ['三年二班'],
])('%s holds no phone number and nothing to reject', (text) => {
  expect(read(text)).toMatchObject({ spans: expect.any(Array) });
  expect(read(text).phone).toBeUndefined();
  expect(read(text).rejected).toBeUndefined();
});

test.each([
  ['电话1380013800', 'phoneTooShort'],
  ['手机138001380001', 'phoneTooLong'],
  ['手机号12800138000', 'phoneBadPrefix'],
  ['1380013800', 'phoneTooShort'],
  ['手机138****8000', 'phoneMasked'],
  ['座机1234567', 'phoneTooShort'],
  ['座机5551234', 'phoneNoAreaCode'],
] as const)('%s is rejected: %s', (text, code) => {
  expect(read(text).rejected?.code).toBe(code);
});

test.each([
  ['不是13800138000,是13900139000', '13900139000'],
  ['旧号13800138000,新号13900139000', '13900139000'],
  ['13800138000打错了,应该是13900139000', '13900139000'],
  ['骚扰电话15500001111天天打来,我的手机13900139000', '13900139000'],
  ['我换号了,新号13900139000,联系我还是打13800138000', '13800138000'],
])('of two numbers the one to reach the customer at counts: %s', (text, value) => {
  expect(read(text).phone?.value).toBe(value);
});

test.each([
  ['群主的电话13800138000,我家孩子收不到短信'],
  ['李老师电话是13800138000,她让我找你们,孩子的卡坏了'],
  ['孩子叫王小明,班主任说不归她管,她号码是13800138000'],
  ['我姐的13800138000登记过了不用动'],
  ['13800138000是谁,天天打电话'],
  ['有个13800138000的人冒充老师收钱'],
  ['我的号码你们系统里有,别再打13800138000了'],
  ['我朋友推荐的,她电话13800138000,我要开通'],
])('a number of somebody else is not filled in: %s', (text) => {
  expect(read(text).phone).toBeUndefined();
});

test.each([
  ['打园长电话13800138000就行,孩子收不到短信'],
  ['孩子没手机,电话写李老师的13800138000'],
  ['我家孩子收不到短信,打他奶奶电话13800138000'],
  ['我是三年级2班班主任,李老师,电话13800138000'],
  ['冇收到短信 13800138000'],
  ['我帮邻居问的,她孙子的卡丢了,邻居电话13800138000'],
  ['孩子爸爸13900139000,孩子妈妈13800138000,以后发妈妈的'],
])("unless it is told to be used, or is the family's: %s", (text) => {
  expect(read(text).phone?.value).toBe('13800138000');
});

test('asked for a number, whoever it belongs to is an answer', () => {
  expect(read('李老师的电话是13800138000,我孩子没手机', true).phone?.value).toBe('13800138000');
});

test('the new number of a change is told apart', () => {
  expect(read('我换号了,旧号13800138000,新号13900139000').newPhone?.value).toBe('13900139000');
  expect(read('爸爸13800138000,妈妈13900139000').newPhone).toBeUndefined();
});
