/** Who may be the same person as the customer of a ticket: known under the same number, or by the same name in the same class. Nothing is merged here. */
import type { InCommon, Side, SideTicket } from '../../adapters/desk';
import { maskPhone, maskText } from '../../adapters/mask';
import { createSigner } from '../../adapters/signature';
import { forms } from '../../dialogs/forms';
import type { Slots } from '../../dialogs/vocabulary';
import { addressOf } from '../conversation/ids';
import type { Filter } from '../store/collection';
import type { ContactDoc, CustomerDoc, TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import type { Persons } from './persons';

type Stores = Pick<Store, 'customers' | 'contacts' | 'conversations' | 'tickets'>;

/** `key` stands for exactly these conversations beside exactly those of the ticket: it fits no more once either is merged further. */
export type Candidate = Readonly<{ key: string; conversations: readonly string[]; inCommon: InCommon; side: Side }>;
export type Candidates = Readonly<{
  /** At most 10; whoever is the same person already is none. */
  of(ticket: TicketDoc): Promise<readonly Candidate[]>;
  /** The person of a ticket as agents see them: numbers covered. */
  side(conversations: readonly string[]): Promise<Side>;
}>;

const LOOKED_AT = 50;
const AT_MOST = 10;
const TICKETS = 5;
const LAST = 80;

/** What a ticket and the books say of its customer. Customers, tickets and contacts all keep it in `slots`. */
type Known = Readonly<{ numbers: readonly string[]; name?: string; school?: string; class?: string }>;

export function createCandidates(store: Stores, persons: Pick<Persons, 'group'>, secret: string): Candidates {
  const signer = createSigner(secret, 'qiao candidate for a merge');

  /** Whom a directory knows under the same has no row of their own before they told us something: their conversations are looked up. */
  async function conversationsOf(contacts: readonly ContactDoc[]): Promise<readonly string[]> {
    if (contacts.length === 0) return [];
    const written = contacts.flatMap(({ _id }) => [{ _id }, { _id: { $gt: `${_id}:`, $lt: `${_id};` } }]);
    return (await store.conversations.find({ $or: written }, { limit: LOOKED_AT })).map(({ _id }) => _id);
  }

  async function side(conversations: readonly string[]): Promise<Side> {
    const its = { conversation: { $in: conversations } };
    const [rows, tickets, total] = await Promise.all([
      store.customers.find({ _id: { $in: conversations } }, { sort: { updatedAt: 1 } }),
      store.tickets.find(its, { sort: { createdAt: -1 }, limit: TICKETS }),
      store.tickets.count(its),
    ]);
    const told: Slots = Object.assign({}, ...tickets.map(({ slots }) => slots).reverse(), ...rows.map(({ slots }) => slots));
    const last = Math.max(0, ...tickets.map(({ updatedAt }) => updatedAt.getTime()), ...rows.map(({ updatedAt }) => updatedAt.getTime()));
    const { name, school, class: className, phone } = told;
    return {
      channels: [...new Set(conversations.map((one) => addressOf(one).channel))],
      ...(name && { name: maskText(name.value) }),
      ...(school && { school: maskText(school.value) }),
      ...(className && { className: maskText(className.value) }),
      ...(phone && { phone: maskPhone(phone.value) }),
      ...(last > 0 && { lastAt: last }),
      tickets: tickets.map(ticketLine),
      total,
    };
  }

  return {
    side,
    async of(ticket) {
      const own = await persons.group(ticket.conversation);
      const known = together(ticket, await store.customers.find({ _id: { $in: own } }, { sort: { updatedAt: 1 } }));
      const filter = sameAs(known);
      if (!filter) return [];
      const [rows, tickets, contacts] = await Promise.all([
        store.customers.find(filter, { sort: { updatedAt: -1 }, limit: LOOKED_AT }),
        store.tickets.find(filter, { sort: { createdAt: -1 }, limit: LOOKED_AT }),
        store.contacts.find(filter, { limit: LOOKED_AT }),
      ]);
      const met = new Set([...rows.map(({ _id }) => _id), ...tickets.map((one) => one.conversation), ...(await conversationsOf(contacts))]);
      const seen = new Set(own);
      const found: Candidate[] = [];
      for (const conversation of met) {
        if (seen.has(conversation) || found.length >= AT_MOST) continue;
        const conversations = await persons.group(conversation);
        for (const one of conversations) seen.add(one);
        const theirs = [
          ...rows.filter(({ _id }) => conversations.includes(_id)),
          ...tickets.filter((one) => conversations.includes(one.conversation)),
          ...contacts.filter((one) => isOf(one, conversations)),
        ];
        const key = signer.sign([own.join('\n'), conversations.join('\n')].join('\n\n')).slice(0, 22);
        found.push({ key, conversations, inCommon: inCommon(known, theirs), side: await side(conversations) });
      }
      return found;
    },
  };
}

const isOf = ({ _id }: ContactDoc, conversations: readonly string[]): boolean =>
  conversations.some((one) => one === _id || one.startsWith(`${_id}:`));

/** The ticket's own words go over those of the books. */
function together({ slots }: TicketDoc, rows: readonly CustomerDoc[]): Known {
  const told: Slots = Object.assign({}, ...rows.map((row) => row.slots), slots);
  const numbers = [slots.phone, slots.newPhone, ...rows.flatMap((row) => [row.slots.phone, row.slots.newPhone])];
  const { name, school, class: className } = told;
  return {
    numbers: [...new Set(numbers.flatMap((slot) => slot?.value ?? []))],
    ...(name && { name: name.value }),
    ...(school && { school: school.value }),
    ...(className && { class: className.value }),
  };
}

/** Null when nothing is known that could be the same. A name alone is no reason, nor a class. */
function sameAs({ numbers, name, school, class: className }: Known): Filter | null {
  const ways: Filter[] = [];
  if (numbers.length > 0) ways.push({ 'slots.phone.value': { $in: numbers } });
  if (name && school && className) ways.push({ 'slots.name.value': name, 'slots.school.value': school, 'slots.class.value': className });
  return ways.length > 0 ? { $or: ways } : null;
}

const inCommon = ({ numbers }: Known, theirs: readonly Readonly<{ slots: Slots }>[]): InCommon =>
  theirs.some(({ slots }) => slots.phone && numbers.includes(slots.phone.value)) ? 'phone' : 'name';

function ticketLine({ _id, form, status, slots, channel, createdAt }: TicketDoc): SideTicket {
  const issue = slots.issue && maskText(slots.issue.value).slice(0, LAST);
  return { number: _id, title: forms[form].title.zh, status, channel, createdAt: createdAt.getTime(), ...(issue && { issue }) };
}
