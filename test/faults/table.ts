/** One scenario as a line of a table. Pure. */
import type { Violation } from './judge';
import type { Played } from './play';

const COLUMNS = [
  'seed',
  'kills',
  'messages',
  'replies',
  'repeated',
  'unheard',
  'lost',
  'doubled',
  'disorder',
  'tickets',
  'dead',
  'other',
  'seconds',
  'card p50/p99',
  'answer p50/p99',
  'a second',
  'RSS MB',
];
const NAME_WIDTH = 40;

const line = (name: string, cells: readonly (string | number)[]): string =>
  [name.padEnd(NAME_WIDTH), ...cells.map((cell, n) => String(cell).padStart((COLUMNS[n]?.length ?? 0) + 2))].join('');

export const heading = line('scenario', COLUMNS);

/**
 * Times are milliseconds. `repeated` are replies sent again under their own key, which the platform drops; of these `unheard` came again
 * because no answer had come in time, the others because a desk was stopped before it had noted the answer. `dead` went to a person, who sees why.
 */
export function row(name: string, seed: number, { tally, violations, kills, seconds, latency, perSecond, rssMb }: Played): string {
  const count = (...kinds: Violation['kind'][]): number => violations.filter(({ kind }) => kinds.includes(kind)).length;
  const { messages, replies, repeated, unheard, tickets, deadLetters } = tally;
  const broken = [count('lost'), count('doubled'), count('out of order')];
  const other = count('ticket', 'dead letter', 'unfinished');
  const times = [latency.card, latency.answer].map((spread) => (spread ? `${spread.p50}/${spread.p99}` : '-'));
  const rest = [seconds.toFixed(1), ...times, perSecond.toFixed(1), rssMb];
  return line(name, [seed, kills, messages, replies, repeated, unheard, ...broken, tickets, deadLetters, other, ...rest]);
}
