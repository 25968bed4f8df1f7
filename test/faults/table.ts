/** One scenario as a line of a table. Pure. */
import type { Violation } from './judge';
import type { Played } from './play';

const COLUMNS = ['seed', 'kills', 'messages', 'replies', 'repeated', 'lost', 'doubled', 'disorder', 'tickets', 'dead', 'other', 'seconds'];
const NAME_WIDTH = 40;

const line = (name: string, cells: readonly (string | number)[]): string =>
  [name.padEnd(NAME_WIDTH), ...cells.map((cell, n) => String(cell).padStart((COLUMNS[n]?.length ?? 0) + 2))].join('');

export const heading = line('scenario', COLUMNS);

/** `repeated` are replies sent again under their own key, which the platform drops; `dead` went to a person, who sees why. */
export function row(name: string, seed: number, { tally, violations, kills, seconds }: Played): string {
  const count = (...kinds: Violation['kind'][]): number => violations.filter(({ kind }) => kinds.includes(kind)).length;
  const { messages, replies, repeated, tickets, deadLetters } = tally;
  const broken = [count('lost'), count('doubled'), count('out of order')];
  const other = count('ticket', 'dead letter', 'unfinished');
  return line(name, [seed, kills, messages, replies, repeated, ...broken, tickets, deadLetters, other, seconds.toFixed(1)]);
}
