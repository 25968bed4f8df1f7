import { inLanes } from '../../adapters/lanes';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work in lanes', () => {
  test('is in order within a lane, and so many lanes go on at a time and no more', async () => {
    const done: string[] = [];
    let [underWay, most] = [0, 0];
    await inLanes(
      ['a1', 'b1', 'a2', 'c1', 'b2', 'a3'],
      ([lane = '']) => lane,
      2,
      async (item) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await tick();
        underWay -= 1;
        done.push(item);
      },
    );
    const of = (lane: string) => done.filter((item) => item.startsWith(lane));
    expect([of('a'), of('b'), of('c'), most]).toEqual([['a1', 'a2', 'a3'], ['b1', 'b2'], ['c1'], 2]);
  });

  test('what fails ends its own lane and is told with its reason', async () => {
    const done: string[] = [];
    const reason = new Error('the store is away');
    const failures = await inLanes(
      ['a1', 'a2', 'b1', 'b2', 'a3'],
      ([lane = '']) => lane,
      1,
      async (item) => {
        if (item === 'a2') throw reason;
        done.push(item);
      },
    );
    expect(done).toEqual(['a1', 'b1', 'b2']);
    expect([...failures]).toEqual([['a2', reason]]);
  });

  test('nothing to do is done', async () => {
    expect([...(await inLanes([], String, 4, tick))]).toEqual([]);
  });
});
