/** The form in which an agent compares a customer with those who may be the same person, and says who is. Pure. */
import type { types } from '@slack/bolt';
import type { Candidates, MaybeSame, Refused, Side, SideTicket } from '../../desk';
import { channelWords, inCommonWords, statusWords } from '../../words';
import { option, VALUE } from './fields';
import { type About, form, told } from './modal';
import { type Block, cut, saidInLine, section, small, time, words } from './said';

/** The block of the choice. */
export const CANDIDATE = 'candidate';

const NAME = 40;
const ISSUE = 60;
/** Below Slack's hundred blocks and its length of a whole view. */
const TICKETS = 3;
const NOBODY =
  '没有找到可能是同一个人的客户：手机号码、或姓名加学校和班级，要有一样相同。资料不全时请先「补充资料」。\nNobody else with the same number, or the same name and class.';

export function mergeForm(about: About, found?: Candidates | Refused): types.ModalView {
  if (found?.kind !== 'candidates') return told(about, found?.message ?? NOBODY);
  const { here, candidates } = found;
  if (candidates.length === 0) return told(about, NOBODY);
  return form(about, '合并', [
    small('请先核实：同一号码也可能是一家人。合并后两边的工单都会记下是谁合并的，随时可以撤销。'),
    section(sideText('这张工单的客户', here)),
    { type: 'divider' },
    ...candidates.map((one, n): Block => section(sideText(`${n + 1}. ${inCommonWords[one.inCommon]}`, one))),
    {
      type: 'input',
      block_id: CANDIDATE,
      label: words('是同一个人的是'),
      element: {
        type: 'radio_buttons',
        action_id: VALUE,
        options: candidates.map((one, n) => option({ value: one.key, label: choiceText(one, n) })),
      },
    },
  ]);
}

/** Whose, since when and about what: beside each other, so that both can be compared. */
function sideText(heading: string, side: Side): string {
  const { name, school, className, phone, channels, lastAt, tickets, total } = side;
  const who = [name, school, className, phone].flatMap((part) => (part === undefined ? [] : [saidInLine(part, NAME)])).join('　');
  const where = `${channels.map((one) => channelWords[one]).join('、')}${lastAt === undefined ? '' : `　最近 ${time(lastAt)}`}`;
  const more = total > TICKETS ? `\n…共 ${total} 张工单` : '';
  return [`*${heading}*`, who, where, ...tickets.slice(0, TICKETS).map(ticketText)].filter(Boolean).join('\n') + more;
}

const ticketText = ({ number, title, status, issue }: SideTicket): string =>
  `• ${number}　${title}　${statusWords[status]}${issue === undefined ? '' : `　${saidInLine(issue, ISSUE)}`}`;

const choiceText = ({ name, channels, phone }: MaybeSame, n: number): string =>
  cut(
    [`${n + 1}. ${name ?? '未留姓名'}`, channels.map((one) => channelWords[one]).join('、'), phone ?? ''].filter(Boolean).join(' '),
    NAME + 30,
  );
