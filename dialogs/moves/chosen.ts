/** Buttons that mean the same wherever they are pressed: a role, a form, a ticket, a menu's question. A form in progress stays. */
import { titleOf } from '../form';
import { forms } from '../forms';
import { draftIn, type Heard, instead } from '../heard';
import { answerGiven, gapIn } from '../learnt';
import { carried } from '../options';
import { lines, say, stay } from '../turn';
import type { Effect, FormName, Role, Turn } from '../vocabulary';
import { clarify, inquire } from './answer';
import { askAgain } from './goOn';
import { knowRole } from './menu';
import { start } from './start';
import { tellStatus, ticketSaid } from './status';

function isForm(name: string): name is FormName {
  return Object.hasOwn(forms, name);
}

/** Says something beside the form in progress, which then asks again. */
function beside(heard: Heard, text: string, effects: readonly Effect[]): Turn {
  const draft = draftIn(heard.state);
  return askAgain(heard, lines(text, draft && heard.copy.sideDone(titleOf(draft.form, heard.locale))), effects);
}

/** A question from a menu: the same as typed, and only a side question while a form is in progress. */
function asked(said: Heard, question: string): Turn {
  const heard = instead(said, question);
  const draft = draftIn(heard.state);
  if (!draft) return inquire(heard);
  const { decision, hits } = heard.gathered.knowledge;
  const [best] = hits;
  if (!best || decision === 'none') return beside(heard, heard.copy.missSide, [gapIn(heard.memory, question)]);
  if (decision === 'clarify') return clarify(heard, question, hits, draft);
  return beside(heard, best.answer, [answerGiven(question, best)]);
}

export function chosen(heard: Heard): Turn | undefined {
  const { choice, copy, tickets, memory } = heard;
  const draft = draftIn(heard.state);
  const role = carried(choice, 'role');
  if (role !== undefined && Object.hasOwn(copy.roles, role)) {
    const known = role as Role; // a key of copy.roles
    if (!draft) return knowRole(heard, known);
    return askAgain({ ...heard, memory: { ...memory, role: known } }, '', [{ kind: 'rememberCustomer', slots: {}, role: known }]);
  }
  const form = carried(choice, 'form');
  if (form !== undefined && isForm(form)) return form === draft?.form ? askAgain(heard, '') : start(heard, form);
  const urged = carried(choice, 'urge');
  const number = urged ?? carried(choice, 'ticket');
  const ticket = tickets.find((one) => one.number === number);
  if (ticket) {
    if (!draft || heard.state.phase === 'resuming') return tellStatus(heard, ticket, urged !== undefined);
    const { text, effects } = ticketSaid(heard, ticket, urged !== undefined);
    return beside(heard, text, effects);
  }
  const question = carried(choice, 'ask');
  return question === undefined ? undefined : asked(heard, question);
}

/** A button of a step long past, pressed again: nothing is done twice. */
export function stale(heard: Heard): Turn {
  return stay({ ...heard.state, memory: heard.memory }, say(heard.copy.doneAlready));
}
