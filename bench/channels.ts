/**
 * npm run bench:channels -- NAME…: from a customer's message on the platform's wire to the answer there, against the built server and the
 * channel's simulator with 100 customers at once; and what loading the adapter costs.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Crowd, Measured } from './channels/crowd';
import { measureEmail } from './channels/email';
import { measureSlackCard, measureSlackWord } from './channels/slack';
import { measureTeams } from './channels/teams';
import { measureWeb } from './channels/web';
import { measureWebhook } from './channels/webhook';
import { measureWechat } from './channels/wechat';
import { measureWechatOfficial } from './channels/wechatOfficial';
import { measureWecom } from './channels/wecom';

const root = resolve(__dirname, '..');
const CROWD: Crowd = { users: 100, rounds: 3 };

/** Slack takes one post a second into a channel, and a card is two: with more customers the figure would be that pace alone. */
const FEW: Crowd = { users: 10, rounds: 3 };

type Row = Readonly<{ measure: (crowd: Crowd) => Promise<Measured>; loads: readonly string[]; crowd?: Crowd }>;
const adapter = (name: string): string => resolve(root, `dist/adapters/${name}/index.js`);

/** One line a row: how to measure it, and what is loaded when it is switched on. */
const rows: Readonly<Record<string, Row>> = {
  web: { measure: measureWeb, loads: [adapter('web')] },
  webhook: { measure: measureWebhook, loads: [adapter('webhook')] },
  email: { measure: measureEmail, loads: [adapter('email')] },
  wechat: { measure: measureWechat, loads: [adapter('wechat'), 'wechaty', 'file-box', 'wechaty-puppet-service'] },
  'wechat-official': { measure: measureWechatOfficial, loads: [adapter('wechat-official')] },
  wecom: { measure: measureWecom, loads: [adapter('wecom')] },
  teams: { measure: measureTeams, loads: [adapter('teams')] },
  'slack-card': { measure: measureSlackCard, loads: [adapter('slack')], crowd: FEW },
  'slack-word': { measure: measureSlackWord, loads: [adapter('slack')], crowd: FEW },
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** Milliseconds and MB of resident memory, in a process of its own. */
function loading(modules: readonly string[]): Readonly<{ ms: number; mb: number }> {
  const script = `const r = process.memoryUsage.rss(); const t = performance.now(); ${JSON.stringify(modules)}.forEach((one) => require(one));
    console.log(JSON.stringify({ ms: performance.now() - t, mb: (process.memoryUsage.rss() - r) / 2 ** 20 })); process.exit()`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }));
}

const COLUMNS = ['users', 'answers', 'p50 ms', 'p99 ms', 'a second', 'desk MB', 'load ms', 'load MB'];
const line = (name: string, cells: readonly (string | number)[]): string =>
  [name.padEnd(15), ...cells.map((cell, n) => String(cell).padStart((COLUMNS[n]?.length ?? 0) + 2))].join('');

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const chosen = Object.entries(rows).filter(([name]) => asked.length === 0 || asked.includes(name));
  if (chosen.length === 0) throw new Error(`There is no such row here; there are: ${Object.keys(rows).join(', ')}`);
  say(line('row', COLUMNS));
  for (const [name, { measure, loads, crowd = CROWD }] of chosen) {
    const loaded = loading(loads);
    const { times, seconds, mb } = await measure(crowd);
    const sorted = [...times].sort((a, b) => a - b);
    const whole = [at(sorted, 0.5), at(sorted, 0.99)].map((ms) => ms.toFixed(0));
    const [perSecond, ...sizes] = [(times.length / seconds).toFixed(1), mb.toFixed(0), loaded.ms.toFixed(0), loaded.mb.toFixed(0)];
    say(line(name, [crowd.users, times.length, ...whole, perSecond ?? '', ...sizes]));
  }
}

main().catch((error) => {
  say(String(error));
  process.exitCode = 1;
});
