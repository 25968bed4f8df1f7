/** What was played, as a table that Markdown shows too. Pure. */
import type { Violation } from './evidence';
import type { Played, Progress } from './play';

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
const NAME_WIDTH = 47;

const line = (name: string, cells: readonly (string | number)[]): string =>
  `| ${[name.padEnd(NAME_WIDTH), ...cells.map((cell, n) => String(cell).padStart(COLUMNS[n]?.length ?? 0))].join(' | ')} |`;

export const heading = [
  line('scenario', COLUMNS),
  `|${[`:${'-'.repeat(NAME_WIDTH + 1)}`, ...COLUMNS.map(({ length }) => `${'-'.repeat(length + 1)}:`)].join('|')}|`,
].join('\n');

const count = (violations: readonly Violation[], ...kinds: Violation['kind'][]): number =>
  violations.filter(({ kind }) => kinds.includes(kind)).length;
const brokenIn = (violations: readonly Violation[]): readonly [lost: number, doubled: number, disorder: number] => [
  count(violations, 'lost'),
  count(violations, 'doubled'),
  count(violations, 'out of order'),
];

/**
 * Times are milliseconds. `repeated` are replies sent again under their own key, which the platform drops; of these `unheard` came again
 * because no answer had come in time, the others because a desk was stopped before it had noted the answer. `dead` went to a person, who sees why.
 */
export function row(name: string, seed: number, { tally, violations, kills, seconds, latency, perSecond, rssMb }: Played): string {
  const { messages, replies, repeated, unheard, tickets, deadLetters } = tally;
  const other = count(violations, 'ticket', 'shown', 'dead letter', 'unfinished');
  const times = [latency.card, latency.answer].map((spread) => (spread ? `${spread.p50}/${spread.p99}` : '-'));
  const rest = [seconds.toFixed(1), ...times, perSecond.toFixed(1), rssMb];
  return line(name, [seed, kills, messages, replies, repeated, unheard, ...brokenIn(violations), tickets, deadLetters, other, ...rest]);
}

/** All of it in one sentence; `failed` scenarios came to no verdict. */
export function summary(played: readonly Pick<Played, 'kills' | 'tally' | 'violations'>[], failed: number, seconds: number): string {
  const sum = (of: (one: (typeof played)[number]) => number): string =>
    played.reduce((total, one) => total + of(one), 0).toLocaleString('en');
  const [lost, doubled, disorder] = brokenIn(played.flatMap(({ violations }) => violations));
  const parts = [
    `${played.length + failed} scenarios in ${(seconds / 60).toFixed(1)} minutes`,
    `${sum(({ kills }) => kills)} kills`,
    `${sum(({ tally }) => tally.messages)} messages`,
    `${sum(({ tally }) => tally.replies)} replies`,
    `${lost} lost`,
    `${doubled} doubled`,
    `${disorder} out of order`,
    `${sum(({ violations }) => violations.length)} violations in all`,
    ...(failed > 0 ? [`${failed} without a verdict`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** What is going on, for whoever waits. */
export function now(name: string, { seconds, kills, wanted, messages, ending }: Progress): string {
  const killed = wanted > 0 ? `, ${kills} of ${wanted} kills` : '';
  return `${name}: ${Math.round(seconds)} s${killed}, ${messages} messages${ending ? ', coming to rest' : ''}`;
}
