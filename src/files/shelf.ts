/** Where the bytes of kept files lie: under names made of their content, so that putting twice is once and nothing ever changes. */
import type { Readable } from 'node:stream';
import type { Part } from './part';

/** A file called `<sha-256>.<extension>`, a small picture beside it, or a part of one; `size` is that of what is given. */
export type Held = Readonly<{ bytes: Readable; size: number }>;

export interface Shelf {
  /** Puts the file at `path` there, which may be gone afterwards; resolves only once it is durable. `hash` is the SHA-256 of its bytes, in hex. */
  put(name: string, file: Readonly<{ path: string; hash: string; size: number; type: string }>): Promise<void>;
  /** Null when there is no such file. Whoever gets bytes reads or destroys them. A shelf that knows no parts gives the whole. */
  get(name: string, part?: Part | null): Promise<Held | null>;
}

/** The shelf did not take or give a file; `retryable` when the same may succeed later. */
export class ShelfError extends Error {
  readonly retryable: boolean;
  constructor(message: string, options: Readonly<{ retryable: boolean; cause?: unknown }>) {
    super(message, { cause: options.cause });
    this.name = 'ShelfError';
    this.retryable = options.retryable;
  }
}
