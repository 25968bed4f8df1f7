/** A value read from the store and kept for a while: for what changes rarely and is looked at in every turn. */
import type { Instant } from '../../dialogs/vocabulary';

/** At once while the value is known; one just gone stale is still handed out while its successor is read. */
export type Fresh<T> = () => T | Promise<T>;

export function fresh<T>(now: () => Instant, forMs: number, read: () => Promise<T>): Fresh<T> {
  let known: { value: T; until: Instant } | undefined;
  let reading: Promise<T> | undefined;

  function renew(): Promise<T> {
    reading ??= read()
      .then((value) => {
        known = { value, until: now() + forMs };
        return value;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  return () => {
    if (!known || now() >= known.until + forMs) return renew();
    // A failed renewal keeps the old value for a while; the next look tries again.
    if (now() >= known.until) renew().catch(() => undefined);
    return known.value;
  };
}
