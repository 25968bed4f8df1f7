/** Two pupils in one message: a name and a class that belong together are taken, the other pupil is told apart. */
import { extract } from '../../../dialogs/extract';
import { talk } from '../../support/talk';

const read = (text: string) => extract(text, { schools: [], directory: false, at: 0 });

describe('several children with a class each', () => {
  test.each([
    ['我家两个孩子，大的张小明三年二班，小的张小红一年级4班', '张小明', '三年级2班', '张小红 一年级4班'],
    ['两个娃 哥哥李浩然五年级1班 妹妹李悦然二年级3班 都收不到短信', '李浩然', '五年级1班', '李悦然 二年级3班'],
    ['我有两个孩子，一个叫王小明在三年级2班，一个叫王小红在一年级4班，都要退订', '王小明', '三年级2班', '王小红 一年级4班'],
    ['老大三年级2班张小明 老二一年级4班张小红', '张小明', '三年级2班', '张小红 一年级4班'],
    ['大儿子陈一鸣在实验小学三年级2班，小女儿陈一诺在阳光幼儿园中2班', '陈一鸣', '三年级2班', '陈一诺 中2班'],
  ])('%s', (text, name, klass, other) => {
    const { slots, another } = read(text);
    expect([slots.name?.value, slots.class?.value]).toEqual([name, klass]);
    expect(another?.map((child) => `${child.name} ${child.class}`)).toEqual([other]);
  });

  test('at two schools the child behind the school taken is taken', () => {
    const { slots } = read('我家老大张小明在三中初一3班，老二张小红在实验小学一年级4班');
    expect([slots.school?.value, slots.name?.value, slots.class?.value]).toEqual(['实验小学', '张小红', '一年级4班']);
  });

  test('a name right before a school the directory knows is still a name', () => {
    const schools = [
      { school: '南宁市实验小学', raw: '实验小学', score: 0.9 },
      { school: '南宁市第二幼儿园', raw: '市二幼', score: 0.9 },
    ];
    const { slots, another } = extract('给两个小孩开通 大的陆子涵实验小学五(2) 小的陆子萱市二幼中一班', {
      schools,
      directory: true,
      at: 0,
    });
    expect([slots.school?.value, slots.name?.value, slots.class?.value]).toEqual(['南宁市实验小学', '陆子涵', '五年级2班']);
    expect(another).toEqual([{ name: '陆子萱', class: '中1班' }]);
  });

  test('who they are is not the matter', () => {
    expect(read('我家两个孩子，大的张小明三年二班，小的张小红一年级4班').slots.issue).toBeUndefined();
  });
});

test.each([
  ['张小明从三年级2班转到三年级4班了', '三年级4班'],
  ['孩子原来在二年级3班，现在三年级3班，叫李悦然', '三年级3班'],
  ['姐姐在五年级3班，我孩子张小红在一年级4班', '一年级4班'],
])('one child with two classes stays one child: %s', (text, klass) => {
  const { slots, another } = read(text);
  expect(slots.class?.value).toBe(klass);
  expect(another).toBeUndefined();
});

test('the other child is read back as a remark and stands on the ticket', () => {
  const said = talk('zh')
    .says('我要登记')
    .says('实验小学')
    .says('大的张小明三年二班，小的张小红一年级4班')
    .says('13800138000')
    .says('都收不到短信')
    .hears('备注：另一个孩子：张小红 一年级4班（这张单登记的是张小明）')
    .hears('班级：三年级2班')
    .hears('姓名：张小明');
  said.says('确认').isIn('idle');
});
