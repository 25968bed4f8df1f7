/** One effect made to happen in the store or on a channel. Each is safe to repeat: its id is written with what it does. */
import type { Outgoing } from '../../adapters/channel';
import { ChannelError } from '../../adapters/channel';
import type { Address, Effect, Instant, Priority } from '../../dialogs/vocabulary';
import type { Calendar } from '../desk/calendar';
import { dueAt } from '../desk/due';
import { reopen } from '../desk/tickets';
import { remember } from '../people/customers';
import { type Filter, StoreError, type Update } from '../store/collection';
import type { OutboxItem, TicketDoc, TicketEvent, TicketEventKind } from '../store/documents';
import type { Deps, Options } from './deps';

export type Perform = (item: OutboxItem, conversation: string, address: Address) => Promise<void>;

export function createPerform(deps: Deps, options: Options, calendar: () => Calendar): Perform {
  const { store } = deps;

  const due = (priority: Priority, from: Instant): Date => new Date(dueAt(priority, from, deps.settings(), calendar()));

  /** Appends an event once; a ticket that is not there is a bug that no retry mends. */
  async function append(number: string, event: TicketEvent, update: Readonly<{ $set?: Update; $addToSet?: Update }> = {}): Promise<void> {
    const fresh: Filter = { _id: number, 'events.id': { $ne: event.id } };
    const written = await store.tickets.update(fresh, {
      ...update,
      $set: { ...update.$set, updatedAt: event.at },
      $push: { events: event },
      $inc: { version: 1 },
    });
    if (written || (await store.tickets.get(number))) return;
    throw new StoreError('ticket-missing', `Ticket ${number} is not in the store; look for it in a backup.`, { retryable: false });
  }

  /** Who comes back to a settled matter and wants a person gets the ticket opened again (S2-64), once however often this runs. */
  async function reopenSettled(number: string, id: string, at: Date, reason: string): Promise<void> {
    const ticket = await store.tickets.get(number);
    if (!ticket || ticket.events.some((event) => event.id === id)) return;
    const reopened = reopen(ticket, { by: 'customer', at, id, reason, dueAt: due(ticket.priority, at.getTime()) });
    if (reopened.ok) await append(number, reopened.change.event, { $set: reopened.change.set });
  }

  async function send(outgoing: Outgoing): Promise<void> {
    const channel = deps.channels.get(outgoing.to.channel);
    if (!channel) {
      const message = `The channel ${outgoing.to.channel} is switched off; set its keys in .env to reach its customers.`;
      throw new ChannelError(message, { retryable: false });
    }
    await within(channel.send(outgoing), options.sendTimeoutMs, deps);
  }

  return async (item, conversation, address) => {
    const { effect, id } = item;
    const at = new Date(item.at);
    const event = (kind: TicketEventKind, data: Record<string, unknown>): TicketEvent => ({ id, kind, at, by: 'bot', data });
    switch (effect.kind) {
      case 'reply':
        return send({ key: id, seq: item.seq ?? 0, to: address, reply: effect.reply });
      case 'openTicket':
        return open(deps, ticketOf(effect, item, conversation, address, due(effect.priority, item.at)));
      case 'amendTicket': {
        if (effect.handoff) await reopenSettled(effect.number, `${id}:reopened`, at, effect.note ?? 'the customer came back');
        const slots = Object.entries(effect.slots).map(([name, slot]) => [`slots.${name}`, slot]);
        return append(
          effect.number,
          event(effect.flags.includes('dead-letter') ? 'dead-lettered' : 'amended', {
            slots: effect.slots,
            flags: effect.flags,
            ...(effect.note && { note: effect.note }),
          }),
          {
            $set: { ...Object.fromEntries(slots), ...(effect.handoff && { handoff: true }) },
            ...(effect.flags.length > 0 && { $addToSet: { flags: { $each: [...effect.flags] } } }),
          },
        );
      }
      case 'raiseFlag':
        if (effect.ticket === undefined) return;
        return append(effect.ticket, event('flagged', { flag: effect.flag, reason: effect.reason }), { $addToSet: { flags: effect.flag } });
      case 'tellDesk': {
        const said = { text: effect.text, ...(effect.attachment && { attachment: effect.attachment }) };
        return append(effect.ticket, { ...event('message', said), by: 'customer' });
      }
      case 'rememberCustomer':
        return remember(store, conversation, effect, at);
      case 'recordGap': {
        const { question, reason, article } = effect;
        await store.gaps.insert({ _id: id, question, reason, ...(article && { article }), conversation, at });
        return;
      }
      case 'recordAnswer':
        await store.answers.insert({ _id: id, article: effect.article, helpful: effect.helpful, conversation, at });
        return;
      case 'recordSurvey': {
        const { rating, comment } = effect;
        return append(
          effect.ticket,
          { ...event('surveyed', { rating, ...(comment && { comment }) }), by: 'customer' },
          { $set: { rating } },
        );
      }
      case 'wakeAt':
      case 'cancelWake':
        // Timers are saved with the state and never reach the outbox.
        return;
    }
  };
}

type Open = Extract<Effect, { kind: 'openTicket' }>;

function ticketOf(effect: Open, item: OutboxItem, conversation: string, address: Address, due: Date): TicketDoc {
  const { number, form, nature, priority, department, slots, flags, handoff } = effect;
  const at = new Date(item.at);
  const opened: TicketEvent = {
    id: item.id,
    kind: 'opened',
    at,
    by: 'bot',
    data: { form, nature, priority, department, slots, flags: [...flags], dueAt: due },
  };
  return {
    _id: number,
    key: item.id,
    version: 1,
    conversation,
    channel: address.channel,
    form,
    nature,
    status: 'open',
    priority,
    department,
    slots,
    flags: [...flags],
    handoff,
    assignee: null,
    assigneeName: null,
    firstOwner: null,
    events: [opened],
    createdAt: at,
    updatedAt: at,
    dueAt: due,
  };
}

async function open({ store }: Deps, ticket: TicketDoc): Promise<void> {
  const inserted = await store.tickets.insert(ticket);
  if (inserted.inserted) return;
  const [existing] = inserted.existing ? [inserted.existing] : await store.tickets.find({ key: ticket.key }, { limit: 1 });
  if (existing?.key === ticket.key) return;
  const message = `Ticket number ${ticket._id} is taken by another ticket; raise the counter of that day in the collection counters.`;
  throw new StoreError('ticket-number-taken', message, { retryable: false });
}

/** A platform that never answers must not hold a conversation for ever. */
function within(sending: Promise<void>, ms: number, { scheduler }: Pick<Deps, 'scheduler'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = scheduler.after(ms, () => reject(new ChannelError(`the platform did not answer within ${ms} ms`, { retryable: true })));
    sending.then(resolve, reject).finally(cancel);
  });
}
