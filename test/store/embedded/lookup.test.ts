/** Secondary indexes answer with at least every match, and with far less than everything. */
import fc from 'fast-check';
import { createLookup } from '../../../src/store/embedded/lookup';
import { compileFilter } from '../../../src/store/embedded/match';

const docs = Array.from({ length: 100 }, (_, i) => ({
  _id: `d${i}`,
  status: i % 10 === 0 ? 'open' : 'closed',
  due: i < 5 ? i : null,
  names: [`n${i % 3}`, `n${i % 4}`],
}));
const lookup = createLookup(
  [
    { fields: ['status', 'due'], unique: false },
    { fields: ['due'], unique: false },
    { fields: ['names'], unique: false },
  ],
  new Map(docs.map((doc) => [doc._id, doc])),
);
for (const doc of docs) lookup.replace(null, doc);
const ids = (filter: Record<string, unknown>): string[] | null => {
  const found = lookup.candidates(filter);
  return found === null ? null : [...found].map((doc) => doc._id);
};

test('equality and $in narrow down to one value each', () => {
  expect(ids({ status: 'open' })).toHaveLength(10);
  expect(ids({ status: { $in: ['open', 'none'] } })).toHaveLength(10);
});

test('a range skips everything that is null', () => {
  expect(ids({ due: { $lte: 2 } })).toEqual(['d0', 'd1', 'd2']);
  expect(ids({ due: { $gte: 3 } })).toEqual(['d3', 'd4']);
});

test('the narrower of two indexes is taken', () => {
  expect(ids({ status: 'open', due: { $gte: 4 } })).toEqual(['d4']);
});

test('a document with several values comes once', () => {
  const found = ids({ names: { $in: ['n0', 'n1'] } }) ?? [];
  expect(new Set(found).size).toBe(found.length);
});

test('of several values one may satisfy one bound and another the other', () => {
  expect(ids({ names: { $gt: 'n2', $lte: 'n0' } })).toContain('d3');
});

test('either of two conditions is looked up as both, each by its index; each document comes once', () => {
  expect(ids({ $or: [{ status: 'open' }, { due: { $lte: 2 } }] })).toHaveLength(12);
  expect(ids({ $or: [{ status: 'open', due: 0 }, { _id: { $in: ['d0', 'd7', 'gone'] } }] })).toEqual(['d0', 'd7']);
  expect(ids({ $or: [{ status: 'open' }, { other: 1 }] })).toBeNull();
});

test('of conditions that must hold together the narrowest is taken', () => {
  expect(ids({ $and: [{ status: 'open' }, { other: 1 }, { $or: [{ due: 3 }, { _id: 'd7' }] }] })).toEqual(['d3', 'd7']);
});

test('ids are looked up without an index, unless their condition is another than which they are', () => {
  expect(ids({ _id: { $eq: 'd7' }, other: 1 })).toEqual(['d7']);
  expect(ids({ _id: { $ne: 'd7' } })).toBeNull();
  expect(ids({ _id: { $gt: 7 } })).toBeNull();
  expect(ids({ _id: { $in: [/^d/] } })).toBeNull();
});

test('of ids a range is looked up, also among those that came and went after one was first asked for', () => {
  const range = { _id: { $gte: 'd1', $lt: 'd13' } };
  expect(ids(range)).toEqual(['d1', 'd10', 'd11', 'd12', 'd13']);
  expect(ids({ $or: [{ _id: 'd99' }, { _id: { $gt: 'd97' } }] })).toEqual(['d99', 'd97', 'd98']);
  expect(ids({ _id: { $lte: 'd0' } })).toEqual(['d0']);
  const [gone, added] = [docs[11], { ...docs[0], _id: 'd100' }];
  if (gone === undefined) throw new Error('no document');
  const held = new Map(docs.map((doc) => [doc._id, doc]));
  const changing = createLookup([], held);
  const found = (): string[] => [...(changing.candidates(range) ?? [])].map(({ _id }) => _id);
  expect(found()).toHaveLength(5);
  held.delete(gone._id);
  changing.replace(gone, null);
  held.set(added._id, added as (typeof docs)[number]);
  changing.replace(null, added as (typeof docs)[number]);
  changing.replace(added as (typeof docs)[number], { ...added, status: 'closed' } as (typeof docs)[number]);
  expect(found()).toEqual(['d1', 'd10', 'd100', 'd12', 'd13']);
});

test('null, patterns and unknown fields are left to a scan', () => {
  expect(ids({ due: null })).toBeNull();
  expect(ids({ status: { $ne: 'open' } })).toBeNull();
  expect(ids({ other: 1 })).toBeNull();
});

test('what was removed is not found', () => {
  const [doc] = docs;
  if (doc === undefined) throw new Error('no document');
  lookup.replace(doc, null);
  expect(ids({ due: { $lte: 2 } })).toEqual(['d1', 'd2']);
  lookup.replace(null, doc);
});

test('no match is ever missing, however conditions are put together', () => {
  const key = fc.constantFrom(...docs.slice(0, 12).flatMap(({ _id, status, due, names }) => [_id, status, due, ...names]));
  const condition = fc.oneof(
    key,
    key.map(($eq) => ({ $eq })),
    key.map(($gte) => ({ $gte })),
    fc.tuple(key, key).map(([$gt, $lte]) => ({ $gt, $lte })),
    fc.array(key, { maxLength: 3 }).map(($in) => ({ $in })),
  );
  const field = fc.dictionary(fc.constantFrom('_id', 'status', 'due', 'names', 'other'), condition, { minKeys: 1, maxKeys: 2 });
  const together = fc.constantFrom('$or', '$and');
  const pair = (part: fc.Arbitrary<object>) => fc.tuple(together, part, part).map(([name, one, two]) => ({ [name]: [one, two] }));
  fc.assert(
    fc.property(fc.oneof(field, pair(field), pair(fc.oneof(field, pair(field)))), (filter) => {
      const fits = compileFilter(filter as Record<string, unknown>);
      const found = ids(filter as Record<string, unknown>) ?? [...docs.keys()].map((n) => `d${n}`);
      expect(found).toEqual(expect.arrayContaining(docs.filter((doc) => fits(doc)).map(({ _id }) => _id)));
    }),
  );
});
