import { createSchoolDirectory } from '../../knowledge/schools';

const directory = createSchoolDirectory([
  { name: '南宁市第一中学', aliases: ['南宁一高'] },
  { name: '南宁市第二中学' },
  { name: '南宁市第十三中学' },
  { name: '南宁市实验小学' },
  { name: '宾阳县实验小学' },
  { name: '南宁市第二幼儿园', aliases: ['小天鹅'] },
  { name: '广西大学附属小学' },
  { name: '南宁市青秀区滨湖路小学' },
  { name: '南宁市天桃实验学校(东校区)' },
  { name: '柳州市第二实验小学' },
  { name: '武鸣区城厢镇中心小学' },
]);
const names = (text: string) => directory.find(text).map(({ school }) => school);

test.each([
  ['我孩子在南宁市第一中学读书', '南宁市第一中学', '南宁市第一中学'],
  ['南宁市一中', '南宁市第一中学', '南宁市一中'],
  ['市一中的', '南宁市第一中学', '市一中'],
  ['我们是南宁一中三年二班', '南宁市第一中学', '南宁一中'],
  ['一中', '南宁市第一中学', '一中'],
  ['第一中学 王小明', '南宁市第一中学', '第一中学'],
  ['第 1 中学', '南宁市第一中学', '第 1 中学'],
  ['南宁一高高二5班', '南宁市第一中学', '南宁一高'],
  ['二幼小班', '南宁市第二幼儿园', '二幼'],
  ['在市二幼', '南宁市第二幼儿园', '市二幼'],
  ['第二幼儿园', '南宁市第二幼儿园', '第二幼儿园'],
  ['小天鹅大班', '南宁市第二幼儿园', '小天鹅'],
  ['在广西大学附小读书', '广西大学附属小学', '广西大学附小'],
  ['附小三(2)班', '广西大学附属小学', '附小'],
  ['十三中', '南宁市第十三中学', '十三中'],
  ['１３中初一3班', '南宁市第十三中学', '１３中'],
  ['滨湖路小学', '南宁市青秀区滨湖路小学', '滨湖路小学'],
  ['青秀区滨湖路小学', '南宁市青秀区滨湖路小学', '青秀区滨湖路小学'],
  ['天桃实验学校', '南宁市天桃实验学校(东校区)', '天桃实验学校'],
  ['城厢镇中心小学', '武鸣区城厢镇中心小学', '城厢镇中心小学'],
  ['柳州实验二小', '柳州市第二实验小学', '柳州实验二小'],
])('「%s」 means %s', (text, school, raw) => {
  expect(directory.find(text)[0]).toMatchObject({ school, raw });
});

test('the full name is surer than an alias, an alias surer than a shortening, a shortening surer than a misspelling', () => {
  const score = (text: string) => directory.find(text)[0]?.score ?? 0;
  const scores = ['南宁市第一中学', '南宁一高', '一中', '宾湖路小学'].map(score);
  expect(scores[0]).toBe(1);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
});

test('when several schools answer to the same words all of them are returned, equally sure', () => {
  const found = directory.find('实验小学三年级');
  expect(found.map(({ school }) => school).sort()).toEqual(['南宁市实验小学', '宾阳县实验小学']);
  expect(new Set(found.map(({ score }) => score)).size).toBe(1);
});

test('naming the place settles which one is meant', () => {
  expect(names('宾阳县实验小学')).toEqual(['宾阳县实验小学']);
  expect(names('南宁实验小学')).toEqual(['南宁市实验小学']);
});

test.each([
  ['宾湖路小学', '南宁市青秀区滨湖路小学'],
  ['天挑实验学校', '南宁市天桃实验学校(东校区)'],
])('one wrong character is forgiven: 「%s」', (text, school) => {
  expect(names(text)).toContain(school);
});

test.each([
  ['another number', '南宁市第三中学'],
  ['another number that ends alike', '二十三中'],
  ['another kind of school', '南宁市第一小学'],
  ['the same number in another town', '桂林市第一中学'],
  ['no school at all', '一中午都没收到短信,等了二小时'],
  ['nothing', ''],
  ['a phone number', '13800138000'],
])('nothing is found in %s: 「%s」', (_what, text) => {
  expect(names(text)).toEqual([]);
});

test('every school named in one text is found', () => {
  expect(names('老大在南宁二中,小的在市二幼').sort()).toEqual(['南宁市第二中学', '南宁市第二幼儿园']);
});

test('an empty directory finds nothing', () => {
  expect(createSchoolDirectory([]).find('南宁市第一中学')).toEqual([]);
});
