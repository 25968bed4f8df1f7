/** Tells how a ticket stands: only this customer's own, and the question itself goes into its log (S1-33, S2-47). */
import { spoken } from '../clock';
import type { Heard } from '../heard';
import { option } from '../options';
import { enter, lines, say } from '../turn';
import { type Effect, isOpen, type Option, type TicketSummary, type Turn } from '../vocabulary';
import { raise } from './tickets';

const ticketNumber = /(?<!\d)\d{8}-?\d{3,6}(?!\d)/;
const urging = /催|加急|快点|怎么还|还没|多久了|hurry|still/i;

function isOverdue(ticket: TicketSummary, now: number): boolean {
  return isOpen(ticket) && ticket.dueAt < now;
}

export function statusWords({ copy, at, rules }: Heard, ticket: TicketSummary): string {
  const due = isOverdue(ticket, at) ? copy.statusOverdue : copy.statusDue(spoken(ticket.dueAt, at, rules.timeZone, copy));
  return lines(
    copy.statusLine(ticket.number, ticket.issue, copy.statuses[ticket.status]),
    ticket.assignee !== undefined && copy.statusAssignee(ticket.assignee),
    isOpen(ticket) && due,
    !isOpen(ticket) && ticket.result !== undefined && copy.statusResult(ticket.result),
  );
}

function logged(heard: Heard, ticket: TicketSummary, urged: boolean): readonly Effect[] {
  const overdue = isOverdue(ticket, heard.at);
  const note = urged ? '客户催办' : '客户查询进度';
  return [
    { kind: 'amendTicket', number: ticket.number, slots: {}, flags: overdue || urged ? ['supervisor'] : [], note },
    ...(overdue || urged ? raise(['supervisor'], note, ticket.number) : []),
  ];
}

export type Said = Readonly<{ text: string; effects: readonly Effect[]; options: readonly Option[] }>;

/** One ticket's state, with the urge logged when the customer presses for it or the promise is broken. */
export function ticketSaid(heard: Heard, ticket: TicketSummary, urged: boolean): Said {
  const { copy } = heard;
  const pressed = urged && isOpen(ticket);
  const text = lines(statusWords(heard, ticket), pressed && copy.urged(ticket.number));
  return { text, effects: logged(heard, ticket, pressed), options: [option(copy, 'human')] };
}

export function tellStatus(heard: Heard, ticket: TicketSummary, urged: boolean): Turn {
  return told(heard, ticketSaid(heard, ticket, urged));
}

function told({ memory, copy }: Heard, { text, effects, options }: Said): Turn {
  return enter(
    memory,
    { phase: 'idle' },
    ...effects,
    say(lines(text, effects.length > 0 && copy.anythingElse), option(copy, 'nothingElse'), ...options),
  );
}

/** What there is to say on a question for progress: by number when one is named, else over the customer's open tickets. */
export function statusSaid(heard: Heard): Said {
  const { copy, tickets, text } = heard;
  const urged = urging.test(text);
  const human = [option(copy, 'human')];
  const named = ticketNumber.exec(text)?.[0];
  if (named) {
    const digits = named.replace('-', '');
    const one = tickets.find(({ number }) => number.replace('-', '') === digits);
    return one ? ticketSaid(heard, one, urged) : { text: copy.statusUnknown(named), effects: [], options: human };
  }
  const open = tickets.filter(isOpen);
  const [only = tickets[0], second] = open;
  if (!only) return { text: copy.statusNone, effects: [], options: human };
  if (!second) return ticketSaid(heard, only, urged);
  const options = open.slice(0, 5).map(({ number, issue }) => ({ value: `ticket:${number}`, label: `${number} ${issue}`.slice(0, 24) }));
  return { text: copy.statusWhich, effects: [], options };
}

export function status(heard: Heard): Turn {
  return told(heard, statusSaid(heard));
}
