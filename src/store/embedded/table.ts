/** The documents of one collection in memory: by id, by unique key, and by the values a lookup finds them by. nedb owns the file format. */
import Datastore from '@seald-io/nedb';
import type { Doc, Filter } from '../collection';
import type { Index, Shape } from '../shape';
import { type PlainObject, storable } from '../value';
import { createLookup } from './lookup';
import { compileFilter } from './match';

/**
 * What we use of nedb below its public interface: it reads a file and leaves it compacted. Its operations open the file once per call,
 * queue behind each other and copy every document several times. The version is pinned and the contract suite guards this.
 */
type Inner = { getAllData(): Doc[] };

export type Table = Readonly<{
  get(id: string): Doc | null;
  size(): number;
  all(): Doc[];
  matching(filter: Filter): Doc[];
  /** Replaces `before` by `after` of the same id; null on one side inserts or removes. Answers the document in the way of a unique key, changing nothing. */
  replace(before: Doc | null, after: Doc | null): Doc | null;
}>;

/** `filename` null keeps everything in memory. A file is read and compacted. */
export async function openTable(shape: Shape, filename: string | null): Promise<Table> {
  const ids = new Map<string, Doc>();
  const uniques = shape.indexes.filter(({ unique }) => unique).map(uniqueKey);
  const lookup = createLookup(shape.indexes, ids);
  const all = (): Doc[] => [...ids.values()];

  const inTheWay = (before: Doc | null, after: Doc): Doc | null => {
    const same = ids.get(after._id);
    if (same !== undefined && same !== before) return same;
    for (const { byKey, keyOf } of uniques) {
      const other = byKey.get(keyOf(after));
      if (other !== undefined && other !== before) return other;
    }
    return null;
  };
  const replace = (before: Doc | null, after: Doc | null): Doc | null => {
    const found = after === null ? null : inTheWay(before, after);
    if (found !== null) return found;
    if (before !== null) for (const { byKey, keyOf } of uniques) byKey.delete(keyOf(before));
    if (after !== null) for (const { byKey, keyOf } of uniques) byKey.set(keyOf(after), after);
    if (after !== null) ids.set(after._id, after);
    else if (before !== null) ids.delete(before._id);
    lookup.replace(before, after);
    return null;
  };
  const matching = (filter: Filter): Doc[] => {
    const test = compileFilter(filter);
    const id = filter._id;
    if (typeof id === 'string') {
      const doc = ids.get(id);
      return doc !== undefined && test(doc) ? [doc] : [];
    }
    const result: Doc[] = [];
    for (const doc of lookup.candidates(filter) ?? ids.values()) if (test(doc)) result.push(doc);
    return result;
  };
  if (filename !== null) for (const doc of await readFile(filename)) replace(null, doc);
  return { get: (id) => ids.get(id) ?? null, size: () => ids.size, all, matching, replace };
}

async function readFile(filename: string): Promise<Doc[]> {
  const store = new Datastore<PlainObject>({ filename, corruptAlertThreshold: 0, modes: { fileMode: 0o600, dirMode: 0o700 } });
  await store.loadDatabaseAsync();
  const inner = store as unknown as Inner; // see above
  return inner.getAllData().map((doc) => storable(doc, filename) as Doc); // read from lines like those we write
}

/** Missing counts as null, as in MongoDB. */
function uniqueKey({ fields }: Index): { byKey: Map<string, Doc>; keyOf: (doc: Doc) => string } {
  const keyOf = (doc: Doc): string => JSON.stringify(fields.map((field) => (doc as PlainObject)[field])); // a document is a plain object
  return { byKey: new Map(), keyOf };
}

/** One line of nedb's file: JSON with dates as `{"$$date": ms}`, which is how a stored date tells itself. */
export function lineFor(doc: Doc): string {
  return `${JSON.stringify(doc)}\n`;
}

/** The lines of documents as they are, each made when it is asked for: documents are replaced and never changed. */
export function* linesFor(docs: readonly Doc[]): Iterable<string> {
  for (const doc of docs) yield lineFor(doc);
}

export function lineForRemoval(id: string): string {
  return `${JSON.stringify({ $$deleted: true, _id: id })}\n`;
}
