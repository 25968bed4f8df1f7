/** Tickets as desks are given them, for tests of what Slack shows. */
import type { AgentAct, TicketCard } from '../../../adapters/desk';
import type { TicketStatus } from '../../../dialogs/vocabulary';
import { actsIn } from '../../../src/desk/tickets';

export const NUMBER = '20261123-0001';
export const li = { id: 'li', name: '李老师' };

/** An unclaimed matter of a parent; `status` brings the acts it allows. */
export function givenCard(given: Partial<TicketCard> = {}): TicketCard {
  const status: TicketStatus = given.status ?? 'open';
  const acts: readonly AgentAct[] = actsIn(status);
  return {
    number: NUMBER,
    form: 'intake',
    title: '问题登记',
    nature: '申告',
    status,
    priority: 'normal',
    department: '客服部',
    fields: [
      { name: 'school', label: '学校', value: '实验小学' },
      { name: 'class', label: '班级', value: '三年级2班' },
      { name: 'name', label: '姓名', value: '王小明' },
      { name: 'phone', label: '手机号码', value: '138****1234' },
      { name: 'issue', label: '事由', value: '收不到短信' },
    ],
    missing: [{ name: 'remark', label: '备注' }],
    flags: [],
    holder: 'queue',
    channel: 'web',
    customerName: '王小明',
    createdAt: Date.UTC(2026, 10, 23, 1, 0),
    dueAt: Date.UTC(2026, 10, 23, 9, 0),
    overdue: false,
    acts,
    ...given,
  };
}

export const heldBy = (assignee: Readonly<{ id: string; name: string }>, given: Partial<TicketCard> = {}): TicketCard =>
  givenCard({ status: 'assigned', holder: 'agent', assignee, firstOwner: assignee, ...given });
