import { callFigures } from '../../src/calls/figures';
import type { CallDoc } from '../../src/store/documents';

const call = (change: Partial<CallDoc>): CallDoc => ({
  _id: 'phone:main:1',
  account: 'main',
  call: '1',
  version: 1,
  caller: '13800138000',
  called: '',
  agent: null,
  agentName: null,
  extension: null,
  ringingAt: 0,
  answeredAt: null,
  endedAt: null,
  events: [],
  checkAt: null,
  callBack: null,
  registered: [],
  startedAt: new Date(0),
  updatedAt: new Date(0),
  ...change,
});

describe('three rings', () => {
  test('a call answered within fifteen seconds was answered in time, one answered later or never was not', () => {
    const calls = [call({ answeredAt: 15_000 }), call({ answeredAt: 4_000 }), call({ answeredAt: 16_000 }), call({ endedAt: 20_000 })];
    expect(callFigures(calls, 15)).toEqual({
      ...{ calls: 4, answered: 3, missed: 1, measured: 3, inTime: 2, rate: 0.5 },
      meanWaitSeconds: 35 / 3,
    });
  });

  test('a call that rings still, or whose first ring was never told, is not judged', () => {
    const calls = [call({ checkAt: 60_000 }), call({ ringingAt: null, answeredAt: 90_000 })];
    expect(callFigures(calls, 15)).toMatchObject({ calls: 2, answered: 1, missed: 0, measured: 0, rate: null, meanWaitSeconds: null });
  });

  test('clocks that disagree never make a negative wait', () => {
    expect(callFigures([call({ ringingAt: 5_000, answeredAt: 4_000 })], 15)).toMatchObject({ inTime: 1, meanWaitSeconds: 0 });
  });
});
