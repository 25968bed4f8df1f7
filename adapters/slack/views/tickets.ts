/** Tickets as a list: the answers to commands, and the home tab. Pure. */
import type { types } from '@slack/bolt';
import type { Agent, TicketCard } from '../../desk';
import { priorityWords, statusWords } from '../../words';
import { ACTIONS } from '../ids';
import { buttonRow, pressesOf } from './buttons';
import { holderWords } from './card';
import { type Block, saidInLine, section, small, time, words } from './said';

/** As many as fit below 9,000 characters. */
const LISTED = 12;
/** A home tab holds 100 blocks, and a ticket of one's own takes two. */
const ON_HOME = 20;
const VALUE = 40;
const ISSUE = 80;

const settled = ({ status }: TicketCard): boolean => status === 'resolved' || status === 'closed';

/** Which, whose and what; until when and with whom. */
function rowText(card: TicketCard): string {
  const { number, title, department, fields, customerName, dueAt, overdue, priority } = card;
  const of = (name: string): string => saidInLine(fields.find((field) => field.name === name)?.value ?? '', VALUE);
  const urgent = priority === 'urgent' || priority === 'high' ? `　${priorityWords[priority]}` : '';
  const who = [of('school'), of('class'), saidInLine(customerName ?? '', VALUE)].filter(Boolean).join(' ');
  const issue = saidInLine(fields.find(({ name }) => name === 'issue')?.value ?? '', ISSUE);
  const state = settled(card) ? statusWords[card.status] : `${time(dueAt)}${overdue ? '　*已超时*' : ''}　${holderWords(card)}`;
  return [`*${number}*　${saidInLine(title, VALUE)}　${saidInLine(department, VALUE)}${urgent}`, who, issue, state]
    .filter(Boolean)
    .join('\n');
}

const claim = ({ number }: TicketCard): types.Button => ({
  type: 'button',
  action_id: ACTIONS.claim,
  text: words('认领'),
  value: number,
  style: 'primary',
});

const row = (card: TicketCard): Block => ({
  ...section(rowText(card)),
  ...(pressesOf(card).includes('claim') && { accessory: claim(card) }),
});

const more = (count: number, shown: number): readonly Block[] =>
  count > shown ? [small(`还有 ${count - shown} 张没有列出，按期限先后只显示前 ${shown} 张。`)] : [];

/** A heading, the tickets by due time, and `empty` in words when there are none. */
export function ticketList(heading: string, cards: readonly TicketCard[], empty: string): readonly Block[] {
  if (cards.length === 0) return [section(empty)];
  return [section(`*${heading}*（${cards.length}）`), ...cards.slice(0, LISTED).map(row), ...more(cards.length, LISTED)];
}

export type Home = Readonly<{ agent: Agent | null; mine: readonly TicketCard[]; queue: readonly TicketCard[]; stranger: string }>;

export const homeView = ({ agent, mine, queue, stranger }: Home): types.HomeView => ({
  type: 'home',
  blocks: [
    ...(agent ? mineBlocks(mine) : [section(stranger)]),
    { type: 'divider' },
    { type: 'header', text: words(`等待认领（${queue.length}）`) },
    ...(queue.length === 0 ? [section('现在没有人在排队。')] : []),
    ...queue.slice(0, ON_HOME).map(row),
    ...more(queue.length, ON_HOME),
  ],
});

function mineBlocks(mine: readonly TicketCard[]): readonly Block[] {
  const blocks = mine.slice(0, ON_HOME).flatMap((card): readonly Block[] => {
    const buttons = buttonRow(card);
    return [section(rowText(card)), ...(buttons ? [buttons] : [])];
  });
  return [
    { type: 'header', text: words(`我的工单（${mine.length}）`) },
    ...(mine.length === 0 ? [section('您手上没有未完成的工单。可以从下面的队列里认领一张。')] : []),
    ...blocks,
    ...more(mine.length, ON_HOME),
  ];
}
