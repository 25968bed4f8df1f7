/** One collection in memory: documents by id, and unique indexes that are enforced. */
import { find, Query } from 'mingo';
import { resolve } from 'mingo/util';
import { CommandError, duplicateKey } from './failure';
import { type Document, updated } from './update';

export type IndexSpec = Readonly<{
  name: string;
  key: Readonly<Record<string, number>>;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Document;
}>;
type Unique = { spec: IndexSpec; ids: Map<string, string> };
type Change = Readonly<{ matched: number; before: Document | null; after: Document | null; upsertedId?: unknown }>;

export type Data = Readonly<{
  insert(doc: Document): void;
  find(filter: Document, sort?: Document): Document[];
  update(filter: Document, update: Document, options: { upsert: boolean; multi: boolean; sort?: Document }): Change;
  remove(filter: Document, multi: boolean): Document[];
  createIndex(spec: IndexSpec): void;
  indexes(): IndexSpec[];
}>;

/** `namespace` is `<database>.<collection>`, as in MongoDB's messages. */
export function createData(namespace: string): Data {
  const docs = new Map<string, Document>();
  const plain: IndexSpec[] = [];
  /** By an index's first field and its value: the ids of the documents that have it, for filters that ask for one string. */
  const lookups = new Map<string, Map<unknown, Set<string>>>();
  const uniques: Unique[] = [{ spec: { name: '_id_', key: { _id: 1 }, unique: true }, ids: new Map() }];

  const replace = (before: Document | null, after: Document | null): void => {
    for (const { spec, ids } of uniques) {
      const key = after === null ? null : uniqueKey(spec, after);
      const holder = key === null ? undefined : ids.get(key);
      if (holder !== undefined && holder !== (before && idOf(before)))
        throw duplicateKey(namespace, spec.name, spec.key, valuesOf(spec, after ?? {}));
    }
    for (const { spec, ids } of uniques) {
      const [gone, come] = [before && uniqueKey(spec, before), after && uniqueKey(spec, after)];
      if (gone !== null) ids.delete(gone);
      if (come !== null && after !== null) ids.set(come, idOf(after));
    }
    if (before !== null && after === null) docs.delete(idOf(before));
    if (after !== null) docs.set(idOf(after), after);
    for (const [field, ids] of lookups) {
      if (before !== null && after !== null && before[field] === after[field]) continue;
      if (before !== null) ids.get(before[field])?.delete(idOf(before));
      if (after !== null) enter(ids, after[field], idOf(after));
    }
  };
  const candidatesFor = (filter: Document): Document[] => {
    if (typeof filter._id === 'string') return [docs.get(JSON.stringify(filter._id)) ?? []].flat();
    let fewest: Set<string> | undefined;
    for (const [field, ids] of lookups) {
      if (typeof filter[field] !== 'string') continue;
      const found = ids.get(filter[field]) ?? new Set<string>();
      if (!fewest || found.size < fewest.size) fewest = found;
    }
    return fewest ? [...fewest].flatMap((id): Document[] => [docs.get(id) ?? []].flat()) : [...docs.values()];
  };
  const select = (filter: Document, sort: Document = {}): Document[] => {
    const candidates = candidatesFor(filter);
    if (typeof filter._id === 'string' && Object.keys(filter).length === 1) return candidates;
    const found = find<Document>(candidates, filter);
    return (Object.keys(sort).length > 0 ? found.sort(sort as Record<string, 1 | -1>) : found).all();
  };
  const upsert = (filter: Document, update: Document): Change => {
    const doc = updated(equalities(filter), update as never, true);
    if (doc._id === undefined) throw new CommandError(2, 'BadValue', 'this server makes no ids');
    replace(null, doc);
    return { matched: 0, before: null, after: doc, upsertedId: doc._id };
  };
  const update: Data['update'] = (filter, operators, options) => {
    const found = select(filter, options.sort);
    const chosen = options.multi ? found : found.slice(0, 1);
    if (chosen.length === 0 && options.upsert) return upsert(filter, operators);
    let after: Document | null = null;
    for (const before of chosen) {
      after = updated(before, operators as never, false);
      replace(before, after);
    }
    return { matched: chosen.length, before: chosen[0] ?? null, after };
  };
  const remove = (filter: Document, multi: boolean): Document[] => {
    const found = select(filter);
    const chosen = multi ? found : found.slice(0, 1);
    for (const doc of chosen) replace(doc, null);
    return chosen;
  };
  const createIndex = (spec: IndexSpec): void => {
    if ([...plain, ...uniques.map((unique) => unique.spec)].some(({ name }) => name === spec.name)) return;
    if (spec.unique !== true) {
      plain.push(spec);
      const [field = ''] = Object.keys(spec.key);
      if (field.includes('.') || lookups.has(field)) return;
      const ids = new Map<unknown, Set<string>>();
      for (const doc of docs.values()) enter(ids, doc[field], idOf(doc));
      lookups.set(field, ids);
      return;
    }
    const ids = new Map<string, string>();
    for (const doc of docs.values()) {
      const key = uniqueKey(spec, doc);
      if (key !== null && ids.has(key)) throw duplicateKey(namespace, spec.name, spec.key, valuesOf(spec, doc));
      if (key !== null) ids.set(key, idOf(doc));
    }
    uniques.push({ spec, ids });
  };
  const indexes = (): IndexSpec[] => [...uniques.map(({ spec }) => spec), ...plain];
  return { insert: (doc) => replace(null, doc), find: select, update, remove, createIndex, indexes };
}

function enter(ids: Map<unknown, Set<string>>, value: unknown, id: string): void {
  const known = ids.get(value);
  if (known) known.add(id);
  else ids.set(value, new Set([id]));
}

function idOf(doc: Document): string {
  return JSON.stringify(doc._id);
}

function valuesOf(spec: IndexSpec, doc: Document): Document {
  return Object.fromEntries(Object.keys(spec.key).map((path) => [path, resolve(doc, path) ?? null]));
}

/** Null when the document does not take part in the index. */
function uniqueKey(spec: IndexSpec, doc: Document): string | null {
  if (spec.partialFilterExpression !== undefined && !new Query(spec.partialFilterExpression).test(doc)) return null;
  if (spec.sparse === true && Object.keys(spec.key).every((path) => resolve(doc, path) === undefined)) return null;
  return JSON.stringify(Object.values(valuesOf(spec, doc)));
}

/** What an upsert takes over from its filter. */
function equalities(filter: Document): Document {
  let result: Document = {};
  for (const [key, condition] of Object.entries(filter)) {
    const operators = typeof condition === 'object' && condition !== null && Object.keys(condition).some((name) => name.startsWith('$'));
    if (key === '$and') for (const part of condition as Document[]) result = { ...result, ...equalities(part) };
    else if (!key.startsWith('$') && !operators && !(condition instanceof RegExp)) {
      if (key === '_id') result._id = condition;
      else result = updated(result, { $set: { [key]: condition } }, true);
    } else if (operators && '$eq' in (condition as Document)) {
      result = updated(result, { $set: { [key]: (condition as { $eq: unknown }).$eq } }, true);
    }
  }
  return result;
}
