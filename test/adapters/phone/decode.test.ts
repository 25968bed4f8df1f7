import { read } from '../../../adapters/phone/decode';

const event = (body: object) => read('main', body, 1_000);

describe('an event of a PBX', () => {
  test('is read with the hour it names, or else the hour it came', () => {
    expect(event({ call: 'c1', event: 'ringing', caller: '13800138000', called: '4001234567', at: '2026-11-22T10:00:00+08:00' })).toEqual({
      ok: true,
      event: {
        account: 'main',
        call: 'c1',
        kind: 'ringing',
        at: Date.parse('2026-11-22T02:00:00Z'),
        caller: '13800138000',
        called: '4001234567',
      },
    });
    expect(event({ call: 'c1', event: 'ended' })).toMatchObject({ ok: true, event: { at: 1_000 } });
  });

  test.each([
    ['+86 138 0013 8000', '13800138000'],
    ['008613800138000', '13800138000'],
    ['013800138000', '13800138000'],
    ['0771-3456789', '0771-3456789'],
    ['07713456789', '0771-3456789'],
    ['+867713456789', '7713456789'],
    ['10086', '10086'],
    ['', ''],
  ])('a caller shown as %s is %s, as customers write their own number', (shown, number) => {
    expect(event({ call: 'c1', event: 'ringing', caller: shown })).toMatchObject({ event: { caller: number } });
  });

  test.each([
    [null, 'JSON object'],
    [{ event: 'ringing' }, 'id of the call'],
    [{ call: 'c1', event: 'hold' }, 'ringing, answered or ended'],
    [{ call: 'c1', event: 'ringing', caller: 'sip:anonymous' }, 'telephone number'],
    [{ call: 'c1', event: 'ringing', at: 'yesterday' }, 'milliseconds'],
  ])('%j is refused with what to send instead', (body, words) => {
    const got = read('main', body, 0);
    expect(got).toMatchObject({ ok: false, problem: expect.stringContaining(words) });
  });
});
