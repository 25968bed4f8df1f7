/** The two lists as they become when a ticket changed. Pure. */
import type { TicketCard } from '../../adapters/desk';
import type { Lists } from '../../adapters/page/wire';

const OPEN: ReadonlySet<TicketCard['status']> = new Set(['open', 'assigned', 'waiting']);

/** What cannot wait. */
export const isUrgent = ({ priority, flags }: TicketCard): boolean =>
  priority === 'urgent' || flags.includes('urgent') || flags.includes('self-harm');

const byDue = (a: TicketCard, b: TicketCard): number => a.dueAt - b.dueAt || (a.number < b.number ? -1 : 1);

const without = (list: readonly TicketCard[], number: string): readonly TicketCard[] => list.filter((one) => one.number !== number);

export function place(lists: Lists, card: TicketCard, me: string, department: string): Lists {
  const open = OPEN.has(card.status);
  const queued = open && !card.assignee && (department === '' || card.department === department);
  const mine = open && card.assignee?.id === me;
  const put = (list: readonly TicketCard[], here: boolean): readonly TicketCard[] =>
    here ? [...without(list, card.number), card].sort(byDue) : without(list, card.number);
  return { queue: put(lists.queue, queued), mine: put(lists.mine, mine) };
}
