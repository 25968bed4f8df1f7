import type { CallView } from '../../../adapters/calls';
import { ringingWords } from '../../../console/desk/ringing';

const call: CallView = {
  id: 'phone:main:c1',
  state: 'ringing',
  caller: '138****8000',
  called: '',
  known: [],
  tickets: [],
  earlier: [],
  registered: [],
};

describe('a call that rings', () => {
  test('names whom the number may be, each of a family, and their open tickets', () => {
    const known = [
      { name: '王小明', school: '实验小学', class: '三年级2班', channels: ['web'], lastAt: 0 },
      { name: '王小美', channels: ['wechat'], lastAt: 0 },
    ] as const;
    expect(ringingWords({ ...call, known })).toEqual({
      title: '来电 138****8000',
      text: '可能是：王小明 实验小学 三年级2班；王小美\n没有未结工单',
    });
  });

  test('of a stranger or without a number says so', () => {
    expect(ringingWords({ ...call, caller: '' })).toEqual({ title: '来电 （未显示号码）', text: '没有登记过的号码\n没有未结工单' });
  });

  test('missed is told, answered is not', () => {
    expect(ringingWords({ ...call, state: 'missed' })?.title).toBe('未接来电 138****8000');
    expect(['answered', 'ended'].map((state) => ringingWords({ ...call, state: state as CallView['state'] }))).toEqual([null, null]);
  });
});
