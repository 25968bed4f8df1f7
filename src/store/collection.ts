/** The storage port: one small set of operations, spoken by MongoDB and by the embedded store alike. */

/** A stored document. `_id` is a string chosen by us, never by the database. */
export type Doc = { _id: string };
/** MongoDB's filter language in the subset both adapters speak: equality, dotted paths, $eq $ne $gt $gte $lt $lte $in $nin $exists $or $and $not $regex $elemMatch $size. */
export type Filter = Readonly<Record<string, unknown>>;
/** MongoDB's update operators: $set $unset $inc $push (with $each, $slice) $pull $addToSet $min $max $setOnInsert. */
export type Update = Readonly<Record<string, unknown>>;
export type Sort = Readonly<Record<string, 1 | -1>>;
export type Page = Readonly<{ sort?: Sort; limit?: number; skip?: number }>;
/** MongoDB's aggregation stages: $match $group $sort $limit $skip $project $unwind $count $addFields $facet. */
export type Pipeline = readonly Readonly<Record<string, unknown>>[];

/** A duplicate key is an outcome, not an exception: `existing` is the document that was there first. */
export type Inserted<T> = Readonly<{ inserted: true }> | Readonly<{ inserted: false; existing: T | null }>;

export interface Collection<T extends Doc> {
  readonly name: string;
  insert(doc: T): Promise<Inserted<T>>;
  /** Inserts all that are not there yet; returns how many were new. */
  insertMany(docs: readonly T[]): Promise<number>;
  get(id: string): Promise<T | null>;
  find(filter: Filter, page?: Page): Promise<T[]>;
  /** Walks all matches in `_id` order without holding them in memory. */
  cursor(filter: Filter): AsyncIterable<T>;
  /** Atomic on the first match: the compare-and-set everything rests on. Returns the new document, or null when nothing matched. With `upsert` a missing document is created; a lost upsert race retries as an update. */
  update(filter: Filter, update: Update, options?: Readonly<{ upsert?: boolean; sort?: Sort }>): Promise<T | null>;
  /** The same for who need not see the document, which is then neither copied nor sent back: whether one matched. */
  change(filter: Filter, update: Update): Promise<boolean>;
  /** Returns how many matched. */
  updateMany(filter: Filter, update: Update): Promise<number>;
  /** Returns how many were removed. */
  remove(filter: Filter): Promise<number>;
  count(filter: Filter): Promise<number>;
  aggregate<R = Record<string, unknown>>(pipeline: Pipeline): Promise<R[]>;
}

/** A failed operation of the store itself. `retryable` is true when the same call may succeed later (lost connection, not primary). */
export class StoreError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  constructor(code: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'StoreError';
    this.code = code;
    this.retryable = options.retryable;
  }
}
