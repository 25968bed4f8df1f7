/** npm run faults: plays every scenario in its long version and prints a table; exits with 1 when something was lost, doubled or out of order. */
import { parseArgs } from 'node:util';
import { type Played, play } from './play';
import { createShowing } from './progress';
import { type Scenario, scenarios } from './scenarios';
import { heading, row, summary } from './table';

const { values } = parseArgs({
  options: {
    /** Plays the scenarios whose name has this in it. */
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** Plays the sizes of `npm test`, and only the scenarios that have one. */
    short: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const SHOWN_AT_MOST = 20;

async function main(): Promise<void> {
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`"${values.seed}" is no seed; give a whole number, for instance --seed 2.`);
  const possible = scenarios.filter(({ short }) => !values.short || short);
  const chosen = possible.filter(({ name }) => values.only === undefined || name.includes(values.only));
  if (chosen.length === 0)
    throw new Error(`No scenario is called "${values.only}". There are:\n${possible.map(({ name }) => name).join('\n')}`);
  const began = Date.now();
  const played: Played[] = [];
  say(heading);
  for (const scenario of chosen) played.push(...(await one(scenario, seed)));
  const failed = chosen.length - played.length;
  say(`\n${summary(played, failed, (Date.now() - began) / 1_000)}`);
  if (failed > 0 || played.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
}

/** Nothing when it came to no verdict: the others are played all the same. */
async function one(scenario: Scenario, seed: number): Promise<readonly Played[]> {
  const size = (values.short ? scenario.short : undefined) ?? scenario.long;
  const again = `    again: npm run faults -- --only '${scenario.name}' --seed ${seed}${values.short ? ' --short' : ''}`;
  const showing = createShowing(scenario.name, process.stderr);
  try {
    const played = await play(scenario, size, seed, showing.show).finally(showing.end);
    say(row(scenario.name, seed, played));
    for (const { kind, what } of played.violations.slice(0, SHOWN_AT_MOST)) say(`    ${kind}: ${what}`);
    if (played.violations.length > 0)
      say(`    ${played.violations.length} violations; what the desk said is in ${played.folder}\n${again}`);
    return [played];
  } catch (error) {
    say(`    ${scenario.name} came to no verdict: ${error}\n${again}`);
    return [];
  }
}

main().catch((error) => {
  say(String(error));
  process.exitCode = 1;
});
