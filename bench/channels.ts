/**
 * npm run bench:channels -- NAME…: from a customer's message on the platform's wire to the answer there, against the built server and the
 * channel's simulator with 100 customers at once; and what loading the adapter costs.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Measured, measureEmail } from './channels/email';
import { measureWechatOfficial } from './channels/wechatOfficial';

const root = resolve(__dirname, '..');
const USERS = 100;
const ROUNDS = 3;

/** One line a channel: how to measure it, and the module that is loaded when it is switched on. */
const channels: Readonly<Record<string, Readonly<{ measure: (users: number, rounds: number) => Promise<Measured>; module: string }>>> = {
  email: { measure: measureEmail, module: 'dist/adapters/email/index.js' },
  'wechat-official': { measure: measureWechatOfficial, module: 'dist/adapters/wechat-official/index.js' },
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** Milliseconds and MB of resident memory, in a process of its own. */
function loading(module: string): Readonly<{ ms: number; mb: number }> {
  const script = `const r = process.memoryUsage.rss(); const t = performance.now(); require(${JSON.stringify(resolve(root, module))});
    console.log(JSON.stringify({ ms: performance.now() - t, mb: (process.memoryUsage.rss() - r) / 2 ** 20 }))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const chosen = Object.entries(channels).filter(([name]) => asked.length === 0 || asked.includes(name));
  if (chosen.length === 0) throw new Error(`There is no such channel here; there are: ${Object.keys(channels).join(', ')}`);
  say('channel          users  answers   p50 ms   p99 ms   a second  load ms  load MB');
  for (const [name, { measure, module }] of chosen) {
    const { ms, mb } = loading(module);
    const { times, seconds } = await measure(USERS, ROUNDS);
    const sorted = [...times].sort((a, b) => a - b);
    const cells = [USERS, times.length, at(sorted, 0.5).toFixed(0), at(sorted, 0.99).toFixed(0), (times.length / seconds).toFixed(1)];
    const widths = [5, 7, 7, 7, 9];
    const row = cells.map((cell, n) => String(cell).padStart(widths[n] ?? 0)).join('  ');
    say(`${name.padEnd(15)}  ${row}  ${ms.toFixed(0).padStart(7)}  ${mb.toFixed(0).padStart(7)}`);
  }
}

main().catch((error) => {
  say(String(error));
  process.exitCode = 1;
});
