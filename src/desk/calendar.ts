/** When the desk is there: weekly hours, holidays and make-up workdays. Pure; the version of a calendar is its data. */
import type { Instant } from '../../dialogs/vocabulary';
import { createZone, dayAfter, MINUTE } from './zone';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** `from` and `to` as wall clock, `08:30`; `to` may be `24:00`. */
export type Hours = Readonly<{ from: string; to: string }>;
export type CalendarData = Readonly<{
  timeZone: string;
  hours: Readonly<Partial<Record<Weekday, readonly Hours[]>>>;
  /** Days off, `2026-10-01`. */
  holidays: readonly string[];
  /** Days of work although they are weekend; they keep Monday's hours. */
  workdays: readonly string[];
}>;

export type Calendar = Readonly<{
  isOpen(at: Instant): boolean;
  /** Whether anybody works on a day, `2026-11-23`. */
  opensOn(day: string): boolean;
  /** The next instant at which somebody comes in; undefined when nobody does within a year. `at` itself when open. */
  nextOpening(at: Instant): Instant | undefined;
  /** `minutes` of working time later; wall clock when the desk never opens. */
  addWorkingMinutes(at: Instant, minutes: number): Instant;
  /** Working time between two instants, within a year; 0 when nobody works between them. */
  workingMinutes(from: Instant, to: Instant): number;
}>;

type Span = Readonly<{ from: Instant; to: Instant }>;
const HORIZON_DAYS = 366;

/** The calendar of the settings as they are now. */
export function calendarOf(settings: () => CalendarData): () => Calendar {
  let made: { of: CalendarData; calendar: Calendar } | undefined;
  return () => {
    const of = settings();
    if (made?.of !== of) made = { of, calendar: createCalendar(of) };
    return made.calendar;
  };
}

export function createCalendar(data: CalendarData): Calendar {
  const zone = createZone(data.timeZone);
  const holidays = new Set(data.holidays);
  const workdays = new Set(data.workdays);
  const known = new Map<string, readonly Span[]>();

  function hoursOf(day: string): readonly Hours[] {
    // A make-up workday wins: a day listed as both is one that people were called in for.
    if (workdays.has(day)) return data.hours.mon ?? [];
    if (holidays.has(day)) return [];
    const weekday = WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
    return (weekday && data.hours[weekday]) ?? [];
  }

  function spansOf(day: string): readonly Span[] {
    const cached = known.get(day);
    if (cached) return cached;
    const spans = hoursOf(day)
      .map(({ from, to }) => ({ from: zone.instantOf(day, minutesOf(from)), to: zone.instantOf(day, minutesOf(to)) }))
      .sort((a, b) => a.from - b.from);
    if (known.size > 2 * HORIZON_DAYS) known.clear();
    known.set(day, spans);
    return spans;
  }

  /** Working time from `at` on, in order. */
  function* spansFrom(at: Instant): Generator<Span> {
    let day = zone.dayOf(at);
    for (let count = 0; count <= HORIZON_DAYS; count += 1, day = dayAfter(day)) {
      for (const span of spansOf(day)) if (span.to > at) yield { from: Math.max(span.from, at), to: span.to };
    }
  }

  /** What was answered last, and to whom: until it ends, whoever asks later is answered from it. */
  let latest: (Span & Readonly<{ asked: Instant }>) | undefined;

  function nextOpening(at: Instant): Instant | undefined {
    if (latest && at >= latest.asked && at < latest.to) return Math.max(at, latest.from);
    const [span] = spansFrom(at);
    latest = span && { ...span, asked: at };
    return span?.from;
  }

  return {
    isOpen: (at) => nextOpening(at) === at,
    opensOn: (day) => spansOf(day).length > 0,
    nextOpening,
    addWorkingMinutes(at, minutes) {
      let left = minutes * MINUTE;
      for (const { from, to } of spansFrom(at)) {
        if (left <= to - from) return from + left;
        left -= to - from;
      }
      return at + minutes * MINUTE;
    },
    workingMinutes(from, to) {
      let worked = 0;
      for (const span of spansFrom(from)) {
        if (span.from >= to) break;
        worked += Math.min(span.to, to) - span.from;
      }
      return worked / MINUTE;
    },
  };
}

/** Minutes past midnight of a time of day, `08:30`. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
