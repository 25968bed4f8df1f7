/** The matter is over: a new message starts anew, unless it may be the old matter again within a day. */
import { type Heard, instead } from '../heard';
import { handOff } from '../moves/handOff';
import { option } from '../options';
import { enter, say } from '../turn';
import type { State, Turn } from '../vocabulary';
import { idle } from './idle';

type Closed = Extract<State, { phase: 'closed' }>;

const dayMs = 86_400_000;
const again =
  /还是(?:不|没|收不|老)|又(?:不|没|收不|坏|出|开始|来)|仍然|依然|没(?:有)?(?:解决|好|修好|弄好|搞定)|没用|同样|一样的问题|still|again|not (?:fixed|solved)/i;

/** The ticket reopened for a person, or a new one that names it when it is closed for good. */
function sameAgain(heard: Heard, ticket: string, about: string): Turn {
  const found = heard.tickets.find(({ number }) => number === ticket);
  const { copy } = heard;
  if (found && found.status !== 'closed') return handOff(heard, 'asked', { ticket, lead: copy.reopened(ticket), note: about });
  const remark = copy.follows(ticket);
  return handOff(heard, 'asked', { slots: { issue: { raw: about, value: about }, remark: { raw: remark, value: remark } } });
}

export function closed(heard: Heard, { ticket, at, about }: Closed): Turn {
  const { choice, reads, text, memory, copy } = heard;
  if (ticket !== undefined && about !== undefined) {
    if (choice === 'sameMatter' || reads.yes) return sameAgain(heard, ticket, about);
    if (choice === 'newMatter' || reads.no) return idle(instead(heard, about));
  }
  if (reads.thanks) return enter(memory, { phase: 'closed', at, ...(ticket !== undefined && { ticket }) }, say(copy.welcome));
  const soon = heard.at - at < dayMs;
  if (ticket !== undefined && about === undefined && soon && choice === undefined && again.test(text)) {
    return enter(
      memory,
      { phase: 'closed', ticket, at, about: text },
      say(copy.sameTicket(ticket), option(copy, 'sameMatter'), option(copy, 'newMatter')),
    );
  }
  return idle(heard);
}
