import { after, type Behind, dueIn, mustWait, nextTry } from '../../../adapters/email/behind';

const waiting = (uid: number, sender: string, notBefore = 0) => ({ uid, at: 0, sender, tries: 1, notBefore });
/** Wang's first is to be tried at 100, Li's at 50. */
const BEHIND: Behind = [waiting(3, 'wang', 100), waiting(4, 'li', 50), waiting(7, 'wang'), waiting(9, 'li')];
const numbers = (behind: Behind): number[] => behind.map(({ uid }) => uid);

test('a sender’s mails are due when the first of them is', () => {
  expect(numbers(dueIn(BEHIND, 49))).toEqual([]);
  expect(numbers(dueIn(BEHIND, 50))).toEqual([4, 9]);
  expect(numbers(dueIn(BEHIND, 100))).toEqual([3, 4, 7, 9]);
});

test('the next try is that of the first whose time comes, and none where nobody waits', () => {
  expect(nextTry(BEHIND)).toBe(50);
  expect(nextTry([])).toBeNull();
});

test('a mail waits for what came before it from the same sender, unless that is in hand as well', () => {
  expect(mustWait(BEHIND, { sender: 'wang', uid: 20 }, new Set([20]))).toBe(true);
  expect(mustWait(BEHIND, { sender: 'wang', uid: 7 }, new Set([3, 7]))).toBe(false);
  expect(mustWait(BEHIND, { sender: 'wang', uid: 2 }, new Set([2]))).toBe(false);
  expect(mustWait(BEHIND, { sender: 'zhao', uid: 20 }, new Set([20]))).toBe(false);
});

test('what was in hand and is not left waits no longer, and what is left stands in its place', () => {
  expect(numbers(after(BEHIND, new Set([3, 4, 8]), [waiting(8, 'zhao'), waiting(3, 'wang', 200)]))).toEqual([3, 7, 8, 9]);
});
