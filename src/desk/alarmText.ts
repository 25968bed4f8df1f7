/** What an alarm says to agents and supervisors, in Chinese. Pure. */
import { flagWords } from '../../adapters/words';
import { dated } from '../../dialogs/clock';
import type { Flag } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';
import { type Alarm, COMPLAINT } from './alarms';

const EXCERPT = 60;

export function alarmText(alarm: Alarm, ticket: TicketDoc, timeZone: string): string {
  const due = dated(ticket.dueAt.getTime(), timeZone);
  switch (alarm.kind) {
    case 'page':
      return `请主管查看并确认收到：${causeWords(alarm.causes)}${excerpt(alarm.words ?? ticket.slots.issue?.value)}`;
    case 'second':
      return `再次提醒主管：仍无人确认或认领（${causeWords(alarm.causes)}），请马上安排。`;
    case 'half':
      return `处理时限已过一半，请在 ${due} 前解决；${holderWords(ticket)}。`;
    case 'late':
      return `处理时限已过 80%，请在 ${due} 前解决；${holderWords(ticket)}。`;
    case 'overdue':
      return `已超过处理时限（${due}），请主管督办；${holderWords(ticket)}。`;
  }
}

/** 需主管关注 says nothing beside a real cause. */
function causeWords(causes: readonly string[]): string {
  const telling = causes.filter((cause) => cause !== 'supervisor');
  const words = (telling.length > 0 ? telling : causes).map((cause) =>
    cause === COMPLAINT ? '投诉' : (flagWords[cause as Flag] ?? cause),
  );
  return words.length > 0 ? words.join('、') : '已升级主管';
}

const holderWords = ({ assignee, assigneeName }: TicketDoc): string => (assignee ? `现由${assigneeName ?? assignee}处理` : '尚无人认领');

function excerpt(words: string | undefined): string {
  if (!words) return '。';
  const text = [...words.replaceAll(/\s+/g, ' ')];
  return `。「${text.length > EXCERPT ? `${text.slice(0, EXCERPT).join('')}…` : text.join('')}」`;
}

/** An agent lets a customer wait. */
export const waitsWords = (agent: string, waited: number, left: number): string =>
  `客户已等待 ${waited} 分钟，请${agent}尽快回复；再过 ${left} 分钟没有回复，对话将回到队列。`;
export const silentWords = (agent: string, minutes: number): string => `${agent} ${minutes} 分钟没有回复客户`;
