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
  ['娃搁新华二小念书', '新华二小'],
  ['我女儿李小明阳光小学', '阳光小学'],
  ['孩子金太阳实验小学三年级', '金太阳实验小学'],
  ['女儿常青藤双语学校', '常青藤双语学校'],
  ['收到光明小学发的短信,但我孩子是东风小学的', '东风小学'],
  ['考上光明中学了', '光明中学'],
  ['老师说光明小学可以办', '光明小学'],
  ['佢喺海珠小学三年级', '海珠小学'],
  ['我们家就是那个育才小学的', '育才小学'],
  ['三高的,成绩查不到', '三高'],
  ['我在三中教书,女儿在一小二年级', '一小'],
  ['本人城关小学教师,自家孩子在城东幼儿园', '城东幼儿园'],
  ['我是二小的老师,孩子就在自己学校', '二小'],
  ['我在三中教书,考勤机坏了', '三中'],
  ['奋进中学门口的考勤机坏了', '奋进中学'],
  ['住在中心小学旁边,读的是南门小学', '南门小学'],
  ['我家老大在十中,老二在蓝天幼儿园,这次说的是老二', '蓝天幼儿园'],
  ['她表哥在一小,她在四小', '四小'],
  ['同事家孩子在一中,我家的在五中', '五中'],
  ['东门小学是我外甥的学校,我女儿在西门小学', '西门小学'],
  ['以前在东门小学,早不去了,现在念西门小学', '西门小学'],
  ['She goes to Xinhua No. 2 Middle School, grade 4', 'Xinhua No. 2 Middle School'],
  ['my son is in Nanhu Primary School', 'Nanhu Primary School'],
  ['sunshine kindergarten', 'sunshine kindergarten'],
  ['we are from No. 3 Middle School', 'No. 3 Middle School'],
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
  ['怎么还要说学校啊'],
  ['有人以学校的名义发广告'],
  ['我们乡下幼儿园'],
  ['the school did not send any message'],
  ['my daughter studies at the primary school'],
  ['after school my son did not come home'],
  ['high school student card lost'],
])('%s names no school', (text) => {
  expect(named(text)).toBeUndefined();
});
