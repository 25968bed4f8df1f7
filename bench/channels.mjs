// npm run bench:channels -- [NAME…] — from a message on the wire to its reply there: p50 and p99 under 100 customers at once against the built
// server and the channel's simulator, and what loading the adapter costs in time and memory.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
// The simulators are those of the tests, read as they stand: node -r ./test/support/typescript.cjs
const require = createRequire(import.meta.url);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { customers: { type: 'string', default: '100' }, messages: { type: 'string', default: '10' } },
});
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * By name: `open(route)` starts the simulator, which finds the desk at `route()`; `env` is what the server is told, and `ask(user, text)` sends a
 * message and resolves once its customer has the reply.
 */
const channels = {
  'wechat-official': async (route) => {
    const { configured, openOfficialPlatform, school } = require('../test/support/wechat-official/platform.ts');
    const platform = await openOfficialPlatform({ accounts: [school], route });
    return {
      env: { WECHAT_OFFICIAL_ACCOUNTS: JSON.stringify([configured(school, platform.url)]) },
      async ask(user, text) {
        const { text: reply } = await platform.say('school', user, text);
        if (reply === undefined) throw new Error(`${user} got no answer in the response`);
      },
      close: platform.close,
    };
  },
};

function startServer(folder, env) {
  const told = { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', ...env };
  const child = spawn(process.execPath, [join(here, '../dist/src/main.js')], {
    env: told,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let out = '';
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened:\n${out}`)));
    child.stdout.on('data', (part) => {
      out += part;
      const url = /http:\/\/127\.0\.0\.1:\d+(?=\/readyz)/.exec(out)?.[0];
      if (url) resolve({ child, url });
    });
  });
}

/** Loading an adapter in a process that has loaded nothing else: milliseconds, and megabytes of memory it keeps. */
function loading(name) {
  const script = `
    const rss = () => { globalThis.gc(); return process.memoryUsage().rss; };
    const before = rss(), at = performance.now();
    await import(process.argv[1]);
    process.stdout.write(JSON.stringify({ ms: performance.now() - at, mb: (rss() - before) / 1048576 }));`;
  const args = ['--expose-gc', '--input-type=module', '-e', script, join(here, `../dist/adapters/${name}/index.js`)];
  const runs = Array.from({ length: 5 }, () => JSON.parse(execFileSync(process.execPath, args)));
  const median = (of) => runs.map(of).toSorted((a, b) => a - b)[2];
  return { ms: median(({ ms }) => ms), mb: median(({ mb }) => mb) };
}

const questions = ['怎么退订', '学生卡丢了怎么办', '收不到短信', '怎么开通', '人工客服几点上班'];

async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), 'qiao-bench-'));
  let url = '';
  const channel = await channels[name](() => url);
  const { child, url: listening } = await startServer(folder, channel.env);
  url = listening;
  try {
    const times = [];
    const customer = async (user, messages, keep) => {
      for (let n = 0; n < messages; n += 1) {
        const at = performance.now();
        await channel.ask(user, questions[n % questions.length]);
        if (keep) times.push(performance.now() - at);
      }
    };
    const crowd = (prefix, messages, keep) =>
      Promise.all(Array.from({ length: Number(values.customers) }, (_, n) => customer(`${prefix}${n}`, messages, keep)));
    await crowd('warm', 2, false);
    const began = performance.now();
    await crowd('c', Number(values.messages), true);
    const seconds = (performance.now() - began) / 1000;
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)].toFixed(0);
    const { ms, mb } = loading(name);
    say(
      `${name.padEnd(16)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  ${(times.length / seconds).toFixed(0)} messages/s  import ${ms.toFixed(0)} ms  ${mb.toFixed(1)} MB`,
    );
  } finally {
    child.kill();
    await channel.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const name of positionals.length > 0 ? positionals : Object.keys(channels)) {
  if (!channels[name]) throw new Error(`no channel is called ${name}; there are: ${Object.keys(channels).join(', ')}`);
  await measure(name);
}
