/** One effect made to happen in the store or on a channel. Each is safe to repeat: its id is written with what it does. */

import type { Outgoing } from '../../adapters/channel';
import { ChannelError } from '../../adapters/channel';
import { copyFor } from '../../dialogs/copy';
import { notes } from '../../dialogs/copy/notes';
import type { Address } from '../../dialogs/vocabulary';
import { silentWords, waitsWords } from '../desk/alarmText';
import type { TicketBook } from '../desk/book';
import type { Due } from '../desk/due';
import { newTicket } from '../desk/newTicket';
import { post, raisedNotice } from '../desk/notices';
import { pagedBefore } from '../desk/pagedBefore';
import { close, type Outcome, release, reopen } from '../desk/tickets';
import { remember } from '../people/customers';
import type { MergeNotes } from '../people/mergeNotes';
import type { People } from '../people/people';
import type { OutboxItem, TicketDoc, TicketEvent, TicketEventKind } from '../store/documents';
import type { Deps, Options } from './deps';
import { createGate } from './gate';
import { addressOf, eventOf, outcomeId } from './ids';

/** Replies on their way to one platform at a time: more of them only make each wait longer for its answer, until it is sent again. */
const SENDS_ABREAST = 64;

/** A refusal for good is about one reply; any other failure may be about all of them. */
const strained = (error: unknown): boolean => !(error instanceof ChannelError) || error.retryable;
/** Waiting and sending end before the lease could: whoever sends holds half of it at least. */
const heldUpMs = ({ leaseMs, sendTimeoutMs }: Options): number => Math.max(0, Math.min(sendTimeoutMs, leaseMs / 2 - sendTimeoutMs));

export type Perform = (item: OutboxItem, conversation: string, address: Address) => Promise<void>;

