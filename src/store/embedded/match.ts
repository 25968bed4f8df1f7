/** Compiles a filter into a test, by MongoDB's rules for paths, arrays, null and types. The filter has been checked before. */
import type { Filter } from '../collection';
import { compare, equal, isOperators, type PlainObject, sameType } from '../value';

type Test = (value: unknown) => boolean;

export function compileFilter(filter: Filter): Test {
  const tests = Object.keys(filter).map((key) => {
    const condition = filter[key];
    // The casts hold because the language was checked: $and and $or carry lists of filters.
    if (key === '$and') return all((condition as Filter[]).map(compileFilter));
    if (key === '$or') return any((condition as Filter[]).map(compileFilter));
    return compileField(key, condition);
  });
  return all(tests);
}

function all(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (value) => tests.every((test) => test(value));
}

function any(tests: readonly Test[]): Test {
  return (value) => tests.some((test) => test(value));
}

function compileField(path: string, condition: unknown): Test {
  if (isKey(condition) && !path.includes('.')) return holds(path, condition);
  const segments = path.split('.');
  const test = compileCondition(condition);
  return (doc) => test(reach(doc, segments, 0));
}

const isKey = (condition: unknown): condition is string | number => typeof condition === 'string' || typeof condition === 'number';

/** A field that equals a word or a number is what nearly every write asks for: the same as below, without a path to walk. */
function holds(field: string, wanted: string | number): Test {
  return (doc) => {
    if (Array.isArray(doc)) return reach(doc, [field], 0).some((value) => holdsValue(value, wanted));
    return typeof doc === 'object' && doc !== null && holdsValue((doc as PlainObject)[field], wanted);
  };
}

const holdsValue = (value: unknown, wanted: string | number): boolean =>
  value === wanted || (Array.isArray(value) && value.includes(wanted));

/** What a path leads to: one value, or several when it passes through an array. `undefined` stands for missing. */
type Reached = readonly unknown[];

function reach(node: unknown, segments: readonly string[], at: number): Reached {
  const segment = segments[at];
  if (segment === undefined) return [node];
  if (Array.isArray(node)) {
    const direct = /^\d+$/.test(segment) && Number(segment) < node.length ? reach(node[Number(segment)], segments, at + 1) : [];
    return [
      ...direct,
      ...node.filter((item) => typeof item === 'object' && !Array.isArray(item)).flatMap((item) => reach(item, segments, at)),
    ];
  }
  if (typeof node !== 'object' || node === null) return [undefined];
  return reach((node as PlainObject)[segment], segments, at + 1); // an object, neither null nor a list
}

function compileCondition(condition: unknown): (reached: Reached) => boolean {
  if (condition instanceof RegExp) return someValue(matches(condition));
  if (!isOperators(condition)) return someValue((value) => same(value, condition));
  const tests = Object.keys(condition).map((operator) => compileOperator(operator, condition[operator]));
  return (reached) => tests.every((test) => test(reached));
}

function compileOperator(operator: string, operand: unknown): (reached: Reached) => boolean {
  switch (operator) {
    case '$eq':
      return someValue((value) => same(value, operand));
    case '$ne':
      return not(someValue((value) => same(value, operand)));
    case '$in':
      return someValue(oneOf(operand as unknown[])); // checked by the language, like the operands below
    case '$nin':
      return not(someValue(oneOf(operand as unknown[])));
    case '$gt':
      return someValue((value) => sameType(value, operand) && compare(value, operand) > 0);
    case '$gte':
      return someValue((value) => sameType(value, operand) && compare(value, operand) >= 0);
    case '$lt':
      return someValue((value) => sameType(value, operand) && compare(value, operand) < 0);
    case '$lte':
      return someValue((value) => sameType(value, operand) && compare(value, operand) <= 0);
    case '$exists':
      return (reached) => reached.some((value) => value !== undefined) === operand;
    case '$not':
      return not(compileCondition(operand));
    case '$regex':
      return someValue(matches(operand instanceof RegExp ? operand : new RegExp(operand as string)));
    case '$size':
      return (reached) => reached.some((value) => Array.isArray(value) && value.length === operand);
    case '$elemMatch':
      return elementMatches(operand as PlainObject);
    default:
      throw new Error(`the language let ${operator} through`);
  }
}

/** A condition on an array holds when it holds for the array itself or for one of its elements. */
function someValue(test: Test): (reached: Reached) => boolean {
  return (reached) => reached.some((value) => test(value) || (Array.isArray(value) && value.some(test)));
}

function not(test: (reached: Reached) => boolean): (reached: Reached) => boolean {
  return (reached) => !test(reached);
}

/** Null asks for "nothing there", be it null or missing. */
function same(value: unknown, wanted: unknown): boolean {
  return wanted === null ? value === null || value === undefined : equal(value, wanted);
}

function oneOf(wanted: readonly unknown[]): Test {
  return (value) => wanted.some((item) => same(value, item));
}

function matches(pattern: RegExp): Test {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function elementMatches(operand: PlainObject): (reached: Reached) => boolean {
  const test = isOperators(operand) ? elementCondition(operand) : compileFilter(operand);
  const fitting: Test = isOperators(operand) ? test : (item) => typeof item === 'object' && item !== null && test(item);
  return (reached) => reached.some((value) => Array.isArray(value) && value.some(fitting));
}

/** Tests a bare value, as $elemMatch and $pull do with operators. */
export function elementCondition(condition: unknown): Test {
  const test = compileCondition(condition);
  return (value) => test([value]);
}
