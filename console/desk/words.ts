/** What only the desk's page says. Words about tickets stand in adapters/words.ts, for all desks. */
import type { TicketCard } from '../../adapters/desk';

export const TITLE = '工作台 · Qiao 桥';

/** Sentences that are said every day. */
export const readySentences = (name: string, { customerName }: Pick<TicketCard, 'customerName'>): readonly string[] => [
  `${customerName ? `${customerName}，` : ''}您好，我是${name}，您反映的情况我已看到，正在为您核实，请稍候。`,
  '请您补充一下具体情况：大约从什么时候开始？涉及哪些消息或功能？',
  '方便的话，请发一张截图，我们好尽快定位问题。',
  '已经为您处理好了，请您再试一下，看看是否恢复正常。',
  '这个问题需要技术同事配合，处理好后我会第一时间在这里回复您。',
  '给您带来不便，非常抱歉。',
  '请问还有其他可以帮到您的吗？',
  '感谢您的耐心等待，祝您生活愉快！',
];

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
