/** Buttons that mean the same wherever they are pressed: a role, a form, a ticket, a menu's question, a rating. */
import { forms } from '../forms';
import type { Heard } from '../heard';
import { carried } from '../options';
import { say, stay } from '../turn';
import type { FormName, Role, Turn } from '../vocabulary';
import { inquire } from './answer';
import { knowRole } from './menu';
import { start } from './start';
import { tellStatus } from './status';

function isForm(name: string): name is FormName {
  return Object.hasOwn(forms, name);
}

export function chosen(heard: Heard): Turn | undefined {
  const { choice, copy, tickets } = heard;
  const role = carried(choice, 'role');
  if (role !== undefined && Object.hasOwn(copy.roles, role)) return knowRole(heard, role as Role); // checked the line before
  const form = carried(choice, 'form');
  if (form !== undefined && isForm(form)) return start(heard, form);
  const urged = carried(choice, 'urge');
  const number = urged ?? carried(choice, 'ticket');
  const ticket = tickets.find((one) => one.number === number);
  if (ticket) return tellStatus(heard, ticket, urged !== undefined);
  const question = carried(choice, 'ask');
  return question === undefined ? undefined : inquire({ ...heard, text: question });
}

/** A button of a step long past, pressed again: nothing is done twice. */
export function stale(heard: Heard): Turn {
  return stay({ ...heard.state, memory: heard.memory }, say(heard.copy.doneAlready));
}
