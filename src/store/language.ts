/** The subset of MongoDB's language both adapters speak; whatever lies outside is refused before either sees it. */
import type { Filter, Page, Pipeline, Sort, Update } from './collection';
import { unsupported } from './refusal';
import { isDate, isOperators, isPlainObject } from './value';

const COMPARISONS = new Set([
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$exists',
  '$not',
  '$regex',
  '$elemMatch',
  '$size',
]);
const UPDATES = new Set(['$set', '$unset', '$inc', '$push', '$pull', '$addToSet', '$min', '$max', '$setOnInsert']);
const STAGES = new Set(['$match', '$group', '$sort', '$limit', '$skip', '$project', '$unwind', '$count', '$addFields', '$facet']);
/** Run code of ours inside the server, or read other collections. */
const FORBIDDEN_EXPRESSIONS = new Set(['$function', '$accumulator', '$where', '$lookup']);

/** `fields` are the names a path may begin with; null accepts any, as inside an array's elements or after a stage of a pipeline. */
export type Fields = ReadonlySet<string> | null;

export function checkPath(path: string, fields: Fields): void {
  if (path === '' || path.includes('$') || path.includes('__proto__')) throw unsupported(`The path "${path}"`);
  const dot = path.indexOf('.');
  const first = dot < 0 ? path : path.slice(0, dot);
  if (fields !== null && !fields.has(first)) throw unsupported(`The field "${first}", which no schema names,`);
}

export function checkFilter(filter: Filter, fields: Fields): void {
  for (const key of Object.keys(filter)) {
    const condition = filter[key];
    if (key === '$and' || key === '$or') {
      if (!Array.isArray(condition) || condition.length === 0) throw unsupported(`${key} without conditions`);
      for (const part of condition) checkFilter(part, fields);
    } else if (key.startsWith('$')) {
      throw unsupported(`The filter operator ${key}`);
    } else {
      checkPath(key, fields);
      checkCondition(condition, key);
    }
  }
}

function checkCondition(condition: unknown, path: string): void {
  if (condition === undefined) throw unsupported(`An undefined condition on ${path}`);
  if (condition instanceof RegExp) checkRegex(condition);
  if (!isOperators(condition)) return;
  for (const operator of Object.keys(condition)) {
    const operand = condition[operator];
    if (!COMPARISONS.has(operator)) throw unsupported(`The filter operator ${operator}`);
    if (operand === undefined) throw unsupported(`An undefined condition on ${path}`);
    if (operator === '$in' || operator === '$nin') checkList(operator, operand);
    else if (operator === '$not') checkNegation(operand, path);
    else if (operator === '$regex') checkRegex(operand);
    else if (operator === '$elemMatch') checkElement(operand, path);
    else if (operator === '$size' && !Number.isInteger(operand)) throw unsupported('$size without a whole number');
    else if (operator === '$exists' && typeof operand !== 'boolean') throw unsupported('$exists without true or false');
  }
}

function checkList(operator: string, operand: unknown): void {
  if (!Array.isArray(operand) || operand.some((item) => item === undefined || item instanceof RegExp)) {
    throw unsupported(`${operator} without a list of plain values`);
  }
}

function checkNegation(operand: unknown, path: string): void {
  if (!(operand instanceof RegExp) && !isOperators(operand)) throw unsupported('$not without an operator');
  checkCondition(operand, path);
}

function checkRegex(operand: unknown): void {
  const flags = operand instanceof RegExp ? operand.flags : typeof operand === 'string' ? '' : '?';
  if (!/^[im]*$/.test(flags)) throw unsupported('A regular expression with other flags than i and m');
}

function checkElement(operand: unknown, path: string): void {
  if (isOperators(operand)) checkCondition(operand, path);
  else if (isPlainObject(operand)) checkFilter(operand, null);
  else throw unsupported('$elemMatch without conditions');
}

