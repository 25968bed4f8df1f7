/** Applies an update to a document without changing it: the result shares whatever the update leaves alone. */
import type { Doc, Update } from '../collection';
import { StoreError } from '../collection';
import { compare, equal, isOperators, isPlainObject, type PlainObject } from '../value';
import { compileFilter, elementCondition } from './match';

/** Given the value at a path, or undefined when there is none; answering undefined removes it. */
type Change = (old: unknown, operand: unknown) => unknown;

/** `inserting` says that the document is being created by an upsert. The update has been checked and copied before. */
export function applyUpdate<T extends Doc>(doc: T, update: Update, inserting: boolean): T {
  const result: PlainObject = { ...doc };
  for (const operator of Object.keys(update)) {
    if (operator === '$setOnInsert' && !inserting) continue;
    const change = changeOf(operator);
    const operands = update[operator] as PlainObject; // checked by the language
    for (const path of Object.keys(operands)) {
      const [first = path, ...rest] = path.includes('.') ? path.split('.') : [path];
      assign(result, first, descend(result[first], rest, change, operands[path]));
    }
  }
  return result as T; // operators keep the shape the caller's type promises
}

/** The node as it is after the change below it; undefined when there is, and was, nothing. */
function descend(node: unknown, segments: readonly string[], change: Change, operand: unknown): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return change(node, operand);
  if (node === undefined) {
    const value = descend(undefined, rest, change, operand);
    return value === undefined ? undefined : { [segment]: value };
  }
  if (isPlainObject(node)) {
    const result = { ...node };
    assign(result, segment, descend(node[segment], rest, change, operand));
    return result;
  }
  if (Array.isArray(node) && /^\d+$/.test(segment)) {
    return withItem(node, Number(segment), descend(node[Number(segment)], rest, change, operand));
  }
  if (change === unset) return node;
  throw misfit(`The path to ${segment} leads through a value that has no such field`);
}

/** Lists have no holes: what is unset or skipped over becomes null. */
function withItem(list: readonly unknown[], at: number, value: unknown): unknown[] {
  const result = [...list];
  if (value === undefined && at >= list.length) return result;
  while (result.length < at) result.push(null);
  result[at] = value === undefined ? null : value;
  return result;
}

function assign(target: PlainObject, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}

function changeOf(operator: string): Change {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return set;
    case '$unset':
      return unset;
    case '$inc':
      return increase;
    case '$min':
      return (old, operand) => (old === undefined || compare(operand, old) < 0 ? operand : old);
    case '$max':
      return (old, operand) => (old === undefined || compare(operand, old) > 0 ? operand : old);
    case '$push':
      return push;
    case '$pull':
      return pull;
    case '$addToSet':
      return addToSet;
    default:
      throw new Error(`the language let ${operator} through`);
  }
}

const set: Change = (_old, operand) => operand;
const unset: Change = () => undefined;

const increase: Change = (old, operand) => {
  if (old !== undefined && typeof old !== 'number') throw misfit('$inc meets a value that is not a number');
  return (old ?? 0) + (operand as number); // checked by the language
};

const push: Change = (old, operand) => {
  const list = [...listOf(old, '$push'), ...eachOf(operand)];
  const slice = isOperators(operand) ? operand.$slice : undefined;
  if (typeof slice !== 'number') return list;
  return slice < 0 ? list.slice(slice) : list.slice(0, slice);
};

const addToSet: Change = (old, operand) => {
  const list = [...listOf(old, '$addToSet')];
  for (const item of eachOf(operand)) {
    if (!list.some((present) => equal(present, item))) list.push(item);
  }
  return list;
};

const pull: Change = (old, operand) => {
  if (old === undefined) return undefined;
  const test = pullTest(operand);
  return listOf(old, '$pull').filter((item) => !test(item));
};

function pullTest(operand: unknown): (item: unknown) => boolean {
  if (isOperators(operand) || operand instanceof RegExp) return elementCondition(operand);
  if (!isPlainObject(operand)) return (item) => equal(item, operand);
  const test = compileFilter(operand);
  return (item) => isPlainObject(item) && test(item);
}

function listOf(old: unknown, operator: string): readonly unknown[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return old;
  throw misfit(`${operator} meets a value that is not a list`);
}

function eachOf(operand: unknown): readonly unknown[] {
  return isOperators(operand) ? (operand.$each as unknown[]) : [operand]; // checked by the language
}

/** What MongoDB reports as a write error: the document does not have the shape the update takes for granted. */
function misfit(what: string): StoreError {
  return new StoreError('misfit', `${what}; nothing was changed`, { retryable: false });
}
