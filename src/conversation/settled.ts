/** Who waits for what became of a message, and what became of the last few thousand. */
import type { Outgoing } from '../../adapters/channel';
import type { Refusal } from '../desk/tickets';

/** The replies of the turn that handled an event, or why an agent's act was refused. */
export type Settled = Readonly<{ replies: readonly Outgoing[]; refusal?: Refusal }>;

export type SettledBook = Readonly<{
  /** Opens a page for an accepted event. */
  expect(id: string): void;
  settle(id: string, settled: Settled): void;
  /** Undefined when this process never accepted it, or too long ago. */
  of(id: string): Promise<Settled> | undefined;
}>;

type Entry = Readonly<{ promise: Promise<Settled>; resolve: (settled: Settled) => void }>;

export function createSettledBook(size: number): SettledBook {
  const book = new Map<string, Entry>();
  return {
    expect(id) {
      let resolve: (settled: Settled) => void = () => undefined;
      const promise = new Promise<Settled>((settle) => {
        resolve = settle;
      });
      book.set(id, { promise, resolve });
      if (book.size <= size) return;
      const oldest = book.keys().next();
      if (!oldest.done) book.delete(oldest.value);
    },
    settle: (id, settled) => book.get(id)?.resolve(settled),
    of: (id) => book.get(id)?.promise,
  };
}
