/** Brings a scenario's troubles over its servers: kills, frozen processes, wrong clocks, parties that are away. */
import type { CrashPoint } from '../../src/conversation/deps';
import { pause } from './pause';
import type { Platform } from './platform';
import type { Random } from './random';
import { CRASH_POINTS, type Scenario, type Trouble } from './scenarios';
import type { Crash, Server } from './server';
import type { Weather } from './weather';

export type Troubled = Readonly<{
  servers: readonly Server[];
  weather: Readonly<Record<'callback' | 'desk', Weather>>;
  random: Random;
  platform: Pick<Platform, 'working' | 'dies'>;
  /** Processes to be killed in all. */
  kills: number;
}>;

/** A server killed somewhere or other in this time after it is up. */
const KILLED_WITHIN_MS = 300;
/** Where nobody writes before it works, all write then. */
const KILLED_AT_WORK_MS = 2_000;
/** A gateway that is back serves for up to so long before it dies again. */
const BETWEEN_DEATHS_MS = 4_000;
/** A plan of kills on which nothing happens for so long is stuck; a machine may be as slow as it likes. */
const NO_KILL_MS = 180_000;

/** Resolves once all of it has happened. Rejects when no process dies any more although more were to. */
export async function bring(troubles: readonly Trouble[], given: Troubled): Promise<void> {
  await Promise.all([...troubles.map((trouble) => one(trouble, given)), killed(given)]);
}

async function one(trouble: Trouble, { servers, weather, random, platform, kills }: Troubled): Promise<void> {
  const chance = random.fork(trouble.kind);
  function some(): Server {
    const server = servers[chance.below(servers.length)];
    if (!server) throw new Error('there is no server');
    return server;
  }
  switch (trouble.kind) {
    case 'crash':
      return;
    case 'kill':
      for (let n = 0; n < kills; n += 1) {
        const server = some();
        await server.up();
        await platform.working?.();
        await pause(chance.below(platform.working ? KILLED_AT_WORK_MS : KILLED_WITHIN_MS));
        await server.kill();
      }
      return;
    case 'freeze':
      for (let n = 0; n < trouble.times; n += 1) {
        await pause(chance.below(400));
        await some().freeze(trouble.ms);
      }
      return;
    case 'clock':
      for (const step of trouble.steps) {
        await pause(200 + chance.below(300));
        await some().shiftClock(step);
      }
      return;
    case 'gateway':
      for (let n = 0; n < trouble.times; n += 1) {
        await platform.working?.();
        await pause(chance.below(BETWEEN_DEATHS_MS));
        await platform.dies?.(trouble.ms);
      }
      return;
    case 'outage':
      for (let n = 0; n < trouble.times; n += 1) {
        await pause(chance.below(400));
        weather[trouble.of].force('down');
        await pause(trouble.ms);
        weather[trouble.of].force(null);
      }
  }
}

export const killsOf = (servers: readonly Server[]): number => servers.reduce((sum, server) => sum + server.kills(), 0);

async function killed({ servers, kills }: Troubled): Promise<void> {
  let [before, since] = [0, Date.now()];
  for (let now = 0; now < kills; await pause(20)) {
    now = killsOf(servers);
    if (now > before) [before, since] = [now, Date.now()];
    else if (Date.now() - since > NO_KILL_MS)
      throw new Error(`no desk was killed for ${NO_KILL_MS / 60_000} minutes, after ${now} of ${kills}`);
  }
}

/** One for each kill, the points in turn; the last life has none. */
export function crashPlan({ troubles }: Scenario, kills: number, random: Random): Crash[] {
  const trouble = troubles?.find((one) => one.kind === 'crash');
  if (trouble?.kind !== 'crash') return [];
  const points: readonly CrashPoint[] = trouble.points ?? CRASH_POINTS;
  return Array.from({ length: kills }, (_, n) => ({ point: points[n % points.length] ?? 'saved', nth: 1 + random.below(6) }));
}
