/** Which buttons a ticket has: what its status allows and its holder needs, the rarer ones in a menu. Pure. */
import type { types } from '@slack/bolt';
import type { AgentAct, TicketCard } from '../../desk';
import { actWords } from '../../words';
import { ACTIONS } from '../ids';
import { words } from './said';

/** The menu; what was chosen in it is read by `chosenOf`. */
export const MORE = 'qiao_more';

type Press = Exclude<AgentAct, 'acknowledge' | 'unmerge'> | 'takeOver';
const BUTTONS = 5;

const labels: Readonly<Record<Press, string>> = { ...actWords, note: '内部备注', takeOver: '接手' };
const primary: ReadonlySet<Press> = new Set(['claim', 'reply']);

const waiting: readonly Press[] = ['claim', 'takeOver', 'assign', 'note', 'amend', 'resolve', 'escalate', 'merge'];
const held: readonly Press[] = ['reply', 'note', 'amend', 'resolve', 'assign', 'return', 'escalate', 'merge', 'takeOver'];
const settled: readonly Press[] = ['reopen', 'note', 'amend', 'escalate', 'merge'];

/** In the order of use. Whoever speaks to the customer claims first, so a ticket nobody holds has no 回复客户. */
export function pressesOf(card: TicketCard): readonly Press[] {
  const order = card.acts.includes('reopen') ? settled : card.holder === 'agent' ? held : waiting;
  const possible = (press: Press): boolean => {
    if (press === 'takeOver') return card.assignee !== undefined && card.acts.includes('claim');
    if (press === 'claim') return card.assignee === undefined && card.acts.includes('claim');
    return card.acts.includes(press);
  };
  return order.filter(possible);
}

const button = (press: Press, number: string): types.Button => ({
  type: 'button',
  action_id: ACTIONS[press],
  text: words(labels[press]),
  value: number,
  ...(primary.has(press) && { style: 'primary' as const }),
});

/** Null when nothing can be done. */
export function buttonRow(card: TicketCard): types.ActionsBlock | null {
  const presses = pressesOf(card);
  if (presses.length === 0) return null;
  const shown = presses.length > BUTTONS ? presses.slice(0, BUTTONS - 1) : presses;
  const rest = presses.slice(shown.length);
  const menu: types.Overflow = {
    type: 'overflow',
    action_id: MORE,
    options: rest.map((press) => ({ text: words(labels[press]), value: `${ACTIONS[press]} ${card.number}` })),
  };
  return { type: 'actions', elements: [...shown.map((press) => button(press, card.number)), ...(rest.length > 0 ? [menu] : [])] };
}

/** What was chosen in the menu: the action it stands for and the ticket's number. */
export function chosenOf(value: string): Readonly<{ action: string; number: string }> | null {
  const [action = '', number = ''] = value.split(' ');
  return number !== '' && Object.values<string>(ACTIONS).includes(action) ? { action, number } : null;
}
