/** Update operators through mingo, with the errors MongoDB raises where mingo would quietly do nothing. */
import { Query, updateOne } from 'mingo';
import { cloneDeep, isEqual, isObject, resolve } from 'mingo/util';
import { CommandError } from './failure';

export type Document = Record<string, unknown>;
type Operators = Record<string, Record<string, unknown>>;

export function updated(doc: Document, operators: Operators, inserting: boolean): Document {
  const { $setOnInsert, ...always } = operators;
  const effective: Operators = { ...always };
  if (inserting && $setOnInsert !== undefined) effective.$set = { ...always.$set, ...$setOnInsert };
  const id = effective.$set?._id;
  if (id !== undefined) {
    const { _id, ...rest } = effective.$set ?? {};
    effective.$set = rest;
  }
  const result = cloneDeep(doc) as Document; // a document stays one
  if (id !== undefined) result._id = id;
  for (const [operator, fields] of Object.entries(effective)) {
    for (const [path, operand] of Object.entries(fields)) apply(result, operator, path, operand);
  }
  return result;
}

function apply(doc: Document, operator: string, path: string, operand: unknown): void {
  const value = resolve(doc, path);
  checkParents(doc, operator, path);
  if (operator === '$inc' && value !== undefined && typeof value !== 'number') throw mismatch(operator, path);
  if (['$push', '$addToSet', '$pull'].includes(operator) && value !== undefined && !Array.isArray(value)) throw mismatch(operator, path);
  if ((operator === '$push' || operator === '$addToSet') && value === undefined) set(doc, path, []);
  if (!path.includes('.') && atOnce(doc, operator, path, operand)) return;
  if (operator === '$addToSet') addToSet(doc, path, operand);
  else if (operator === '$pull' && isObject(operand) && !Object.keys(operand).some((key) => key.startsWith('$'))) pull(doc, path, operand);
  else updateOne([doc], {}, { [operator]: { [path]: operand } } as never, { cloneMode: 'deep' }); // any operator; mingo knows them
}

/** What is done most, without mingo's setting up; false when it is something else. */
function atOnce(doc: Document, operator: string, field: string, operand: unknown): boolean {
  if (operator === '$set') doc[field] = cloneDeep(operand);
  else if (operator === '$inc') doc[field] = Number(doc[field] ?? 0) + Number(operand);
  else if (operator === '$push' && !(isObject(operand) && '$each' in operand)) (doc[field] as unknown[]).push(cloneDeep(operand));
  else return false;
  return true;
}

/** mingo leaves duplicates that come within one $each. */
function addToSet(doc: Document, path: string, operand: unknown): void {
  const each = typeof operand === 'object' && operand !== null && '$each' in operand ? (operand.$each as unknown[]) : [operand];
  const list = [...(resolve(doc, path) as unknown[])];
  for (const item of each) if (!list.some((present) => isEqual(present, item))) list.push(cloneDeep(item));
  set(doc, path, list);
}

/** mingo also pulls what is not an object when the condition names fields. */
function pull(doc: Document, path: string, condition: Document): void {
  const list = resolve(doc, path);
  const query = new Query(condition);
  if (Array.isArray(list))
    set(
      doc,
      path,
      list.filter((item) => !(isObject(item) && query.test(item))),
    );
}

function set(doc: Document, path: string, value: unknown): void {
  updateOne([doc], {}, { $set: { [path]: value } } as never, { cloneMode: 'deep' });
}

function checkParents(doc: Document, operator: string, path: string): void {
  if (operator === '$unset') return;
  const segments = path.split('.');
  for (let depth = 1; depth < segments.length; depth++) {
    const parent = resolve(doc, segments.slice(0, depth).join('.'));
    const next = segments[depth] ?? '';
    const fits = parent === undefined || (Array.isArray(parent) ? /^\d+$/.test(next) : typeof parent === 'object' && parent !== null);
    if (!fits) throw new CommandError(28, 'PathNotViable', `Cannot create field '${next}' in element ${segments[depth - 1]}`);
  }
}

function mismatch(operator: string, path: string): CommandError {
  return new CommandError(14, 'TypeMismatch', `Cannot apply ${operator} to the value at ${path}`);
}
