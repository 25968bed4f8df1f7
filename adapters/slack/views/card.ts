/** A ticket's card as Slack shows it. Pure. */
import type { types } from '@slack/bolt';
import type { ChannelName, SlotName } from '../../../dialogs/vocabulary';
import type { TicketCard } from '../../desk';
import { budgetWords, channelWords, flagWords, priorityWords, statusWords } from '../../words';
import { ACTIONS } from '../ids';
import { buttonRow } from './buttons';
import { type Block, cut, marked, quoted, said, saidInLine, section, small, time, words } from './said';

export type CardOptions = Readonly<{
  /** The card has moved: where to in Slack's notation, and nothing can be done here any more. */
  movedTo?: string;
}>;

// Slack refuses messages whose blocks are too long in sum, at a length it does not tell; all of a card stays below 9,000.
const HEADER = 150;
const NAME = 40;
const VALUE = 120;
const ISSUE = 1_200;
const RESULT = 400;
const FIELDS_A_SECTION = 10;

const alert: Readonly<Partial<Record<TicketCard['priority'], string>>> = { urgent: '🔴', high: '🟠' };
/** Shown in a place of their own. */
const apart: ReadonlySet<SlotName> = new Set(['phone', 'issue']);

export function cardBlocks(card: TicketCard, options: CardOptions = {}): readonly Block[] {
  const head = [header(card), section(headline(card))];
  if (options.movedTo !== undefined) return [...head, small(`已转到 ${options.movedTo}`)];
  const row = buttonRow(card);
  return [
    ...head,
    ...fieldSections(card),
    ...phoneSection(card),
    ...issueSection(card),
    ...outcome(card),
    section([dueLine(card), holderLine(card), ...budgetLine(card)].join('　')),
    ...footnote(card),
    ...(row ? [row] : []),
  ];
}

/** What a notification of the card says. */
export const cardText = (card: TicketCard): string =>
  `${headerText(card)}　${saidInLine(card.title, NAME)}（${saidInLine(card.department, NAME)}）`;

function headerText({ number, nature, priority }: TicketCard): string {
  const sign = alert[priority];
  const parts = [number, nature, ...(sign ? [priorityWords[priority]] : [])].filter((part, n, all) => all.indexOf(part) === n);
  return `${sign ? `${sign} ` : ''}${parts.join(' · ')}`;
}

const header = (card: TicketCard): Block => ({ type: 'header', text: words(cut(headerText(card), HEADER)) });

const headline = ({ title, department, status }: TicketCard): string =>
  `*${saidInLine(title, NAME)}*　${saidInLine(department, NAME)}　${statusWords[status]}`;

function fieldSections({ fields }: TicketCard): readonly Block[] {
  const texts = fields
    .filter(({ name }) => !apart.has(name))
    .map(({ label, value }) => marked(`*${saidInLine(label, NAME)}*\n${saidInLine(value, VALUE)}`));
  const sections: types.SectionBlock[] = [];
  for (let from = 0; from < texts.length; from += FIELDS_A_SECTION) {
    sections.push({ type: 'section', fields: texts.slice(from, from + FIELDS_A_SECTION) });
  }
  return sections;
}

function phoneSection({ number, fields }: TicketCard): readonly Block[] {
  const phone = fields.find(({ name }) => name === 'phone') ?? { label: '手机号码', value: '未登记' };
  const accessory: types.Button = { type: 'button', action_id: ACTIONS.phone, text: words('查看'), value: number };
  return [{ ...section(`*${saidInLine(phone.label, NAME)}*　${saidInLine(phone.value, VALUE)}`), accessory }];
}

function issueSection({ fields }: TicketCard): readonly Block[] {
  const issue = fields.find(({ name }) => name === 'issue');
  return issue ? [section(`*${saidInLine(issue.label, NAME)}*\n${quoted(issue.value, ISSUE)}`)] : [];
}

function outcome({ result, cause, rating }: TicketCard): readonly Block[] {
  const lines = [
    ...(result === undefined ? [] : [`*处理结果*　${said(result, RESULT)}`]),
    ...(cause === undefined ? [] : [`*原因*　${said(cause, RESULT)}`]),
    ...(rating === undefined ? [] : [`*客户评价*　${rating} 分`]),
  ];
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}

const isSettled = ({ status }: TicketCard): boolean => status === 'resolved' || status === 'closed';

const dueLine = (card: TicketCard): string => `*期限*　${time(card.dueAt)}${card.overdue ? '　*已超时*' : ''}`;

/** Who is to speak now, in a few words. */
export function holderWords(card: TicketCard): string {
  const { holder, assignee } = card;
  if (isSettled(card)) return statusWords[card.status];
  if (holder === 'agent' && assignee) return `${saidInLine(assignee.name, NAME)}处理中`;
  return holder === 'bot' ? '机器人' : '等待认领';
}

const holderLine = (card: TicketCard): string => `*处理人*　${holderWords(card)}`;

const budgetLine = ({ budget }: TicketCard): readonly string[] =>
  budget === undefined ? [] : [`*额度*　${budgetWords(budget, budget === null ? '' : time(budget.until))}`];

function footnote({ firstOwner, flags, channel, createdAt }: TicketCard): readonly Block[] {
  const parts = [
    `${time(createdAt)} 来自${channelWords[channel as ChannelName] ?? saidInLine(channel, NAME)}`,
    ...(firstOwner ? [`首问责任人：${saidInLine(firstOwner.name, NAME)}`] : []),
    ...(flags.length > 0 ? [`标记：${flags.map((flag) => flagWords[flag]).join('、')}`] : []),
  ];
  return [small(parts.join('　|　'))];
}
