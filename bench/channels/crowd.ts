/** What all rows share: a desk of its own for the channel, and customers at once who each ask, wait for the answer and ask again. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, startServer } from '../../test/support/program';

export type Crowd = Readonly<{ users: number; rounds: number }>;
/** `times` in milliseconds, one for each answer; `mb` is what the desk holds in resident memory at the end. */
export type Measured = Readonly<{ times: readonly number[]; seconds: number; mb: number }>;
/** Resolves once the answer is there. */
export type Ask = (user: string, round: number) => Promise<unknown>;

export const QUESTION = '怎么更换接收短信的手机号码？';

export const usersOf = ({ users }: Crowd): readonly string[] => Array.from({ length: users }, (_, n) => `c${n}`);

/** Starts the desk with this environment, lets everybody ask at once, and takes the desk away again. `prepare` sees its folder before. */
export async function measured(
  environment: Readonly<Record<string, string>>,
  crowd: Crowd,
  open: (desk: Running) => Ask | Promise<Ask>,
  prepare: (folder: string) => Promise<unknown> = async () => undefined,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bench-'));
  await prepare(folder);
  const desk = await startServer(folder, environment);
  try {
    const ask = await open(desk);
    const times: number[] = [];
    const customer = async (user: string): Promise<void> => {
      for (let round = 1; round <= crowd.rounds; round += 1) {
        const began = performance.now();
        await ask(user, round);
        times.push(performance.now() - began);
      }
    };
    const began = performance.now();
    await Promise.all(usersOf(crowd).map(customer));
    return { times, seconds: (performance.now() - began) / 1_000, mb: residentMb(desk.pid) };
  } finally {
    await desk.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const residentMb = (pid: number): number => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;

/** Where answers are waited for: one at a time for each user. */
export function createPostbox(): Readonly<{ arrived(user: string): void; answerTo(user: string, say: () => unknown): Promise<void> }> {
  const waiting = new Map<string, () => void>();
  return {
    arrived(user) {
      waiting.get(user)?.();
      waiting.delete(user);
    },
    answerTo: (user, say) =>
      new Promise((resolve, reject) => {
        waiting.set(user, resolve);
        Promise.resolve(say()).catch(reject);
      }),
  };
}
