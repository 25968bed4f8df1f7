/** What agents read about tickets, in Chinese. The customer's sentences stand in dialogs/copy. */

import type { ChannelName, Flag, Priority, TicketStatus } from '../dialogs/vocabulary';
import type { Budget } from './channel';
import type { AgentAct, InCommon } from './desk';

export const statusWords: Readonly<Record<TicketStatus, string>> = {
  open: '待受理',
  assigned: '处理中',
  waiting: '待客户补充',
  resolved: '已解决',
  closed: '已关闭',
};

export const priorityWords: Readonly<Record<Priority, string>> = { low: '低', normal: '普通', high: '高', urgent: '紧急' };

export const actWords: Readonly<Record<AgentAct, string>> = {
  claim: '认领',
  reply: '回复客户',
  note: '备注',
  assign: '转派',
  amend: '补充资料',
  escalate: '升级主管',
  acknowledge: '确认收到',
  return: '退回机器人',
  resolve: '解决',
  reopen: '重新打开',
  merge: '合并客户',
  unmerge: '撤销合并',
};

export const flagWords: Readonly<Record<Flag, string>> = {
  supervisor: '需主管关注',
  urgent: '紧急',
  rights: '权益争议',
  abuse: '言语辱骂',
  quarantine: '不良信息',
  'self-harm': '人身安全',
  incomplete: '资料不全',
  'after-hours': '非工作时间',
  'unverified-school': '学校待核实',
  'dead-letter': '系统未能处理',
  'call-back': '请致电客户',
};

export const channelWords: Readonly<Record<ChannelName, string>> = {
  web: '网页',
  webhook: '接口',
  terminal: '终端',
  wechat: '微信',
  'wechat-official': '公众号',
  wecom: '企业微信',
  teams: 'Teams',
  slack: 'Slack',
  email: '邮件',
  phone: '电话',
};

/** Why two customers may be one person. */
export const inCommonWords: Readonly<Record<InCommon, string>> = { phone: '手机号码相同', name: '姓名、学校、班级相同' };

/** What may still be sent to a customer, for the agent who wants to; `until` is already spelt. */
export const budgetWords = (budget: Budget | null, until: string): string =>
  budget === null ? '现在不能发消息给客户，请致电客户' : `还可发 ${budget.left} 条，至 ${until}`;
