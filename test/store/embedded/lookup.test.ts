/** Secondary indexes answer with at least every match, and with far less than everything. */
import { createLookup } from '../../../src/store/embedded/lookup';

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
