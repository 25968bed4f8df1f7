/** Speaks of a moment as people at the desk do: 「今天 17:30」「明天 8:30」「11月24日(周一) 8:30」. Deterministic: the zone's rules come from Intl. */
import type { Copy } from './copy';
import type { Instant } from './vocabulary';

type Wall = Readonly<{ day: number; month: number; date: number; weekday: number; time: string }>;

const dayMs = 86_400_000;

/** Making a formatter costs more than all it formats in a turn; a zone's rules never change within a process. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const ready = formats.get(timeZone);
  if (ready) return ready;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/** What the wall clock of the zone shows; `day` counts days, so that neighbours differ by one. */
function wallClock(at: Instant, timeZone: string): Wall {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const midnight = Date.UTC(Number(part.year), Number(part.month) - 1, Number(part.day));
  return {
    day: midnight / dayMs,
    month: Number(part.month),
    date: Number(part.day),
    weekday: new Date(midnight).getUTCDay(),
    time: `${Number(part.hour)}:${part.minute}`,
  };
}

/** `at` as seen from `now`, in the zone and the language of the desk. */
export function spoken(at: Instant, now: Instant, timeZone: string, copy: Copy): string {
  const then = wallClock(at, timeZone);
  const ahead = then.day - wallClock(now, timeZone).day;
  const weekday = copy.weekdays[then.weekday] ?? '';
  const day = ahead === 0 ? copy.today : ahead === 1 ? copy.tomorrow : copy.date(then.month, then.date, weekday);
  return copy.dayTime(day, then.time);
}

/** For records that are read later: 「2026-11-23 10:00」. */
export function dated(at: Instant, timeZone: string): string {
  const { day, time } = wallClock(at, timeZone);
  return `${new Date(day * dayMs).toISOString().slice(0, 10)} ${time}`;
}

/** 「8 小时」「30 分钟」. */
export function spokenMinutes(minutes: number, copy: Copy): string {
  return minutes >= 60 && minutes % 60 === 0 ? copy.hours(minutes / 60) : copy.minutes(minutes);
}
