/** The port over one MongoDB collection; our Shape has cast and completed what the driver sends, so no mongoose document is built. */
import type { mongo } from 'mongoose';
import type { Collection, Doc, Filter, Inserted, Page, Pipeline, Sort, Update } from '../collection';
import { StoreError } from '../collection';
import { checkFilter, checkPage, checkPipeline, checkSort } from '../language';
import type { Shape } from '../shape';
import { isDuplicateKey, storeError } from './errors';

type Native = mongo.Collection<Doc>;
const BATCH = 100;

/** `guard` throws when the store may not be used any more. */
export function mongoCollection<T extends Doc>(shape: Shape, native: Native, guard: () => void): Collection<T> {
  const attempt = async <R>(doing: string, call: () => Promise<R>): Promise<R> => {
    try {
      return await call();
    } catch (cause) {
      throw storeError(`${doing} ${shape.name}`, cause);
    }
  };
  const check = (filter: Filter): void => {
    guard();
    checkFilter(filter, shape.fields);
  };
  // The driver returns documents as they were stored, and only documents of this shape are.
  const one = (filter: Filter): Promise<T | null> => native.findOne(filter) as Promise<T | null>;

  const insert = async (doc: T): Promise<Inserted<T>> => {
    guard();
    const complete = shape.document(doc);
    return attempt('insert into', async () => {
      try {
        await native.insertOne(complete);
        return { inserted: true };
      } catch (cause) {
        if (!isDuplicateKey(cause)) throw cause;
        return { inserted: false, existing: await one(cause.keyValue ?? { _id: complete._id }) };
      }
    });
  };

  const insertMany = async (docs: readonly T[]): Promise<number> => {
    guard();
    const complete = docs.map(shape.document);
    if (complete.length === 0) return 0;
    return attempt('insert into', async () => {
      try {
        return (await native.insertMany(complete, { ordered: false })).insertedCount;
      } catch (cause) {
        if (!onlyDuplicates(cause)) throw cause;
        return cause.insertedCount;
      }
    });
  };

  const get = async (id: string): Promise<T | null> => {
    guard();
    return attempt('read of', () => one({ _id: id }));
  };

  const find = async (filter: Filter, page: Page = {}): Promise<T[]> => {
    check(filter);
    checkPage(page, shape.fields);
    if (page.limit === 0) return []; // MongoDB reads it as "no limit"
    return attempt('read of', () => native.find(filter, page).toArray() as unknown as Promise<T[]>); // see one()
  };

  async function* cursor(filter: Filter): AsyncIterable<T> {
    check(filter);
    const walk = native.find(filter, { sort: { _id: 1 }, batchSize: BATCH });
    try {
      for await (const doc of walk) yield doc as unknown as T; // see one()
    } catch (cause) {
      throw storeError(`walk through ${shape.name}`, cause);
    } finally {
      await walk.close().catch(() => undefined); // the connection may be gone, and the cursor with it
    }
  }

  const changed = (filter: Filter, clean: Update, upsert: boolean, sort: Sort | undefined): Promise<T | null> =>
    native.findOneAndUpdate(filter, clean, {
      returnDocument: 'after',
      upsert,
      ...(sort !== undefined && { sort }),
    }) as Promise<T | null>; // see one()

  const update = async (
    filter: Filter,
    given: Update,
    { upsert = false, sort }: { upsert?: boolean; sort?: Sort } = {},
  ): Promise<T | null> => {
    check(filter);
    checkSort(sort, shape.fields);
    const clean = upsert ? shape.upsert(filter, given) : shape.update(given);
    return attempt('update of', async () => {
      try {
        return await changed(filter, clean, upsert, sort);
      } catch (cause) {
        // Somebody else created it in between, or holds the id under other terms: then nothing matches.
        if (upsert && isDuplicateKey(cause) && isIdKey(cause)) return changed(filter, clean, false, sort);
        throw cause;
      }
    });
  };

  const change = async (filter: Filter, given: Update): Promise<boolean> => {
    check(filter);
    const clean = shape.update(given);
    return attempt('update of', async () => (await native.updateOne(filter, clean)).matchedCount > 0);
  };

  const updateMany = async (filter: Filter, given: Update): Promise<number> => {
    check(filter);
    const clean = shape.update(given);
    return attempt('update of', async () => (await native.updateMany(filter, clean)).matchedCount);
  };

  const remove = async (filter: Filter): Promise<number> => {
    check(filter);
    return attempt('removal from', async () => (await native.deleteMany(filter)).deletedCount);
  };

  const count = async (filter: Filter): Promise<number> => {
    check(filter);
    return attempt('count of', () => native.countDocuments(filter));
  };

  const aggregate = async <R>(pipeline: Pipeline): Promise<R[]> => {
    guard();
    checkPipeline(pipeline, shape.fields);
    try {
      return (await native.aggregate([...pipeline], { allowDiskUse: true }).toArray()) as R[]; // the caller names what its stages make
    } catch (cause) {
      const error = storeError(`aggregation of ${shape.name}`, cause);
      throw error.retryable ? error : new StoreError('unsupported', error.message, { retryable: false, cause });
    }
  };

  return { name: shape.name, insert, insertMany, get, find, cursor, update, change, updateMany, remove, count, aggregate };
}

function isIdKey(cause: mongo.MongoServerError): boolean {
  return cause.keyPattern === undefined || '_id' in cause.keyPattern;
}

function onlyDuplicates(cause: unknown): cause is mongo.MongoBulkWriteError {
  if (!isDuplicateKey(cause) || !('writeErrors' in cause)) return false;
  const errors = [cause.writeErrors].flat() as mongo.WriteError[]; // the driver types it as one or many
  return errors.every((error) => error.code === cause.code);
}
