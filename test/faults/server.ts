/** One place where a desk runs: it is started again whenever it dies, and can be killed, frozen and set to another time. */
import type { CrashPoint } from '../../src/conversation/deps';
import { pause } from './pause';
import { type Child, run } from './process';

export type Crash = Readonly<{ point: CrashPoint; nth: number }>;

export type Server = Readonly<{
  /** Null while it is dead or not up yet. */
  url(): string | null;
  kills(): number;
  /** Resolves when it is up. */
  up(): Promise<void>;
  kill(): Promise<void>;
  freeze(ms: number): Promise<void>;
  /** From now on its clock goes wrong by so much; a restart mends it. */
  shiftClock(ms: number): Promise<void>;
  /** Ends it in good order, for good. */
  stop(): Promise<void>;
  /** Ends it at once, for good, whatever it is at. */
  end(): void;
}>;

/** Runs a TypeScript file of this folder, which says on its first line where it listens; `orders` are asked for once a life. */
export function keepServer(script: string, orders: () => object, log: string): Server {
  let child: Child | null = null;
  let url: string | null = null;
  let kills = 0;
  let stopping = false;
  const waiting: (() => void)[] = [];

  async function live(): Promise<void> {
    child = run(script, orders(), log);
    const said = await child.ready;
    if (said !== null) {
      url = said;
      for (const wake of waiting.splice(0)) wake();
    }
    const signal = await child.ended;
    url = null;
    if (stopping) return;
    if (signal !== 'SIGKILL') throw new Error(`A desk ended by itself; see ${log}.`);
    kills += 1;
    return live();
  }
  const life = live();
  life.catch(() => undefined); // whoever waits for it hears

  const up = async (): Promise<void> => {
    if (url === null) await Promise.race([life, new Promise<void>((resolve) => waiting.push(resolve))]);
  };
  return {
    url: () => url,
    kills: () => kills,
    up,
    async kill() {
      await up();
      url = null;
      child?.process.kill('SIGKILL');
      await child?.ended;
    },
    async freeze(ms) {
      await up();
      const frozen = child;
      frozen?.process.kill('SIGSTOP');
      await pause(ms);
      frozen?.process.kill('SIGCONT');
    },
    async shiftClock(ms) {
      await up();
      await fetch(`${url}/faults/clock/${ms}`, { method: 'POST' });
    },
    async stop() {
      await up();
      stopping = true;
      child?.process.kill('SIGTERM');
      await life;
    },
    end() {
      stopping = true;
      child?.process.kill('SIGKILL');
    },
  };
}
