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
