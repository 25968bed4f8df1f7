/** What was built before the tests began: the program, run as its users do, as a process with an environment of its own, and the pages it serves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const program = join(root, 'dist/src/main.js');

/** The folder of the console's pages and the widget. */
export const builtPages = join(root, 'dist/console');

/** Nothing of the caller's environment reaches the program but where to find node. */
function environment(dataDir: string, more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: 'error', ...more };
}

export type Ended = Readonly<{ code: number | null; out: string; err: string }>;

/** A command from start to end, with `input` on its standard input. */
export function qiao(args: readonly string[], dataDir: string, input = '', more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: dataDir, env: environment(dataDir, more) });
  child.stdin.end(input);
  return ended(child);
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, out, err })));
}

/** A talk in the terminal that goes on until `end`; `opened` once it was answered, and so has the data folder. */
export function startChat(dataDir: string): Readonly<{ opened: Promise<unknown>; end(): Promise<Ended> }> {
  const child = spawn(process.execPath, [program, 'chat', '--json'], { cwd: dataDir, env: environment(dataDir, {}) });
  const end = ended(child);
  child.stdin.write('你好\n');
  const opened = new Promise((done) => child.stdout.once('data', done));
  return {
    opened,
    end() {
      child.stdin.end();
      return end;
    },
  };
}

export type Running = Readonly<{ url: string; pid: number; stop(signal?: NodeJS.Signals): Promise<Ended> }>;

/** The server, once it has printed where it listens. Rejects with what it said when it ends before. */
export function startServer(dataDir: string, more: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawn(process.execPath, [program], { cwd: dataDir, env: environment(dataDir, { PORT: '0', ...more }) });
  const end = ended(child);
  return new Promise((resolved, reject) => {
    let out = '';
    child.stdout.on('data', (part) => {
      out += part;
      const url = /http:\/\/127\.0\.0\.1:\d+(?=\/readyz)/.exec(out)?.[0];
      if (!url || child.pid === undefined) return;
      const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
        child.kill(signal);
        return end;
      };
      resolved({ url, pid: child.pid, stop });
    });
    end.then(({ code, err }) => reject(new Error(`the server ended with ${code}: ${err}`)));
  });
}
