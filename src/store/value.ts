/** Plain values as the database knows them: copying, equality and order by MongoDB's rules. */
import { unsupported } from './refusal';

export type PlainObject = Record<string, unknown>;

export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The second test knows plain objects of another realm, such as a test runner's sandbox.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

export function isDate(value: unknown): value is Date {
  return value instanceof Date || Object.prototype.toString.call(value) === '[object Date]';
}

/** A date as documents in memory hold it: its JSON is what nedb's file says of dates, so that a document is written as it stands. */
class StoredDate extends Date {
  override toJSON(): never {
    return { $$date: this.getTime() } as never; // JSON.stringify takes any value; the type only speaks of strings
  }
}

export function isOperators(value: unknown): value is PlainObject {
  if (!isPlainObject(value)) return false;
  for (const key in value) return key.startsWith('$');
  return false;
}

/** A copy nobody else holds. */
export function copy<T>(value: T): T {
  return copyAny(value) as T; // the copy has the shape of the original
}

function copyAny(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyAny);
  if (isDate(value)) return new Date(value.getTime());
  const result: PlainObject = {};
  for (const key in value) result[key] = copyAny((value as PlainObject)[key]); // not null, not an array, not a date
  return result;
}

/** A private copy of what is about to be stored: undefined members vanish, and what only one adapter could keep is refused. */
export function storable(value: unknown, path: string): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw unsupported(`${path} = ${value}`);
    case 'object':
      return storableObject(value, path);
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw unsupported(`A ${typeof value} at ${path}`);
  }
}

function storableObject(value: object | null, path: string): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item: unknown) => (item === undefined ? null : storable(item, path)));
  if (isDate(value)) {
    if (!Number.isNaN(value.getTime())) return new StoredDate(value.getTime());
    throw unsupported(`An invalid date at ${path}`);
  }
  if (!isPlainObject(value)) throw unsupported(`A ${value.constructor.name} at ${path}`);
  const result: PlainObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    if (key.startsWith('$') || key.includes('.') || key === '__proto__') throw unsupported(`A field named ${key} at ${path}`);
    result[key] = storable(member, path);
  }
  return result;
}

/** MongoDB's order of types; values of different types are ordered by it and never equal. */
function rank(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 5;
  if (Array.isArray(value)) return 4;
  return isDate(value) ? 6 : 3;
}

export function sameType(a: unknown, b: unknown): boolean {
  return rank(a) === rank(b);
}

/** Negative when `a` sorts before `b`. Missing counts as null; objects compare field by field in their own order. */
export function compare(a: unknown, b: unknown): number {
  const kind = rank(a);
  const difference = kind - rank(b);
  if (difference !== 0) return difference;
  // The casts follow from equal rank.
  if (kind === 0) return 0;
  if (kind === 6) return (a as Date).getTime() - (b as Date).getTime();
  if (kind === 4) return compareLists(a as unknown[], b as unknown[]);
  if (kind === 3) return compareLists(Object.entries(a as object).flat(), Object.entries(b as object).flat());
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' && typeof b !== 'object') return a === undefined && b === undefined;
  return compare(a, b) === 0;
}
