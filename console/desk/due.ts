/** How long there is left, as people say it. Pure. */
import type { TicketCard } from '../../adapters/desk';
import { isOpen } from '../../dialogs/vocabulary';

const MINUTE = 60_000;

export type Due = Readonly<{ text: string; mood: 'calm' | 'soon' | 'over' | 'done' }>;

function span(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return '不到 1 分钟';
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} 天` : `${Math.floor(hours / 24)} 天 ${hours % 24} 小时`;
}

/** An hour before its time a ticket is due soon. */
export function dueOf({ status, dueAt }: Pick<TicketCard, 'status' | 'dueAt'>, now: number): Due {
  if (!isOpen({ status })) return { text: '已办结', mood: 'done' };
  const left = dueAt - now;
  if (left <= 0) return { text: `已超时 ${span(-left)}`, mood: 'over' };
  return { text: `剩 ${span(left)}`, mood: left < 60 * MINUTE ? 'soon' : 'calm' };
}

const two = (part: number): string => String(part).padStart(2, '0');
/** 14:05, with its day when that is not today. */
export function clock(at: number, now: number): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return date.toDateString() === new Date(now).toDateString() ? time : `${date.getMonth() + 1}月${date.getDate()}日 ${time}`;
}
