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
