/** A child process that says on its first line where it listens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LOADER = join(__dirname, '../support/typescript.cjs');

export type Child = Readonly<{
  process: ChildProcess;
  /** What it said first; null when it ended before. */
  ready: Promise<string | null>;
  ended: Promise<NodeJS.Signals | null>;
}>;

/** For the child: ends it when whoever started it is gone. */
export const endWithCaller = (): void => {
  process.stdin.resume().once('end', () => process.exit());
  process.stdin.once('error', () => process.exit());
};

/** Runs a TypeScript file of this folder; what it complains of goes to `log`. */
export function run(script: string, orders: object, log: string): Child {
  const errors = openSync(log, 'a');
  const child = spawn(process.execPath, ['-r', LOADER, join(__dirname, script), JSON.stringify(orders)], {
    // Its end of this pipe closes when the caller dies, however it dies.
    stdio: ['pipe', 'pipe', errors],
    env: { PATH: process.env.PATH },
  });
  closeSync(errors); // the child has its own
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  if (!child.stdout) throw new Error('a child without a voice cannot say where it listens');
  const lines = createInterface({ input: child.stdout });
  const ready = Promise.race([once(lines, 'line').then(([line]) => String(line)), ended.then(() => null)]);
  return { process: child, ready, ended };
}
