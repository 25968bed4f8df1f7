/** Filters of the embedded store, beside mingo, which was written from MongoDB's own tests. */
import fc from 'fast-check';
import { Query } from 'mingo';
import { compileFilter } from '../../../src/store/embedded/match';
import { checkFilter } from '../../../src/store/language';

const value = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('a', 'b', null, true, false),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
);
const doc = fc.record({ a: value, b: value, o: fc.record({ x: value, y: value }, { requiredKeys: [] }) }, { requiredKeys: [] });
const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'));
const comparison = fc.oneof(
  scalar,
  fc.constant(null),
  fc.record({ $eq: scalar }),
  fc.record({ $ne: scalar }),
  fc.record({ $gt: scalar }),
  fc.record({ $gte: scalar, $lt: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $size: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ $not: fc.record({ $gt: scalar }) }),
  fc.record({ $elemMatch: fc.record({ $gte: scalar, $lt: scalar }) }),
  fc.constantFrom(/^a/, /B/i),
);
const field = fc.tuple(fc.constantFrom('a', 'b', 'o.x', 'o.y'), comparison).map(([path, condition]) => ({ [path]: condition }));
const filter = fc.oneof(
  field,
  fc.tuple(field, field).map(([one, two]) => ({ $or: [one, two] })),
  fc.tuple(field, field).map(([one, two]) => ({ $and: [one, two] })),
);

test('finds what mingo finds, whatever the document and the filter', () => {
  fc.assert(
    fc.property(doc, filter, (candidate, wanted) => {
      checkFilter(wanted, new Set(['a', 'b', 'o']));
      return compileFilter(wanted)(candidate) === new Query(wanted).test(candidate);
    }),
    { seed: 20261122, numRuns: 3_000 },
  );
});

test('objects are equal only with their fields in the same order, as in MongoDB', () => {
  expect(compileFilter({ o: { x: 1, y: 2 } })({ o: { x: 1, y: 2 } })).toBe(true);
  expect(compileFilter({ o: { x: 1, y: 2 } })({ o: { y: 2, x: 1 } })).toBe(false);
});
