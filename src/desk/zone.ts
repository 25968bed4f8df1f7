/** Days and minutes of one time zone, in instants: all that desk hours and ticket numbers need to know of wall clocks. */
import type { Instant } from '../../dialogs/vocabulary';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

export type Zone = Readonly<{
  /** The calendar day at an instant: `2026-11-22`. */
  dayOf(at: Instant): string;
  /** The instant at which the wall clock shows `minutes` past midnight on `day`. */
  instantOf(day: string, minutes: number): Instant;
}>;

// Offsets change on quarter hours only, so one look-up serves a whole quarter of an hour.
const BUCKET = 15 * MINUTE;
const KNOWN_BUCKETS = 2_000;

/** Throws a RangeError when the platform does not know the time zone. */
export function createZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const known = new Map<number, number>();

  function offsetAt(at: Instant): number {
    const bucket = Math.floor(at / BUCKET) * BUCKET;
    const cached = known.get(bucket);
    if (cached !== undefined) return cached;
    const part = Object.fromEntries(format.formatToParts(bucket).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    const offset = Date.UTC(year, month - 1, day, hour, minute) - bucket;
    if (known.size >= KNOWN_BUCKETS) known.clear();
    known.set(bucket, offset);
    return offset;
  }

  return {
    dayOf: (at) => new Date(at + offsetAt(at)).toISOString().slice(0, 10),
    instantOf(day, minutes) {
      const wall = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
      const guess = wall - offsetAt(wall);
      return wall - offsetAt(guess);
    },
  };
}

/** The day after (or `count` days after) a day, by the calendar. */
export function dayAfter(day: string, count = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}
