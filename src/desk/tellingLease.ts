/** The lease on a ticket while its desks are told: one process tells at a time, and another takes over when it dies. */
import type { Filter } from '../store/collection';
import type { TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { TicketBook } from './book';

export type Held = { readonly number: string; until: number };
/** `cutOff`: the lease was found standing, so the last telling was cut off, and a desk may know more than is written. */
export type Leased = Readonly<{ ticket: TicketDoc; cutOff: boolean; held: Held }>;
export class LeaseLost extends Error {}

export type TellingLease = Readonly<{
  /** Null while another process tells. */
  lease(number: string): Promise<Leased | null>;
  /** Asked before every word to a desk: whoever slept past the lease may find that another process has said it meanwhile. Throws LeaseLost. */
  hold(held: Held): Promise<void>;
  /** Of a ticket: this process has the lease. */
  mine: Filter;
}>;

export function createTellingLease(
  deps: Readonly<{
    store: Pick<Store, 'tickets'>;
    book: Pick<TicketBook, 'get'>;
    now: () => number;
    worker: string;
    /** Whether another worker lives that may still be telling, although its lease ran out: a desk may keep it waiting in its line. */
    slow?: (worker: string) => boolean;
    exclusive: boolean;
    leaseMs: number;
  }>,
): TellingLease {
  const { store, now, leaseMs } = deps;
  const mine: Filter = { 'relay.owner': deps.worker };
  const theirs = ({ owner, until }: NonNullable<TicketDoc['relay']>): boolean =>
    owner !== deps.worker && !deps.exclusive && (until > now() || deps.slow?.(owner) === true);

  return {
    mine,
    async lease(number) {
      const until = now() + leaseMs;
      const relay = { owner: deps.worker, until };
      const free = await store.tickets.update({ _id: number, relay: null }, { $set: { relay } });
      if (free) return { ticket: free, cutOff: false, held: { number, until } };
      const held = (await deps.book.get(number))?.relay;
      if (!held || theirs(held)) return null;
      const ticket = await store.tickets.update({ _id: number, relay: held }, { $set: { relay } });
      return ticket && { ticket, cutOff: true, held: { number, until } };
    },
    async hold(held) {
      const at = now();
      if (held.until - at > leaseMs / 2) return;
      const until = at + leaseMs;
      if (!(await store.tickets.change({ _id: held.number, ...mine }, { $set: { 'relay.until': until } }))) throw new LeaseLost();
      held.until = until;
    },
  };
}
