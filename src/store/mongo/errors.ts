/** What the MongoDB driver throws, told apart by what the caller can do about it. */
import { Error as MongooseError, mongo } from 'mongoose';
import { StoreError } from '../collection';

const DUPLICATE_KEY = 11000;
/** The document does not have the shape an update takes for granted: BadValue, TypeMismatch, PathNotViable. */
const MISFITS: ReadonlySet<unknown> = new Set([2, 14, 28]);
/** The server is there but not in a state to answer: not primary, stepping down, shutting down, no quorum. */
const UNREADY: ReadonlySet<unknown> = new Set([64, 91, 189, 262, 10107, 11600, 11602, 13435, 13436]);

export function isDuplicateKey(cause: unknown): cause is mongo.MongoServerError {
  return cause instanceof mongo.MongoServerError && cause.code === DUPLICATE_KEY;
}

/** `doing` says what was tried, such as "update of tickets". */
export function storeError(doing: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  if (isUnreachable(cause)) {
    const message = `MongoDB could not be reached for the ${doing} (${nameOf(cause)}); check MONGODB_URI and that the server runs`;
    return new StoreError('unreachable', message, { retryable: true, cause });
  }
  if (isDuplicateKey(cause)) {
    const message = `The ${doing} would give two documents the same unique key; nothing was changed`;
    return new StoreError('duplicate', message, { retryable: false, cause });
  }
  if (cause instanceof mongo.MongoServerError && MISFITS.has(cause.code)) {
    return new StoreError('misfit', `The ${doing} does not fit the document: ${cause.message}; nothing was changed`, {
      retryable: false,
      cause,
    });
  }
  const message = `The ${doing} failed: ${cause instanceof Error ? cause.message : String(cause)}; see the cause`;
  return new StoreError('failed', message, { retryable: false, cause });
}

function isUnreachable(cause: unknown): boolean {
  if (cause instanceof mongo.MongoWriteConcernError) return true;
  if (cause instanceof mongo.MongoServerError) return UNREADY.has(cause.code) || cause.hasErrorLabel('RetryableWriteError');
  return (
    cause instanceof mongo.MongoNetworkError ||
    cause instanceof mongo.MongoServerSelectionError ||
    cause instanceof MongooseError.MongooseServerSelectionError ||
    cause instanceof mongo.MongoNotConnectedError ||
    cause instanceof mongo.MongoTopologyClosedError ||
    (cause instanceof mongo.MongoError && /PoolCleared|WaitQueueTimeout|OperationTimeout|TimeoutError/.test(cause.name))
  );
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
