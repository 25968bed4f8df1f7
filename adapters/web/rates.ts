/** How often one visitor, or one address, may do something in a minute; the same count over HTTP and socket. */
import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';

const MINUTE = 60_000;

export type Rate = Readonly<{
  /** Counts one act; null when allowed, otherwise the seconds to wait. */
  exceeded(key: string): Promise<number | null>;
  close(): void;
}>;

/** Per minute. Addresses get far more than visitors: a whole school may stand behind one. */
export type RateLimits = Readonly<{ sessionsPerIp: number; messagesPerIp: number; messages: number; reads: number; uploads: number }>;
export const defaultRates: RateLimits = { sessionsPerIp: 120, messagesPerIp: 1200, messages: 40, reads: 240, uploads: 12 };

/** One IPv6 customer owns a whole network, so addresses are counted by network. */
export const ipKey = (ip: string): string => ipKeyGenerator(ip);

export function createRate(perMinute: number): Rate {
  const store = new MemoryStore();
  // The store was made for the library's own middleware; of its options it reads only the window.
  store.init({ windowMs: MINUTE } as Options);
  return {
    async exceeded(key) {
      const { totalHits, resetTime } = await store.increment(key);
      if (totalHits <= perMinute) return null;
      return Math.max(1, Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000));
    },
    close: () => store.shutdown(),
  };
}

export type Rates = Readonly<Record<keyof RateLimits, Rate>> & Readonly<{ close(): void }>;

export function createRates(limits: RateLimits): Rates {
  const rates = {
    sessionsPerIp: createRate(limits.sessionsPerIp),
    messagesPerIp: createRate(limits.messagesPerIp),
    messages: createRate(limits.messages),
    reads: createRate(limits.reads),
    uploads: createRate(limits.uploads),
  };
  return {
    ...rates,
    close() {
      for (const rate of Object.values(rates)) rate.close();
    },
  };
}
