/** The port over a table in memory and a journal on disk: decided in one synchronous stretch, answered once it is durable. */
import type { Collection, Doc, Filter, Inserted, Page, Pipeline, Sort, Update } from '../collection';
import { StoreError } from '../collection';
import { checkFilter, checkPage, checkPipeline, checkSort } from '../language';
import { invalid } from '../refusal';
import { equalities, type Shape } from '../shape';
import { compare, copy, isPlainObject, type PlainObject } from '../value';
import { applyUpdate } from './apply';
import type { Journal } from './journal';
import { runPipeline } from './pipeline';
import { lineFor, lineForRemoval, type Table } from './table';

/** Nothing but memory: acknowledged at once. */
export const noJournal: Journal = { append: async () => undefined, settled: async () => undefined, close: async () => undefined };

/**
 * Between the first and the last line of a synchronous stretch nothing else runs, which makes every operation atomic. Each answer
 * waits until all it could have seen is durable, so that nobody acts on what a failed write takes back.
 * `guard` throws when the store may not be used any more.
 */
export function embeddedCollection<T extends Doc>(shape: Shape, table: Table, journal: Journal, guard: () => void): Collection<T> {
  const own = (doc: Doc): T => copy(doc) as T; // only documents of this collection are in its table

  /** Returns the document in the way, or null once `after` stands in memory and its line is on the way to the disk. */
  const replace = (before: Doc | null, after: Doc): Doc | null => {
    const inTheWay = table.replace(before, after);
    if (inTheWay === null)
      void journal.append(
        () => lineFor(after),
        () => table.replace(after, before),
      );
    return inTheWay;
  };
  const remove = (doc: Doc): void => {
    table.replace(doc, null);
    void journal.append(
      () => lineForRemoval(doc._id),
      () => table.replace(null, doc),
    );
  };
  const succeed = (before: Doc, update: Update): Doc => {
    const after = applyUpdate(before, update, false);
    if (replace(before, after) !== null) throw duplicate(shape.name);
    return after;
  };
  const select = (filter: Filter, page: Page): Doc[] => {
    const docs = table.matching(filter);
    if (page.sort !== undefined) docs.sort(bySort(page.sort));
    const skip = page.skip ?? 0;
    return skip === 0 && page.limit === undefined ? docs : docs.slice(skip, page.limit === undefined ? undefined : skip + page.limit);
  };
  const check = (filter: Filter): void => {
    guard();
    checkFilter(filter, shape.fields);
  };

  const insert = async (doc: T): Promise<Inserted<T>> => {
    guard();
    const inTheWay = replace(null, shape.document(doc));
    const existing = inTheWay === null ? null : own(inTheWay);
    await journal.settled();
    return inTheWay === null ? { inserted: true } : { inserted: false, existing };
  };

  const insertMany = async (docs: readonly T[]): Promise<number> => {
    guard();
    const added = docs.map(shape.document).filter((doc) => replace(null, doc) === null);
    await journal.settled();
    return added.length;
  };

  const get = async (id: string): Promise<T | null> => {
    guard();
    const doc = table.get(id);
    const result = doc === null ? null : own(doc);
    await journal.settled();
    return result;
  };

  const find = async (filter: Filter, page: Page = {}): Promise<T[]> => {
    check(filter);
    checkPage(page, shape.fields);
    const result = page.limit === 0 ? [] : select(filter, page).map(own);
    await journal.settled();
    return result;
  };

  async function* cursor(filter: Filter): AsyncIterable<T> {
    check(filter);
    const docs = select(filter, { sort: { _id: 1 } });
    await journal.settled();
    for (const doc of docs) yield own(doc);
  }

  const update = async (
    filter: Filter,
    given: Update,
    { upsert = false, sort }: { upsert?: boolean; sort?: Sort } = {},
  ): Promise<T | null> => {
    check(filter);
    checkSort(sort, shape.fields);
    const clean = upsert ? shape.upsert(filter, given) : shape.update(given);
    const [before] = select(filter, sort === undefined ? {} : { sort });
    const after = before !== undefined ? succeed(before, clean) : upsert ? create(filter, clean) : null;
    const result = after === null ? null : own(after);
    await journal.settled();
    return result;
  };

  /** Null when the `_id` is taken by a document the filter does not match. */
  const create = (filter: Filter, clean: Update): Doc | null => {
    let doc: PlainObject & Doc = { _id: '' };
    const known = equalities(filter);
    doc = applyUpdate(doc, { $set: known, $setOnInsert: {} }, true);
    doc = applyUpdate(doc, clean, true);
    if (typeof doc._id !== 'string' || doc._id === '') throw invalid(shape.name, '_id is not a string');
    const inTheWay = replace(null, doc);
    if (inTheWay === null) return doc;
    if (inTheWay._id === doc._id) return null;
    throw duplicate(shape.name);
  };

  const change = async (filter: Filter, given: Update): Promise<boolean> => {
    check(filter);
    const clean = shape.update(given);
    const [before] = table.matching(filter);
    if (before !== undefined) succeed(before, clean);
    await journal.settled();
    return before !== undefined;
  };

  const updateMany = async (filter: Filter, given: Update): Promise<number> => {
    check(filter);
    const clean = shape.update(given);
    const docs = table.matching(filter);
    for (const doc of docs) succeed(doc, clean);
    await journal.settled();
    return docs.length;
  };

  const removeMatching = async (filter: Filter): Promise<number> => {
    check(filter);
    const docs = table.matching(filter);
    for (const doc of docs) remove(doc);
    await journal.settled();
    return docs.length;
  };

  const count = async (filter: Filter): Promise<number> => {
    check(filter);
    const result = table.matching(filter).length;
    await journal.settled();
    return result;
  };

  const run = async <R>(pipeline: Pipeline): Promise<R[]> => {
    guard();
    checkPipeline(pipeline, shape.fields);
    const [first, ...rest] = pipeline;
    const leading = first?.$match;
    const docs = isPlainObject(leading) ? table.matching(leading) : table.all();
    await journal.settled();
    return (await runPipeline(docs.map(own), isPlainObject(leading) ? rest : pipeline)) as R[]; // the caller names what its stages make
  };

  return {
    name: shape.name,
    insert,
    insertMany,
    get,
    find,
    cursor,
    update,
    change,
    updateMany,
    remove: removeMatching,
    count,
    aggregate: run,
  };
}

function duplicate(name: string): StoreError {
  return new StoreError('duplicate', `An update of ${name} would give two documents the same unique key; nothing was changed`, {
    retryable: false,
  });
}

function bySort(sort: Sort): (a: Doc, b: Doc) => number {
  const keys = Object.entries(sort).map(([path, direction]) => ({ segments: path.split('.'), direction }));
  return (a, b) => {
    for (const { segments, direction } of keys) {
      const order = compare(sortValue(a, segments, direction), sortValue(b, segments, direction)) * direction;
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** A list sorts by its smallest element upwards and by its largest downwards. */
function sortValue(doc: unknown, segments: readonly string[], direction: 1 | -1): unknown {
  let value = doc;
  for (const segment of segments) value = isPlainObject(value) ? value[segment] : undefined;
  if (!Array.isArray(value)) return value;
  return value.reduce((best, item) => (compare(item, best) * direction < 0 ? item : best), value[0]);
}