/** Returns every path the update touches, once each. */
export function checkUpdate(update: Update, fields: Fields): string[] {
  const paths: string[] = [];
  for (const operator of Object.keys(update)) {
    const operands = update[operator];
    if (!UPDATES.has(operator)) throw unsupported(`The update operator ${operator}`);
    if (!isPlainObject(operands)) throw unsupported(`${operator} without fields`);
    for (const path of Object.keys(operands)) {
      checkPath(path, fields);
      if (path === '_id' && operator !== '$setOnInsert') throw unsupported(`Changing an _id with ${operator}`);
      if (operands[path] === undefined) continue;
      if (operator === '$push') checkEach(operator, operands[path], ['$each', '$slice']);
      if (operator === '$addToSet') checkEach(operator, operands[path], ['$each']);
      if (operator === '$pull') checkPull(operands[path], path);
      if (operator === '$inc' && !Number.isFinite(operands[path])) throw unsupported('$inc without a number');
      paths.push(path);
    }
  }
  if (paths.length === 0) throw unsupported('An update that changes nothing');
  checkConflicts(paths);
  return paths;
}

function checkEach(operator: string, operand: unknown, known: readonly string[]): void {
  if (!isOperators(operand)) return;
  for (const key of Object.keys(operand)) {
    if (!known.includes(key)) throw unsupported(`${key} inside ${operator}`);
  }
  if (!Array.isArray(operand.$each)) throw unsupported(`${operator} without a list in $each`);
  if (operand.$slice !== undefined && !Number.isInteger(operand.$slice)) throw unsupported('$slice without a whole number');
}

function checkPull(operand: unknown, path: string): void {
  if (isOperators(operand) || operand instanceof RegExp) checkCondition(operand, path);
  else if (isPlainObject(operand)) checkFilter(operand, null);
}

function checkConflicts(paths: readonly string[]): void {
  if (paths.length < 2) return;
  const seen = new Set(paths);
  if (seen.size < paths.length) throw unsupported('Changing one path twice in one update');
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (seen.has(path.slice(0, dot))) throw unsupported(`Changing ${path.slice(0, dot)} and ${path} in one update`);
    }
  }
}

export function checkSort(sort: Sort | undefined, fields: Fields): void {
  for (const path of Object.keys(sort ?? {})) {
    checkPath(path, fields);
    const direction: unknown = sort?.[path];
    if (direction !== 1 && direction !== -1) throw unsupported(`Sorting ${path} by ${String(direction)}`);
  }
}

export function checkPage(page: Page, fields: Fields): void {
  checkSort(page.sort, fields);
  for (const size of [page.limit, page.skip]) {
    if (size !== undefined && (!Number.isInteger(size) || size < 0)) throw unsupported(`A page of ${size}`);
  }
}

/** Only the leading $match reads the collection's own fields; later stages may read what earlier ones made. */
export function checkPipeline(pipeline: Pipeline, fields: Fields): void {
  pipeline.forEach((stage, index) => {
    const [name, ...more] = Object.keys(stage);
    if (name === undefined || more.length > 0 || !STAGES.has(name)) throw unsupported(`The stage ${JSON.stringify(Object.keys(stage))}`);
    const body = stage[name];
    if (name === '$match') {
      if (!isPlainObject(body)) throw unsupported('$match without a filter');
      checkFilter(body, index === 0 ? fields : null);
    } else if (name === '$facet') {
      if (!isPlainObject(body)) throw unsupported('$facet without pipelines');
      for (const branch of Object.values(body)) {
        if (!Array.isArray(branch)) throw unsupported('$facet without pipelines');
        checkPipeline(branch, null);
      }
    } else {
      checkExpression(body);
    }
  });
}

function checkExpression(body: unknown): void {
  if (body === undefined) throw unsupported('An undefined expression');
  if (typeof body !== 'object' || body === null || isDate(body)) return;
  for (const [key, value] of Object.entries(body)) {
    if (FORBIDDEN_EXPRESSIONS.has(key)) throw unsupported(`The expression ${key}`);
    checkExpression(value);
  }
}
