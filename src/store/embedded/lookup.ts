/** Secondary indexes of the embedded store: they narrow a filter down to candidates, which the filter then tests one by one. */
import type { Doc, Filter } from '../collection';
import type { Index } from '../shape';
import { compare, isDate, isOperators, type PlainObject } from '../value';
import { createOrdered, type Ordered } from './ordered';

/** Ids by value: adding and removing cost the same however many share a value, unlike in nedb's trees. */
type Values = Map<unknown, Set<string>>;

export type Lookup = Readonly<{
  /** `after` stands where `before` stood; null on one side inserts or removes. */
  replace(before: Doc | null, after: Doc | null): void;
  /** A superset of the matches, or null when no index helps. */
  candidates(filter: Filter): Iterable<Doc> | null;
}>;

/** `docs` are the documents as they stand, by `_id`. */
export function createLookup(indexes: readonly Index[], docs: ReadonlyMap<string, Doc>): Lookup {
  const byField = new Map<string, Values>();
  // The first field of a compound index narrows well enough for what fits into memory.
  for (const { fields } of indexes) byField.set(fields[0] ?? '_id', new Map());
  const paths = [...byField].map(([field, values]) => ({ segments: field.split('.'), values }));
  /** Those in which a document may stand under several values. */
  const several = new Set<Values>();

  const ordered = createOrdered(() => docs.keys());

  const replace = (before: Doc | null, after: Doc | null): void => {
    if (before === null && after !== null) ordered.add(after._id);
    if (before !== null && after === null) ordered.remove(before._id);
    for (const { segments, values } of paths) {
      const old = before === null ? undefined : valueAt(before, segments);
      const value = after === null ? undefined : valueAt(after, segments);
      if (old === value && before !== null && after !== null) continue;
      if (Array.isArray(value)) several.add(values);
      if (before !== null) for (const key of keysOf(old)) remove(values, key, before._id);
      if (after !== null) for (const key of keysOf(value)) add(values, key, after._id);
    }
  };
  /** The smallest set of buckets that holds every match, or null when no index helps. */
  const bucketsOf = (filter: Filter): readonly Set<string>[] | null => {
    const ways: (readonly Set<string>[] | null)[] = ['_id' in filter ? bucketsOfIds(filter._id, ordered) : null];
    for (const [field, values] of byField) if (field in filter) ways.push(bucketsFor(values, filter[field], several.has(values)));
    // The language was checked: $and and $or carry lists of filters.
    if ('$and' in filter) ways.push(...(filter.$and as Filter[]).map(bucketsOf));
    if ('$or' in filter) ways.push(allOf((filter.$or as Filter[]).map(bucketsOf)));
    return smallest(ways);
  };
  const candidates = (filter: Filter): Iterable<Doc> | null => {
    const best = bucketsOf(filter);
    return best === null ? null : merged(best, docs);
  };
  return { replace, candidates };
}

function add(values: Values, key: unknown, id: string): void {
  const bucket = values.get(key);
  if (bucket === undefined) values.set(key, new Set([id]));
  else bucket.add(id);
}

function remove(values: Values, key: unknown, id: string): void {
  const bucket = values.get(key);
  bucket?.delete(id);
  if (bucket?.size === 0) values.delete(key);
}

function valueAt(doc: Doc, segments: readonly string[]): unknown {
  let value: unknown = doc;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as PlainObject)[segment]; // an object, not null
  }
  return value;
}

/** Null and missing are not indexed: there may be very many of them, and a filter for null is answered by a scan. */
function keysOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return [...new Set(value.map(keyOf))].filter((key) => key !== null);
  const key = keyOf(value);
  return key === null ? [] : [key];
}

function keyOf(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return isDate(value) ? value.getTime() : null;
}

function bucketsFor(values: Values, condition: unknown, several: boolean): Set<string>[] | null {
  if (!isOperators(condition)) return exactly(values, [condition]);
  if ('$eq' in condition) return exactly(values, [condition.$eq]);
  if (Array.isArray(condition.$in)) return exactly(values, condition.$in);
  const from = keyOf(condition.$gte ?? condition.$gt);
  const upTo = keyOf(condition.$lte ?? condition.$lt);
  // One of several values may satisfy one bound and another the other, none both.
  const to = several && from !== null ? null : upTo;
  if (from === null && to === null) return null;
  const inside = (key: unknown): boolean => (from === null || compare(key, from) >= 0) && (to === null || compare(key, to) <= 0);
  const found: Set<string>[] = [];
  for (const [key, bucket] of values) if (inside(key)) found.push(bucket);
  return found;
}

/** Ids need no index: the documents are held by them. */
function bucketsOfIds(condition: unknown, ordered: Ordered): Set<string>[] | null {
  if (isOperators(condition) && !('$in' in condition) && !('$eq' in condition)) {
    const [from = null, to = null] = [condition.$gte ?? condition.$gt, condition.$lte ?? condition.$lt];
    const bounds = [from, to].filter((bound) => bound !== null);
    if (bounds.length === 0 || !bounds.every((bound) => typeof bound === 'string')) return null;
    return [new Set(ordered.between(from as string | null, to as string | null))]; // just looked at
  }
  const wanted = isOperators(condition) ? (condition.$in ?? [condition.$eq]) : [condition];
  const known = Array.isArray(wanted) && wanted.every((id): id is string => typeof id === 'string');
  return known ? [new Set(wanted)] : null;
}

/** One way that no index helps leaves no other choice than to look everywhere. */
function allOf(ways: readonly (readonly Set<string>[] | null)[]): readonly Set<string>[] | null {
  return ways.some((way) => way === null) ? null : ways.flatMap((way) => way ?? []);
}

function smallest(ways: readonly (readonly Set<string>[] | null)[]): readonly Set<string>[] | null {
  let best: readonly Set<string>[] | null = null;
  let size = Number.POSITIVE_INFINITY;
  for (const way of ways) {
    const count = way?.reduce((sum, bucket) => sum + bucket.size, 0) ?? size;
    if (way !== null && count < size) [best, size] = [way, count];
  }
  return best;
}

function exactly(values: Values, wanted: readonly unknown[]): Set<string>[] | null {
  const keys = wanted.map(keyOf);
  if (keys.includes(null)) return null;
  return [...new Set(keys)].flatMap((key) => values.get(key) ?? []);
}

function* merged(buckets: readonly Set<string>[], docs: ReadonlyMap<string, Doc>): Iterable<Doc> {
  const seen = buckets.length > 1 ? new Set<string>() : null;
  for (const bucket of buckets) {
    for (const id of bucket) {
      if (seen?.has(id)) continue;
      seen?.add(id);
      const doc = docs.get(id);
      if (doc !== undefined) yield doc;
    }
  }
}
