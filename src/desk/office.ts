/** What a desk may ask of the house: find tickets and people, pass on acts. */

import type { Entry } from '../../adapters/channel';
import type { Asked, Office, Phrases, Refused } from '../../adapters/desk';
import { maskContent, maskEntry, numbersIn } from '../../adapters/mask';
import { OPEN_STATUSES } from '../../dialogs/vocabulary';
import type { Conversations } from '../conversation/conversations';
import { findAgent, listAgents } from '../people/agents';
import type { Filter } from '../store/collection';
import type { TicketDoc } from '../store/documents';
import type { Store } from '../store/store';
import { amended } from './amend';
import { cardOf } from './card';
import { lineOf } from './lines';
import { formatNumber } from './numbers';
import type { Reach } from './reach';
import { mayMerge, NOT_YOURS_TO_MERGE } from './tickets';
import { createZone, DAY } from './zone';

const AT_MOST = 50;
const OPEN = { $in: OPEN_STATUSES };

export function createOffice(
  deps: Readonly<{
    store: Store;
    conversations: Pick<Conversations, 'take' | 'latest' | 'tickets' | 'people'>;
    departments: () => readonly string[];
    reach?: Reach;
    phrases: () => Phrases;
    now: () => number;
    timeZone: () => string;
  }>,
): Office {
  const { store, conversations, now } = deps;
  const cards = (tickets: readonly TicketDoc[]) => tickets.map((ticket) => cardOf(ticket, now()));
  const get = (number: string) => conversations.tickets.get(number);
  const today = () => createZone(deps.timeZone()).dayOf(now());
  const unknown = (number: string): Refused => ({
    kind: 'refused',
    reason: 'unknown-ticket',
    message: `没有编号为 ${number} 的工单，请在列表里核对编号。`,
  });

  return {
    take: conversations.take,
    agentBy: (known) => findAgent(store, known),
    agents: () => listAgents(store),
    async departments() {
      const people = await listAgents(store);
      return [...new Set([...deps.departments(), ...people.flatMap(({ department }) => department ?? [])])].sort();
    },
    phrases: deps.phrases,
    async ticket(number) {
      const ticket = await get(number);
      return ticket && { ...cardOf(ticket, now()), ...(await deps.reach?.(ticket)) };
    },
    async ticketAt(desk, ref) {
      const [ticket] = await store.tickets.find({ [`boards.${desk}.refs`]: ref }, { limit: 1 });
      return ticket?._id ?? null;
    },
    tickets: async (asked) => cards(await store.tickets.find(filterOf(asked, today), { sort: { dueAt: 1, _id: 1 }, limit: AT_MOST })),
    async transcript(number) {
      const ticket = await get(number);
      return ticket ? (await conversations.latest(ticket.conversation)).map(maskEntry) : [];
    },
    async lines(number) {
      const ticket = await get(number);
      return ticket ? ticket.events.flatMap((event) => lineOf(event) ?? []) : [];
    },
    async notices({ supervisor, department }) {
      const to = [...(supervisor ? [{ 'notice.to': 'supervisors' }] : []), ...(department ? [{ 'notice.to.department': department }] : [])];
      if (to.length === 0) return [];
      const recent = { at: { $gte: new Date(now() - DAY) }, $or: to };
      return (await store.notices.find(recent, { sort: { at: -1 }, limit: AT_MOST })).map(({ notice }) => notice);
    },
    async candidates(number, agent) {
      const ticket = await get(number);
      if (!ticket) return unknown(number);
      if (!mayMerge(ticket, agent)) return { kind: 'refused', reason: 'held', message: NOT_YOURS_TO_MERGE };
      const { persons, candidates } = conversations.people;
      const [here, found] = await Promise.all([persons.group(ticket.conversation).then(candidates.side), candidates.of(ticket)]);
      return { kind: 'candidates', here, candidates: found.map(({ key, inCommon, side }) => ({ key, inCommon, ...side })) };
    },
    async elsewhere(number) {
      const ticket = await get(number);
      if (!ticket) return null;
      const { persons, candidates } = conversations.people;
      const { channels, tickets, total } = await candidates.side(await persons.group(ticket.conversation));
      const others = tickets.filter((one) => one.number !== number);
      return total > 1 || channels.length > 1 ? { channels, tickets: others, total: total - 1 } : null;
    },
    problems: (values) => amended(values).problems,
    async reveal(number, agent, id) {
      const ticket = await get(number);
      if (!ticket) return unknown(number);
      if (ticket.assignee !== agent.id && !agent.supervisor) {
        return { kind: 'refused', reason: 'held', message: '只有处理人和主管可以查看完整号码，请先认领工单。' };
      }
      const phone = phoneWords(ticket, await conversations.latest(ticket.conversation));
      if (phone === '') return { kind: 'refused', reason: 'incomplete', message: '客户还没有留电话。' };
      await conversations.tickets.append(number, { id, kind: 'viewed', at: new Date(now()), by: agent.id, data: { name: agent.name } });
      return { kind: 'phone', phone };
    },
  };
}

/** Every number the customer gave: in the form, and besides it in their own words, newest last. */
function phoneWords({ slots }: TicketDoc, said: readonly Entry[]): string {
  const { phone, newPhone } = slots;
  const known = [phone?.value, newPhone?.value].flatMap((value) => value ?? []);
  const others = new Set<string>();
  for (const { author, content } of said) {
    if (author !== 'customer' || !content) continue;
    maskContent(content, (text) => {
      for (const number of numbersIn(text)) if (!known.some((one) => one.replaceAll('-', '') === number)) others.add(number);
      return text;
    });
  }
  const besides = [...(newPhone ? [`新号码 ${newPhone.value}`] : []), ...(others.size > 0 ? [`对话中提到 ${[...others].join('、')}`] : [])];
  if (!phone) return besides.join('；');
  return besides.length > 0 ? `${phone.value}（${besides.join('；')}）` : phone.value;
}

function filterOf(asked: Asked, today: () => string): Filter {
  switch (asked.kind) {
    case 'queue':
      return { status: OPEN, assignee: null, ...(asked.department !== undefined && { department: asked.department }) };
    case 'mine':
      return { status: OPEN, assignee: asked.agent };
    case 'find': {
      const text = asked.text.trim();
      const number = /^\d{1,6}$/.test(text) ? formatNumber(today(), Number(text)) : text;
      // The beginning of a school or a name is enough.
      const begins = { $gte: text, $lt: `${text}\uffff` };
      return {
        $or: [
          { _id: number },
          ...['phone', 'newPhone'].map((name) => ({ [`slots.${name}.value`]: text })),
          ...['school', 'name'].map((name) => ({ [`slots.${name}.value`]: begins })),
        ],
      };
    }
  }
}
