/** Ticket numbers people can read over the phone: day and count. Blocks are reserved from the store, so no two processes give the same. */
import type { Instant } from '../../dialogs/vocabulary';
import type { Store } from '../store/store';
import { createZone } from './zone';

/** `20261122-0007`; wider than four digits once a day has more. */
export function formatNumber(day: string, count: number): string {
  return `${day.replaceAll('-', '')}-${String(count).padStart(4, '0')}`;
}

export type Numbers = Readonly<{
  /** `count` numbers of today that nobody else has. */
  reserve(count: number): readonly string[] | Promise<readonly string[]>;
  /** What was not used is used next; what is never given back stays a gap. */
  giveBack(numbers: readonly string[]): void;
}>;

export function createNumbers(
  deps: Readonly<{ store: Pick<Store, 'counters'>; now: () => Instant; timeZone: () => string; block: number }>,
): Numbers {
  const { store, now, block } = deps;
  let zone = createZone(deps.timeZone());
  let zoneName = deps.timeZone();
  let day = '';
  let free: string[] = [];
  let prefix = '';

  function today(): string {
    if (deps.timeZone() !== zoneName) {
      zoneName = deps.timeZone();
      zone = createZone(zoneName);
    }
    return zone.dayOf(now());
  }

  function turnPage(current: string): void {
    if (current === day) return;
    day = current;
    prefix = `${current.replaceAll('-', '')}-`;
    free = [];
  }

  async function refill(count: number): Promise<readonly string[]> {
    const current = today();
    const size = Math.max(block, count);
    const counter = await store.counters.update({ _id: `ticket:${current}` }, { $inc: { value: size } }, { upsert: true });
    if (!counter) throw new Error(`The counter ticket:${current} gave no block; check the store.`);
    turnPage(current);
    for (let n = counter.value - size + 1; n <= counter.value; n += 1) free.push(formatNumber(current, n));
    return free.splice(0, count);
  }

  return {
    reserve(count) {
      turnPage(today());
      return free.length >= count ? free.splice(0, count) : refill(count);
    },
    giveBack(numbers) {
      free.unshift(...numbers.filter((number) => number.startsWith(prefix)));
    },
  };
}
