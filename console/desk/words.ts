/** What only the desk's page says. Words about tickets stand in adapters/words.ts, for all desks. */

export const TITLE = '工作台 · Qiao 桥';

export const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['j / k', '下一条 / 上一条工单'],
  ['c', '认领'],
  ['r', '回复客户'],
  ['n', '内部备注'],
  ['/', '查找'],
  ['?', '显示本帮助'],
  ['Ctrl 或 ⌘ + Enter', '发送'],
  ['Esc', '返回列表'],
];

/** The question which customers are one person. */
export const MERGING = {
  lead: '请先核实：同一号码也可能是一家人。合并后，两边的对话和工单合在一起看，工单上会写明是谁合并的，随时可以撤销。',
  leadInEnglish: 'Ask first: a family may share a number. Both tickets will say who merged; it can be taken back at any time.',
  here: '这张工单的客户',
  question: '可能是同一个人',
  nobody: '没有找到可能是同一个人的客户：手机号码，或姓名、学校和班级，要有一样相同。资料不全时请先「补充资料」。',
  nobodyInEnglish: 'Nobody else has the same number, or the same name, school and class.',
  choose: '请选择一位客户；都不是就点「取消」。',
  nameless: '未留姓名',
  last: '最近',
  more: (total: number): string => `共 ${total} 张工单`,
  submit: '合并为同一位客户',
  cancel: '取消',
  close: '关闭',
} as const;
