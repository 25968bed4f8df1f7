/** The short version of `npm run faults`: one seed, few customers, every crash point once. */
import { play } from './play';
import { scenarios } from './scenarios';

const short = scenarios.flatMap(({ short: size, ...scenario }) => (size && !scenario.byHand ? [{ ...scenario, size }] : []));

test.each(short)(
  '$name: nothing is lost, doubled or out of order, and whatever was given up stands before a person',
  async ({ size, ...scenario }) => {
    const { violations, kills, tally } = await play({ ...scenario, long: size }, size, 1);
    expect(violations).toEqual([]);
    expect(kills).toBeGreaterThanOrEqual(scenario.poison ? 3 : (size.kills ?? 0));
    expect(tally.deadLetters).toBeGreaterThanOrEqual(scenario.poison ? 1 : 0);
  },
  120_000,
);
