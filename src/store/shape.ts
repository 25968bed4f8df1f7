/** A mongoose Schema compiled once into what both adapters apply to every write, so that they store the same and stay fast. */
import type { Schema, SchemaType } from 'mongoose';
import type { Doc, Filter, Update } from './collection';
import { checkFilter, checkUpdate } from './language';
import { invalid, unsupported } from './refusal';
import { isDate, isOperators, isPlainObject, type PlainObject, storable } from './value';

type Field = Readonly<{ name: string; kind: string; required: boolean; type: SchemaType; standard: () => unknown }>;
export type Index = Readonly<{ fields: readonly string[]; unique: boolean }>;

export type Shape = Readonly<{
  name: string;
  fields: ReadonlySet<string>;
  indexes: readonly Index[];
  /** A private, cast copy with its defaults; refuses unknown and missing fields. */
  document(doc: Doc): Doc;
  /** A private, cast copy of an update in the store's language. */
  update(update: Update): Update;
  /** The same for an update that may create its document: what the defaults would have added stands in $setOnInsert. */
  upsert(filter: Filter, update: Update): Update;
}>;

export function shapeOf(name: string, schema: Schema): Shape {
  const byName = new Map<string, Field>();
  schema.eachPath((path, type) => {
    byName.set(path, { name: path, kind: type.instance, required: type.isRequired === true, type, standard: standardOf(type) });
  });
  const fields = new Set(byName.keys());
  const all = [...byName.values()];
  const expected = all.filter(({ required, standard }) => required || standard() !== undefined);

  const document = (doc: Doc): Doc => {
    const result: PlainObject = {};
    for (const key of Object.keys(doc)) {
      const field = byName.get(key);
      if (field === undefined) throw invalid(name, `there is no field ${key}`);
      const given: unknown = (doc as PlainObject)[key]; // a document is a plain object
      if (given !== undefined) result[key] = cast(name, field, given);
    }
    for (const field of expected) {
      const value = result[field.name] === undefined ? field.standard() : result[field.name];
      if (value !== undefined) result[field.name] = value;
      if (field.required && (value === undefined || value === null)) throw invalid(name, `${field.name} is missing`);
    }
    return result as Doc; // _id is a required field
  };

  const update = (given: Update): Update => {
    checkUpdate(given, fields);
    const result: Record<string, PlainObject> = {};
    for (const operator of Object.keys(given)) {
      const operands = given[operator] as PlainObject; // checked above
      const clean: PlainObject = {};
      for (const path of Object.keys(operands)) {
        if (operands[path] !== undefined) clean[path] = cleanOperand(name, byName, operator, path, operands[path]);
      }
      if (Object.keys(clean).length > 0) result[operator] = clean;
    }
    return result;
  };

  const upsert = (filter: Filter, given: Update): Update => {
    const known = equalities(filter);
    const clean = update(given);
    const touched = new Set([...Object.keys(known), ...checkUpdate(given, fields)].map((path) => path.split('.')[0]));
    if (!touched.has('_id')) throw unsupported('An upsert that does not name the _id to create');
    const added: PlainObject = {};
    for (const field of all) {
      if (touched.has(field.name)) continue;
      const value = field.standard();
      if (value !== undefined) added[field.name] = value;
      else if (field.required) throw invalid(name, `${field.name} is missing from the document this upsert may create`);
    }
    return { ...clean, $setOnInsert: { ...(clean.$setOnInsert as PlainObject | undefined), ...added } }; // made by update()
  };

  return { name, fields, indexes: indexesOf(schema), document, update, upsert };
}

function standardOf(type: SchemaType): () => unknown {
  const standard: unknown = type.options.default;
  return typeof standard === 'function' ? () => standard() : () => standard;
}

/** mongoose's own cast, taken only when the value is not yet what the schema says. */
function cast(collection: string, field: Field, value: unknown): unknown {
  if (value === null || fits(field.kind, value)) return storable(value, field.name);
  try {
    return storable(field.type.cast(value), field.name);
  } catch (cause) {
    throw invalid(collection, `${field.name} is not a ${field.kind}`, cause);
  }
}

function fits(kind: string, value: unknown): boolean {
  if (kind === 'String') return typeof value === 'string';
  if (kind === 'Number') return typeof value === 'number';
  if (kind === 'Boolean') return typeof value === 'boolean';
  if (kind === 'Date') return isDate(value);
  return kind === 'Array' ? Array.isArray(value) : true;
}

function cleanOperand(collection: string, fields: ReadonlyMap<string, Field>, operator: string, path: string, operand: unknown): unknown {
  const field = fields.get(path);
  if (operator === '$pull') return operand; // a condition, not a value; nothing of it is stored
  if ((operator === '$push' || operator === '$addToSet') && isOperators(operand)) {
    const { $each, ...rest } = operand;
    return { $each: storable($each, path), ...rest };
  }
  const isValue = operator === '$set' || operator === '$setOnInsert' || operator === '$min' || operator === '$max';
  return isValue && field !== undefined ? cast(collection, field, operand) : storable(operand, path);
}

/** The values a filter fixes by equality: MongoDB writes them into the document an upsert creates. */
export function equalities(filter: Filter): PlainObject {
  checkFilter(filter, null);
  const result: PlainObject = {};
  for (const key of Object.keys(filter)) {
    const condition = filter[key];
    if (key === '$and' && Array.isArray(condition)) Object.assign(result, ...condition.map(equalities));
    else if (key.startsWith('$') || condition instanceof RegExp) continue;
    else if (!isOperators(condition)) result[key] = storable(condition, key);
    else if (isPlainObject(condition) && '$eq' in condition) result[key] = storable(condition.$eq, key);
  }
  return result;
}

function indexesOf(schema: Schema): Index[] {
  return schema.indexes().map(([keys, options]) => ({ fields: Object.keys(keys), unique: options.unique === true }));
}
