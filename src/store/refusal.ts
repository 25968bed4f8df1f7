/** The errors by which the store refuses a call before anything is touched; they are bugs of the caller, never retryable. */
import { StoreError } from './collection';

/** Outside the subset of MongoDB's language that both adapters speak. */
export function unsupported(what: string): StoreError {
  return new StoreError(
    'unsupported',
    `${what} is outside the store's language; see Filter, Update and Pipeline in src/store/collection.ts`,
    {
      retryable: false,
    },
  );
}

/** A value that does not fit the Schema of its collection. */
export function invalid(collection: string, what: string, cause?: unknown): StoreError {
  return new StoreError('invalid', `${collection}: ${what}; compare src/store/schemas/${collection}.ts`, { retryable: false, cause });
}

/** The code of an error of the system, such as ENOSPC. Asked of the object, because errors of another realm are no `Error` here. */
export function codeOf(cause: unknown): string | undefined {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
