/** The real directory and the real reading of a message together. */
import { extract } from '../../dialogs/extract';
import { createSchoolDirectory } from '../../knowledge/schools';

const schools = [
  { name: '南宁市第一中学', aliases: ['南宁一中'] },
  { name: '柳州市第一中学', aliases: ['柳州一中'] },
  { name: '南宁市实验小学', aliases: ['实小'] },
  { name: '南宁市明秀路小学' },
];

function read(text: string, known: typeof schools = schools) {
  const directory = createSchoolDirectory(known);
  const { slots, schoolChoices } = extract(text, { schools: directory.find(text), directory: true, at: 0 });
  return { school: slots.school?.value, verified: slots.school?.verified, choices: schoolChoices };
}

test('a name two schools share is asked back, with both', () => {
  expect(read('我是一中初二3班王小明的家长')).toEqual({
    school: undefined,
    verified: undefined,
    choices: ['南宁市第一中学', '柳州市第一中学'],
  });
});

test.each([
  ['我是实小三年级2班王小明妈妈', '南宁市实验小学'],
  ['南宁一中初一3班', '南宁市第一中学'],
  ['明绣路小学三2班，卡丢了', '南宁市明秀路小学'],
])('「%s」 means %s', (text, school) => {
  expect(read(text)).toEqual({ school, verified: true, choices: [] });
});

test('a school outside the directory is taken down as said, and marked as not verified', () => {
  for (const known of [schools, schools.slice(0, 1)])
    expect(read('我孩子在衡阳路小学三年级2班', known)).toEqual({ school: '衡阳路小学', verified: false, choices: [] });
});
