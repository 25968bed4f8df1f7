/** Numbers and marks every ticket needs, whichever way it is opened. */
import { unique } from '../form';
import type { Scene } from '../heard';
import type { Effect, Flag, Memory } from '../vocabulary';

/** The number of the ticket this turn opens; the shell reserves them. */
export function ticketNumber({ numbers }: Pick<Scene, 'numbers'>): string {
  const [number] = numbers;
  if (number === undefined) throw new Error('gathered.numbers is empty: reserve at least two ticket numbers before every step');
  return number;
}

/** What was asked in vain before is settled with it. */
export function remember({ missed: _, ...memory }: Memory, ticket: string): Memory {
  return { ...memory, misses: 0, tickets: unique([...memory.tickets.filter((one) => one !== ticket), ticket]).slice(-20) };
}

export function raise(flags: readonly Flag[], reason: string, ticket?: string): readonly Effect[] {
  return flags.map((flag) => ({ kind: 'raiseFlag', flag, reason, ...(ticket !== undefined && { ticket }) }));
}
