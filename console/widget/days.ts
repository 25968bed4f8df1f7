/** When something was said, as people say it. Pure. */
import type { Locale } from '../../dialogs/vocabulary';
import type { Copy } from './copy';

const tag = (locale: Locale): string => (locale === 'en' ? 'en' : 'zh-CN');

/** One key per calendar day where the visitor is. */
export const dayOf = (at: number): string => new Date(at).toDateString();

export function dayLabel(at: number, now: number, locale: Locale, copy: Copy): string {
  if (dayOf(at) === dayOf(now)) return copy.today;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(at) === yesterday.toDateString()) return copy.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(tag(locale), { month: 'long', day: 'numeric', weekday: 'short', ...year }).format(at);
}

export const clockTime = (at: number, locale: Locale): string =>
  new Intl.DateTimeFormat(tag(locale), { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
