/** 「还是没修好」: the matter of a ticket once more, within some hours of it. */
import type { Heard } from '../heard';
import { option } from '../options';
import { enter, say } from '../turn';
import { isOpen, type Turn } from '../vocabulary';
import { handOff } from './handOff';

const hour = 3_600_000;
const again =
  /还是(?:不|没|收不|老)|又(?:不|没|收不|坏|出|开始|来)|仍然|依然|没(?:有)?(?:解决|好|修好|弄好|搞定)|没用|同样|一样的问题|still|again|not (?:fixed|solved)/i;

/** 「还是没修好」: it goes on, or it is back. */
export const saysAgain = (text: string): boolean => again.test(text);

/** The ticket reopened for a person, or a new one that names it when it is not to be found any more. */
export function sameAgain(heard: Heard, ticket: string, about: string): Turn {
  const found = heard.tickets.find(({ number }) => number === ticket);
  const { copy } = heard;
  if (found) return handOff(heard, 'asked', { ticket, lead: copy.reopened(ticket), note: about });
  const remark = copy.follows(ticket);
  return handOff(heard, 'asked', { slots: { issue: { raw: about, value: about }, remark: { raw: remark, value: remark } } });
}

/** 「还是没修好」 within `reopenHours` of a ticket of this conversation: the customer is asked whether it is that one. */
export function maybeAgain(heard: Heard, ticket: string | undefined, since: number): Turn | undefined {
  const { choice, text, memory, copy, at, tickets, rules } = heard;
  if (ticket === undefined || choice !== undefined || at - since >= rules.reopenHours * hour || !saysAgain(text)) return undefined;
  // An agent gave it back and it is open still: what is missing is the person, not the ticket.
  const open = ticket === memory.returned && tickets.some((one) => one.number === ticket && isOpen(one));
  const yes = open ? { value: 'sameMatter', label: copy.buttons.human } : option(copy, 'sameMatter');
  return enter(
    memory,
    { phase: 'closed', ticket, at: since, about: text },
    say(open ? copy.stillOpen(ticket) : copy.sameTicket(ticket), yes, option(copy, 'newMatter')),
  );
}
