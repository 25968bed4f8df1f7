/** Updates of the embedded store leave the old document as it was: readers and a failed write may still need it. */
import { applyUpdate } from '../../../src/store/embedded/apply';

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
};
const before = frozen({ _id: 'a', n: 1, list: [{ id: 'x', n: 1 }, { id: 'y' }], deep: { kept: { a: 1 }, changed: { b: 1 } } });

test('the old document does not change, and what is not touched is shared', () => {
  const after = applyUpdate(
    before,
    { $set: { 'deep.changed.b': 2 }, $inc: { n: 1 }, $push: { list: { id: 'z' } }, $unset: { 'deep.none': '' } },
    false,
  );
  expect(after).toEqual({
    _id: 'a',
    n: 2,
    list: [{ id: 'x', n: 1 }, { id: 'y' }, { id: 'z' }],
    deep: { kept: { a: 1 }, changed: { b: 2 } },
  });
  expect(after.deep.kept).toBe(before.deep.kept);
  expect(after.list[0]).toBe(before.list[0]);
});

test('$setOnInsert counts only when the document is being made', () => {
  expect(applyUpdate(before, { $setOnInsert: { n: 9 } }, false).n).toBe(1);
  expect(applyUpdate(before, { $setOnInsert: { n: 9 } }, true).n).toBe(9);
});

test('removing what is not there makes nothing', () => {
  expect(applyUpdate(before, { $unset: { 'a.b.c': '', 'n.deeper': '', 'list.9': '' }, $pull: { 'x.y': 1 } }, false)).toEqual(before);
});
