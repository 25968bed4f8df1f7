/** Small marks that say at a glance what a ticket is. */
import type { TicketCard } from '../../adapters/desk';
import { flagWords, priorityWords } from '../../adapters/words';
import { h } from '../widget/dom';
import { dueOf } from './due';
import { isUrgent } from './lists';

const loud: ReadonlySet<TicketCard['nature']> = new Set(['投诉', '紧急']);

/** What the card's other marks do not say already. */
export function marksOf(card: TicketCard, now: number): readonly HTMLElement[] {
  const due = dueOf(card, now);
  const flags = card.flags.filter((flag) => flag !== 'urgent');
  return [
    h('span', { class: `mark nature${loud.has(card.nature) ? ' loud' : ''}` }, card.nature),
    ...(isUrgent(card) && card.nature !== '紧急' ? [h('span', { class: 'mark loud' }, '紧急')] : []),
    ...(card.priority === 'high' ? [h('span', { class: 'mark' }, `优先级${priorityWords.high}`)] : []),
    ...(due.mood === 'over' ? [h('span', { class: 'mark loud' }, '超时')] : []),
    ...flags.map((flag) => h('span', { class: 'mark flag' }, flagWords[flag])),
  ];
}

export const fieldOf = (card: TicketCard, name: string): string | undefined => card.fields.find((field) => field.name === name)?.value;
