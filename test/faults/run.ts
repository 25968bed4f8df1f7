/** npm run faults: plays every scenario in its long version and prints a table; exits with 1 when something was lost, doubled or out of order. */
import { parseArgs } from 'node:util';
import { play } from './play';
import { type Scenario, scenarios } from './scenarios';
import { heading, row } from './table';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** Plays the sizes of `npm test`. */
    short: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const chosen = scenarios.filter(({ name }) => values.only === undefined || name.includes(values.only));
  if (chosen.length === 0)
    throw new Error(`No scenario is called "${values.only}". There are:\n${scenarios.map(({ name }) => name).join('\n')}`);
  say(heading);
  let broken = 0;
  for (const scenario of chosen) broken += await one(scenario, Number(values.seed));
  if (broken > 0) process.exitCode = 1;
}

async function one(scenario: Scenario, seed: number): Promise<number> {
  const size = (values.short ? scenario.short : undefined) ?? scenario.long;
  const played = await play(scenario, size, seed);
  say(row(scenario.name, seed, played));
  for (const { kind, what } of played.violations.slice(0, 20)) say(`    ${kind}: ${what}`);
  if (played.violations.length > 0) {
    say(`    ${played.violations.length} violations; what the desk said is in ${played.folder}`);
    say(`    again: npm run faults -- --only '${scenario.name}' --seed ${seed}`);
  }
  return played.violations.length;
}

main().catch((error) => {
  say(String(error));
  process.exitCode = 1;
});
