/** On a channel without buttons a typed number means exactly the option that stands behind it. */
import { numbered } from '../../adapters/limits';
import { choose } from '../../dialogs/choose';
import { copyFor } from '../../dialogs/copy';
import { draftOf } from '../../dialogs/form';
import { confirmOptions } from '../../dialogs/moves/goOn';
import { option } from '../../dialogs/options';
import type { Option } from '../../dialogs/vocabulary';
import { talk } from '../support/talk';

const copy = copyFor('zh');
const lists: readonly (readonly Option[])[] = [
  confirmOptions(draftOf('intake', {}), copy),
  [...copy.relations.map((label) => ({ value: `answer:${label}`, label })), option(copy, 'skip'), option(copy, 'cancel')],
  [option(copy, 'cancel')],
  [...copy.menus.parent],
];

test.each(lists.map((list) => [list]))('each number shown is the option it stands before, and no other number is one: %j', (list) => {
  const shown = numbered('', list).matchAll(/^(\d+)\. (.+)$/gm);
  const numbers = [...shown].map(([, number = '', label]) => {
    expect(choose(number, list)?.label).toBe(label);
    return Number(number);
  });
  expect(choose(String(numbers.length + 1), list)).toBeUndefined();
});

test('「2」 at the read-back is 修改, and nothing but the word cancels', () => {
  const read = () => talk('zh').says('我要登记').says('实验小学三年级2班王小明13800138000').says('收不到短信').isIn('confirming');
  read().says('2').hears('请问要改哪一项');
  read().says('3').isIn('confirming').hears('请回复「确认」提交');
  read().says('取消').hears('已取消').isIn('idle');
});
