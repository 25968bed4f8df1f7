// npm run bench:turns — durable turns per second of Qiao's synchronous webhook on the embedded store, beside a botbuilder-dialogs
// bot with memory state and a bare express echo, same driver, same run, in turn. `--mongodb URI` adds Qiao on a MongoDB.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drive } from './turns/drive.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    customers: { type: 'string', default: '32' },
    conversations: { type: 'string', default: '300' },
    mongodb: { type: 'string' },
  },
});
const say = (line) => process.stdout.write(`${line}\n`);
const secret = 'the bench signs with this';

function start(script, env = {}, pattern = /http:\/\/127\.0\.0\.1:\d+/) {
  const child = spawn(process.execPath, [script], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let out = '';
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it listened:\n${out}`)));
    child.stdout.on('data', (part) => {
      out += part;
      const url = pattern.exec(out)?.[0];
      if (url) resolve({ child, url });
    });
  });
}

const webhookMessage = (user, text, id) => {
  const body = JSON.stringify({ id, user, text });
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = { 'x-qiao-signature': signature, 'x-qiao-timestamp': String(Math.floor(Date.now() / 1000)) };
  return { path: '/channels/webhook/bench?reply=sync', body, headers };
};
const activity = (user, text, id) => ({
  path: '/api/messages',
  body: JSON.stringify({
    type: 'message',
    id,
    text,
    channelId: 'bench',
    serviceUrl: 'http://127.0.0.1:9',
    deliveryMode: 'expectReplies',
    conversation: { id: user },
    from: { id: user },
    recipient: { id: 'bot' },
  }),
  headers: {},
});
const plain = (user, text, id) => ({ path: '/messages', body: JSON.stringify({ id, user, text }), headers: {} });

const folders = [];
const qiao = (extra) => {
  const folder = mkdtempSync(join(tmpdir(), 'qiao-bench-'));
  folders.push(folder);
  const accounts = JSON.stringify([{ account: 'bench', secret }]);
  return start(join(here, '../dist/src/main.js'), {
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    WEBHOOK_ACCOUNTS: accounts,
    ...extra,
  });
};
const peers = [
  { name: 'qiao, embedded', message: webhookMessage, begin: () => qiao({ MONGODB_URI: '' }) },
  ...(values.mongodb ? [{ name: 'qiao, mongodb', message: webhookMessage, begin: () => qiao({ MONGODB_URI: values.mongodb }) }] : []),
  { name: 'botbuilder', message: activity, begin: () => start(join(here, 'turns/botbuilder.cjs')) },
  { name: 'echo', message: plain, begin: () => start(join(here, 'turns/echo.cjs')) },
];

/** Processor milliseconds a process has used so far, where the system tells (Linux): steadier than the clock on a busy machine. */
function cpuOf({ pid }) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const options = { customers: Number(values.customers), conversations: Number(values.conversations) };
try {
  for (const peer of peers) Object.assign(peer, await peer.begin(), { results: [] });
  for (const peer of peers) await drive(peer, { ...options, conversations: 100, prefix: 'warm' });
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const peer of peers) {
      const before = cpuOf(peer.child);
      const result = await drive(peer, { ...options, prefix: `r${round}` });
      peer.results.push({ ...result, cpu: (cpuOf(peer.child) - before) / result.turns });
    }
  }
  for (const peer of peers) {
    const of = (key) => median(peer.results.map((result) => result[key]));
    peer.rate = of('perSecond');
    const rates = peer.results.map((result) => Math.round(result.perSecond)).join(' ');
    say(
      `${peer.name.padEnd(16)} ${peer.rate.toFixed(0).padStart(6)} turns/s  p50 ${of('p50').toFixed(2)} ms  p99 ${of('p99').toFixed(2)} ms  cpu ${of('cpu').toFixed(2)} ms/turn  (${rates})`,
    );
  }
  for (const peer of peers.filter(({ name }) => name.startsWith('qiao'))) {
    const { status, messages } = await (await fetch(`${peer.url}/readyz`)).json();
    say(`${peer.name}: ${status}, ${messages.accepted} messages accepted, ${messages.pending} pending, ${messages.lost} lost`);
  }
  for (const peer of peers.filter(({ name }) => name.startsWith('qiao'))) {
    const paired = (other) => median(peer.results.map((result, round) => result.perSecond / other.results[round].perSecond));
    const beside = peers.slice(-2).map((other) => `${paired(other).toFixed(2)} × ${other.name}`);
    say(`${peer.name}: ${beside.join(', ')} (median of the rounds' ratios)`);
  }
} finally {
  for (const { child } of peers) child?.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
