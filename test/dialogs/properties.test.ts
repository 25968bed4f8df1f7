/** What holds for any conversation, whatever happens in it; properties.int.test.ts plays more of them. */
import { forms } from '../../dialogs/forms';
import type { FormName, SlotName } from '../../dialogs/vocabulary';
import { createWorld, receive } from '../support/world';
import { testProperties } from './properties';

describe('in any conversation', () => testProperties(100));

const good: Readonly<Record<SlotName, string>> = {
  school: '实验小学',
  class: '三年二班',
  name: '王小明',
  phone: '13800138000',
  issue: '考勤机刷卡没反应',
  remark: '无',
  newPhone: '13900139000',
  relation: '妈妈',
  place: '南校门',
  device: '考勤机',
  since: '昨天早上',
  recipients: '全校家长',
  eventTime: '今天下午四点',
  item: '学生卡',
  against: '客服',
  reason: '孩子毕业了',
};

describe('a cooperative customer', () => {
  test.each(Object.keys(forms) as FormName[])('is through with the form %s after its fields and one word of confirmation', (form) => {
    const world = createWorld();
    receive(world, { kind: 'choice', value: `form:${form}` });
    for (let turns = 0; turns < forms[form].fields.length && world.state.phase === 'form'; turns += 1) {
      receive(world, { kind: 'text', text: good[world.state.asking] });
    }
    if (world.state.phase === 'confirming') receive(world, { kind: 'text', text: '同意' });
    expect(['idle', 'waiting']).toContain(world.state.phase);
    expect(world.tickets.map((ticket) => ticket.form)).toEqual([form]);
  });
});
