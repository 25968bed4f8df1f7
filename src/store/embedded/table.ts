/** The documents of one collection: nedb holds them, keeps keys unique and owns the file format; a lookup finds them by value. */
import Datastore from '@seald-io/nedb';
import type { Doc, Filter } from '../collection';
import type { Shape } from '../shape';
import { isDate, isPlainObject, type PlainObject } from '../value';
import { createLookup } from './lookup';
import { compileFilter } from './match';

/**
 * What we use of nedb below its public interface. Its public operations open the file once per call, queue behind each other
 * and copy every document several times; these are the same steps without that. The version is pinned and the contract suite guards it.
 */
type Inner = {
  indexes: Record<string, { getMatching(value: unknown): Doc[] }>;
  _addToIndexes(doc: Doc): void;
  _removeFromIndexes(doc: Doc): void;
  _updateIndexes(before: Doc, after: Doc): void;
  persistence: { persistCachedDatabaseAsync(): Promise<void> };
};

export type Table = Readonly<{
  get(id: string): Doc | null;
  all(): Doc[];
  matching(filter: Filter): Doc[];
  /** Replaces `before` by `after`; null on one side inserts or removes. Answers the document in the way of a unique key, changing nothing. */
  replace(before: Doc | null, after: Doc | null): Doc | null;
  /** Rewrites the file with exactly what is in memory, safe against a crash in the middle. */
  rewrite(): Promise<void>;
}>;

/** `filename` null keeps everything in memory. A file is read and compacted. */
export async function openTable(shape: Shape, filename: string | null): Promise<Table> {
  const store = new Datastore<PlainObject>({
    ...(filename === null ? { inMemoryOnly: true } : { filename }),
    corruptAlertThreshold: 0,
    modes: { fileMode: 0o600, dirMode: 0o700 },
  });
  if (filename !== null) await store.loadDatabaseAsync();
  const unique = shape.indexes.filter((index) => index.unique).map((index) => index.fields.join(','));
  for (const fieldName of unique) await store.ensureIndexAsync({ fieldName, unique: true });

  const inner = store as unknown as Inner; // see above
  const lookup = createLookup(shape.indexes);
  const ids = new Map<string, Doc>();
  const byId = (id: string): Doc | null => ids.get(id) ?? null;
  const all = (): Doc[] => store.getAllData() as Doc[]; // every document of ours has an _id
  const keys = ['_id', ...unique];
  const valueAt = (doc: Doc, field: string): unknown => (doc as PlainObject)[field]; // documents are plain objects
  const enter = (doc: Doc): void => {
    ids.set(doc._id, doc);
    lookup.add(doc);
  };
  for (const doc of all()) enter(doc);

  const inTheWay = (doc: Doc): Doc | null => {
    for (const field of keys) {
      const [found] = inner.indexes[field]?.getMatching(valueAt(doc, field)) ?? [];
      if (found !== undefined) return found;
    }
    return null;
  };
  /** With no key changed the successor takes the place its predecessor has in each tree; taking out and putting in costs far more. */
  const swap = (before: Doc, after: Doc): boolean => {
    if (keys.some((field) => valueAt(before, field) !== valueAt(after, field))) return false;
    for (const field of keys) {
      const place = inner.indexes[field]?.getMatching(valueAt(before, field)) ?? [];
      const at = place.indexOf(before);
      if (at >= 0) place[at] = after;
    }
    return true;
  };
  const replace = (before: Doc | null, after: Doc | null): Doc | null => {
    try {
      if (before !== null && after !== null) {
        if (!swap(before, after)) inner._updateIndexes(before, after);
      } else if (after !== null) inner._addToIndexes(after);
      else if (before !== null) inner._removeFromIndexes(before);
    } catch (cause) {
      if (after !== null && isUniqueViolation(cause)) return inTheWay(after);
      throw cause;
    }
    if (before !== null) {
      lookup.remove(before);
      ids.delete(before._id);
    }
    if (after !== null) enter(after);
    return null;
  };
  const matching = (filter: Filter): Doc[] => {
    const test = compileFilter(filter);
    const id = filter._id;
    if (typeof id === 'string') {
      const doc = byId(id);
      return doc !== null && test(doc) ? [doc] : [];
    }
    const result: Doc[] = [];
    for (const doc of lookup.candidates(filter) ?? all()) if (test(doc)) result.push(doc);
    return result;
  };
  return { get: byId, all, matching, replace, rewrite: () => inner.persistence.persistCachedDatabaseAsync() };
}

function isUniqueViolation(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'errorType' in cause && cause.errorType === 'uniqueViolated';
}

/** One line of nedb's file: JSON with dates as `{"$$date": ms}`. */
export function lineFor(doc: Doc): string {
  return `${JSON.stringify(withDates(doc))}\n`;
}

export function lineForRemoval(id: string): string {
  return `${JSON.stringify({ $$deleted: true, _id: id })}\n`;
}

/** Copies only what contains a date: most of a document is written as it is. */
function withDates(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isDate(value)) return { $$date: value.getTime() };
  if (Array.isArray(value)) {
    const items = value.map(withDates);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isPlainObject(value)) return value;
  let result: PlainObject | null = null;
  for (const key in value) {
    const member = withDates(value[key]);
    if (member !== value[key]) {
      result ??= { ...value };
      result[key] = member;
    }
  }
  return result ?? value;
}
