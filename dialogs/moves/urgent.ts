/** The urgent lane: a ticket and an alarm first, words of care where a child or a life is in danger, then four questions at most (P15, S4-10). */
import { draftOf, unique } from '../form';
import { forms } from '../forms';
import type { Heard } from '../heard';
import { enter, lines, say } from '../turn';
import type { Effect, Flag, Slots, Turn } from '../vocabulary';
import { incidentWords, putAside } from './aside';
import { goOn } from './goOn';
import { raise, remember, ticketNumber } from './tickets';

const selfHarm = /自杀|轻生|自残|割腕|跳楼|不想活|活不下去|想死|寻短见|suicid|kill (?:my|him|her)self|self.?harm/i;
const danger =
  /走失|失踪|走丢|(?:孩子|小孩|学生|儿子|女儿|娃)[^,。!?]{0,12}(?:不见|丢了|没到|没回|联系不上|找不到|被打|受伤|出事|流血|晕倒|被带走)|拐|霸凌|欺凌|猥亵|性侵|missing child|bull(?:y|ied)/i;

function flagsFor(text: string): readonly Flag[] {
  return unique<Flag>([...forms.urgent.flags, ...(selfHarm.test(text) ? (['self-harm'] as const) : [])]);
}

/** Opens the ticket with what is known and asks the rest one by one; danger to a person goes to a person at once. */
export function startUrgent(heard: Heard, slots: Slots): Turn {
  const { copy, text } = heard;
  const number = ticketNumber(heard);
  const person = selfHarm.test(text) || danger.test(text);
  const flags = flagsFor(text);
  const draft = { ...draftOf('urgent', slots, flags), ticket: number };
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
    const care = selfHarm.test(text) ? copy.selfHarm : copy.childSafety;
    const phase = { phase: 'waiting', ticket: number, reason: 'urgent', since: heard.at, slots: { ...draft.slots, issue } } as const;
    return enter(memory, phase, ...effects, say(lines(care, copy.urgentPerson(number))));
  }
  return goOn({ ...heard, memory }, draft, lines(copy.urgentLead(number), incidentWords(heard, slots)), effects);
}
