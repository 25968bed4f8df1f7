import { createNumbers, formatNumber } from '../../src/desk/numbers';
import type { Collection } from '../../src/store/collection';
import type { CounterDoc } from '../../src/store/documents';

/** The one operation that numbers need: an atomic increment. */
function counters() {
  const values = new Map<string, number>();
  const update: Collection<CounterDoc>['update'] = async (filter, { $inc }) => {
    const _id = String(filter._id);
    const value = (values.get(_id) ?? 0) + Number(($inc as { value: number }).value);
    values.set(_id, value);
    return { _id, value };
  };
  // Only update() is called; a fuller fake would test nothing more.
  return { counters: { update } as Collection<CounterDoc> };
}

const noon = Date.parse('2026-11-22T12:00:00+08:00');

describe('ticket numbers', () => {
  test('are the day and a count of four digits, wider when a day has more', () => {
    expect([formatNumber('2026-11-22', 7), formatNumber('2026-11-22', 12_345)]).toEqual(['20261122-0007', '20261122-12345']);
  });

  test('two processes on one store never give the same', async () => {
    const store = counters();
    const make = () => createNumbers({ store, now: () => noon, timeZone: () => 'Asia/Shanghai', block: 3 });
    const [a, b] = [make(), make()];
    const given = (await Promise.all([a.reserve(2), b.reserve(2), a.reserve(2), b.reserve(2), a.reserve(5)])).flat();
    expect(new Set(given).size).toBe(13);
  });

  test('what was not used is used next', async () => {
    const numbers = createNumbers({ store: counters(), now: () => noon, timeZone: () => 'Asia/Shanghai', block: 20 });
    const [first = '', second = ''] = await numbers.reserve(2);
    numbers.giveBack([second]);
    expect([first, ...(await numbers.reserve(1))]).toEqual(['20261122-0001', '20261122-0002']);
  });

  test("begin anew at midnight of the place, and yesterday's are not used up today", async () => {
    let now = Date.parse('2026-11-22T23:59:00+08:00');
    const numbers = createNumbers({ store: counters(), now: () => now, timeZone: () => 'Asia/Shanghai', block: 20 });
    const left = await numbers.reserve(2);
    now += 120_000;
    expect(await numbers.reserve(1)).toEqual(['20261123-0001']);
    numbers.giveBack(left);
    expect(await numbers.reserve(1)).toEqual(['20261123-0002']);
  });
});
