/** The one way a ticket is written: its change and the event that says so in one write, and whoever shows tickets hears of it. */
import { type Filter, StoreError, type Update } from '../store/collection';
import type { TicketDoc, TicketEvent } from '../store/documents';
import type { Store } from '../store/store';
import type { Change } from './tickets';

export type TicketBook = Readonly<{
  get(number: string): Promise<TicketDoc | null>;
  /** Opening twice under the same key is once. Throws when the number is another ticket's. */
  open(ticket: TicketDoc): Promise<void>;
  /** Appends an event once, however often this runs; throws when there is no such ticket: no retry mends that bug. */
  append(number: string, event: TicketEvent, update?: Readonly<{ $set?: Update; $addToSet?: Update }>): Promise<void>;
  /** Writes a change decided on this very version of the ticket; false when somebody wrote first. */
  write(ticket: TicketDoc, change: Change): Promise<boolean>;
  /** Calls `listener` with the number of every ticket written by this process, and whether it was opened just now; returns what ends it. */
  onWritten(listener: Listener): () => void;
}>;

type Listener = (number: string, opened: boolean) => void;

/** What is appended unread and may call for an alarm sooner than the ticket says: then the watch looks. */
const calling: ReadonlySet<TicketEvent['kind']> = new Set(['amended', 'flagged', 'dead-lettered', 'escalated', 'reopened']);

/** `alarmAt` says when the clocks of a ticket call next. */
export function createTicketBook(
  store: Pick<Store, 'tickets'>,
  now: () => number,
  alarmAt: (ticket: TicketDoc) => number | null,
): TicketBook {
  const listeners = new Set<Listener>();
  const tell = (number: string, opened = false): void => {
    for (const listener of listeners) listener(number, opened);
  };

  return {
    get: (number) => store.tickets.get(number),

    async open(ticket) {
      const inserted = await store.tickets.insert({ ...ticket, deskAt: now(), alarmAt: alarmAt(ticket) });
      if (inserted.inserted) return tell(ticket._id, true);
      const [existing] = inserted.existing ? [inserted.existing] : await store.tickets.find({ key: ticket.key }, { limit: 1 });
      if (existing?.key === ticket.key) return;
      const message = `Ticket number ${ticket._id} is taken by another ticket; raise the counter of that day in the collection counters.`;
      throw new StoreError('ticket-number-taken', message, { retryable: false });
    },

    async append(number, event, update = {}) {
      const unheard: Filter = { _id: number, 'events.id': { $ne: event.id } };
      const written = await store.tickets.change(unheard, {
        ...update,
        $set: { ...update.$set, updatedAt: event.at, deskAt: now(), ...(calling.has(event.kind) && { alarmAt: now() }) },
        $push: { events: event },
        $inc: { version: 1 },
      });
      if (written) return tell(number);
      if (await store.tickets.get(number)) return;
      throw new StoreError('ticket-missing', `Ticket ${number} is not in the store; look for it in a backup.`, { retryable: false });
    },

    async write(ticket, { set, event }) {
      const next = { ...ticket, ...set, events: [...ticket.events, event] };
      const written = await store.tickets.change(
        { _id: ticket._id, version: ticket.version },
        { $set: { ...set, updatedAt: event.at, deskAt: now(), alarmAt: alarmAt(next) }, $push: { events: event }, $inc: { version: 1 } },
      );
      if (written) tell(ticket._id);
      return written;
    },

    onWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
