/** The urgent lane: a ticket and an alarm first, words of care where a child or a life is in danger, then four questions at most (P15, S4-10). */
import { draftOf, unique } from '../form';
import { forms } from '../forms';
import { type Heard, intentsOf } from '../heard';
import { SELF_HARM } from '../intents';
import { enter, lines, say } from '../turn';
import type { Effect, Flag, Slots, Turn } from '../vocabulary';
import { incidentWords, putAside } from './aside';
import { goOn } from './goOn';
import { raise, remember, ticketNumber } from './tickets';

/** What makes the matter urgent, as the reading of intents found it. */
function reasonsOf(heard: Heard): readonly string[] {
  return intentsOf(heard).find(({ name }) => name === 'urgent-incident')?.why ?? [];
}

/** Opens the ticket with what is known and asks the rest one by one; danger to a person goes to a person at once. */
export function startUrgent(heard: Heard, slots: Slots): Turn {
  const { copy, text } = heard;
  const number = ticketNumber(heard);
  const reasons = reasonsOf(heard);
  const selfHarm = reasons.some((why) => why.includes(SELF_HARM));
  const person = selfHarm || reasons.some((why) => why.includes('child'));
  const flags = unique<Flag>([...forms.urgent.flags, ...(selfHarm ? (['self-harm'] as const) : [])]);
  // Who should have received it makes sense of messages only, not of fraud or a stolen account.
  const named = reasons.filter((why) => /^(?:rule|likely)/.test(why));
  const refused = named.length > 0 && !named.some((why) => /notice|sent to many/.test(why)) ? (['recipients'] as const) : [];
  const draft = { ...draftOf('urgent', slots, flags), ticket: number, refused };
  const issue =
    heard.choice === undefined && text ? { raw: text, value: text } : { raw: forms.urgent.title.zh, value: forms.urgent.title.zh };
  const { nature, priority, department } = forms.urgent;
  const opened: Effect = {
    kind: 'openTicket',
    number,
    form: 'urgent',
    nature,
    priority,
    department,
    slots: { ...draft.slots, issue },
    flags: heard.desk.open ? flags : [...flags, 'after-hours'],
    handoff: person,
  };
  const effects = [opened, ...raise(flags, text || forms.urgent.title.zh, number)];
  const memory = remember(putAside(heard), number);
  if (person) {
    const care = selfHarm ? copy.selfHarm : copy.childSafety;
    const phase = { phase: 'waiting', ticket: number, reason: 'urgent', since: heard.at, slots: { ...draft.slots, issue } } as const;
    return enter(memory, phase, ...effects, say(lines(care, copy.urgentPerson(number))));
  }
  return goOn(
    { ...heard, memory },
    draft,
    lines(copy.urgentLead(number), reasons.some((why) => why.includes('fraud')) && copy.fraudCare, incidentWords(heard, slots)),
    effects,
  );
}