export function createPerform(
  deps: Deps,
  options: Options,
  { book, due, people, mergeNotes }: Readonly<{ book: TicketBook; due: Due; people: People; mergeNotes: MergeNotes }>,
): Perform {
  const { store } = deps;
  const gate = createGate({ abreast: SENDS_ABREAST, longestMs: heldUpMs(options), strained, scheduler: deps.scheduler });

  /** Who comes back to a settled matter and wants a person gets the ticket opened again (S2-64), once however often this runs. */
  async function reopenSettled(number: string, id: string, at: Date, reason: string): Promise<void> {
    const ticket = await book.get(number);
    if (!ticket || ticket.events.some((event) => event.id === id)) return;
    const reopened = reopen(ticket, { by: 'customer', at, id, reason, dueAt: new Date(due(ticket.priority, at.getTime())) });
    if (reopened.ok) await book.append(number, reopened.change.event, { $set: reopened.change.set });
  }

  /** A change of a ticket's life, once however often this runs; one that is not possible any more is let be. */
  async function change(number: string, id: string, decide: (ticket: TicketDoc) => Outcome): Promise<void> {
    for (;;) {
      const ticket = await book.get(number);
      if (!ticket || ticket.events.some((event) => event.id === id)) return;
      const outcome = decide(ticket);
      if (!outcome.ok || (await book.write(ticket, outcome.change))) return;
    }
  }

  async function send(outgoing: Outgoing): Promise<void> {
    const channel = deps.channels.get(outgoing.to.channel);
    if (!channel) {
      const message = `The channel ${outgoing.to.channel} is switched off; set its keys in .env to reach its customers.`;
      throw new ChannelError(message, { retryable: false });
    }
    const { channel: platform, account } = outgoing.to;
    await gate(`${platform}:${account}`, () => within(channel.send(outgoing), channel.limits?.sendWithinMs ?? options.sendTimeoutMs, deps));
  }

  /** The code stands in no log and is sent once: whoever did not get it asks for another. */
  async function sendCode(id: string, conversation: string, phone: string): Promise<void> {
    const issued = await people.proofs.issue(id, conversation, phone);
    if (!issued) return;
    const { locale = 'zh' } = (await store.conversations.get(issued.to)) ?? {};
    const reply = { kind: 'text', text: copyFor(locale).code(issued.code) } as const;
    await send({ key: id, seq: 0, to: addressOf(issued.to), reply }).catch((error) => {
      deps.log.warn({ conversation, effect: id, err: error }, 'a code could not be sent');
    });
  }

  /** Nothing when they were the same person's already. */
  async function noteMerge(id: string, merge: string, at: Date): Promise<void> {
    const made = await store.merges.get(merge);
    if (made) await mergeNotes.merged(made, { id, at });
  }

  return async (item, conversation, address) => {
    const { effect, id } = item;
    const at = new Date(item.at);
    const event = (kind: TicketEventKind, data: Record<string, unknown>): TicketEvent => ({ id, kind, at, by: 'bot', data });
    switch (effect.kind) {
      case 'reply':
        return send({ key: id, seq: item.seq ?? 0, to: address, reply: effect.reply });
      case 'confirmSent': {
        const { ticket, id: act } = effect.act;
        return book.append(ticket, { ...event('delivered', { act }), id: outcomeId(id) });
      }
      case 'openTicket':
        return book.open(
          await pagedBefore(
            store,
            newTicket(effect, { id, at: item.at, conversation, channel: address.channel, due: due(effect.priority, item.at) }),
          ),
        );
      case 'amendTicket': {
        if (effect.handoff) await reopenSettled(effect.number, `${id}:reopened`, at, effect.note ?? notes.cameBack);
        const slots = Object.entries(effect.slots).map(([name, slot]) => [`slots.${name}`, slot]);
        return book.append(
          effect.number,
          event(effect.flags.some((flag) => flag === 'dead-letter' || flag === 'call-back') ? 'dead-lettered' : 'amended', {
            slots: effect.slots,
            flags: effect.flags,
            ...(effect.handoff && { handoff: true }),
            ...(effect.note && { note: effect.note }),
          }),
          {
            $set: { ...Object.fromEntries(slots), ...(effect.handoff && { handoff: true }) },
            ...(effect.flags.length > 0 && { $addToSet: { flags: { $each: [...effect.flags] } } }),
          },
        );
      }
      case 'raiseFlag':
        if (effect.ticket === undefined) {
          await post(store, raisedNotice(effect, eventOf(id), conversation, item.at), { conversation, flag: effect.flag });
          return;
        }
        return book.append(effect.ticket, event('flagged', { flag: effect.flag, reason: effect.reason }), {
          $addToSet: { flags: effect.flag },
        });
      case 'tellDesk': {
        const said = { text: effect.text, ...(effect.attachment && { attachment: effect.attachment }) };
        return book.append(effect.ticket, { ...event('message', said), by: 'customer' });
      }
      case 'warnAgent': {
        const text = waitsWords(effect.agentName, effect.waited, effect.left);
        return book.append(effect.ticket, event('alarmed', { text, page: false }));
      }
      case 'releaseTicket':
        return change(effect.ticket, id, (ticket) => release(ticket, at, id, silentWords(effect.agentName, effect.minutes)));
      case 'closeTicket':
        return change(effect.ticket, id, (ticket) => close(ticket, 'bot', at, id));
      case 'sendCode':
        return sendCode(id, conversation, effect.phone);
      case 'noteMerge':
        return noteMerge(id, effect.merge, at);
      case 'rememberCustomer':
        return remember(store, conversation, effect, at);
      case 'recordGap': {
        const { kind: _, ...gap } = effect;
        await store.gaps.insert({ _id: id, ...gap, conversation, at });
        return;
      }
      case 'recordAnswer': {
        const { kind: _, ...given } = effect;
        await store.answers.insert({ _id: id, ...given, conversation, at });
        return;
      }
      case 'recordSurvey': {
        const { rating, comment } = effect;
        return book.append(
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

/** A platform that never answers must not hold a conversation for ever. */
function within(sending: Promise<void>, ms: number, { scheduler }: Pick<Deps, 'scheduler'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = scheduler.after(ms, () => reject(new ChannelError(`the platform did not answer within ${ms} ms`, { retryable: true })));
    sending.then(resolve, reject).finally(cancel);
  });
}
