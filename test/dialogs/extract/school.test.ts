import { findSchool } from '../../../dialogs/extract/school';
import { normalize } from '../../../dialogs/extract/text';

const named = (text: string) => findSchool(normalize(text), text, false, []).slot?.value;

test.each([
  ['我是实验小学的家长', '实验小学'],
  ['孩子在南宁市第三中学读书', '南宁市第三中学'],
  ['市二幼的', '市二幼'],
  ['一中高一的', '一中'],
  ['孩子就读于明秀路小学', '明秀路小学'],
  ['和平路小学', '和平路小学'],
  ['上林县中心小学', '上林县中心小学'],
  ['新民路小学仙葫校区', '新民路小学仙葫校区'],
  ['广西师范大学附属小学', '广西师范大学附属小学'],
  ['原来在新民中学,现在转到十三中', '十三中'],
  ['隔壁一中都修好了,我们二中还没修', '二中'],
  ['不是一中,是二中', '二中'],
])('%s → %s', (text, school) => {
  expect(named(text)).toBe(school);
});

test.each([
  ['我们学校'],
  ['小学和初中收费一样吗'],
  ['孩子上小学了'],
  ['幼儿园放假'],
  ['三小时了'],
  ['中午没收到'],
  ['哪个学校都能用吗'],
  ['小学生卡'],
])('%s names no school', (text) => {
  expect(named(text)).toBeUndefined();
});
