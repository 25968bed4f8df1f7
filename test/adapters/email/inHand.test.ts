import { suspectsIn, taking } from '../../../adapters/email/inHand';

const validity = '7';
const life = (by: string) => ({ validity, by });

test('what a life that ended had in hand is suspect; what this one has, or had under other numbers, is not', () => {
  const before = taking([1, 2, 3], undefined, life('a')) ?? undefined;
  expect([...suspectsIn(before, life('b'))]).toEqual([1, 2, 3]);
  expect([...suspectsIn(before, life('a'))]).toEqual([]);
  expect([...suspectsIn(before, { validity: '8', by: 'b' })]).toEqual([]);
  expect([...suspectsIn(undefined, life('b'))]).toEqual([]);
});

test('a mail that was alone in hand when three lives ended is not opened any more', () => {
  let before = taking([1, 2, 3], undefined, life('a')) ?? undefined;
  for (const by of ['b', 'c', 'd']) before = taking([2], before, life(by)) ?? undefined;
  expect(before).toMatchObject({ uids: [2], lives: 3 });
  expect(taking([2], before, life('d'))).toMatchObject({ lives: 3 });
  expect(taking([3], before, life('e'))).toMatchObject({ lives: 1 });
  expect(taking([2], before, life('e'))).toBeNull();
});
