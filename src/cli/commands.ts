/** A command line run by the server that has the store, for whoever may read its data folder. */
import { Readable, Writable } from 'node:stream';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandLine, Commands, Said } from '../api/commands';
import type { Running } from '../running';
import { UsageError } from './lines';
import { run } from './program';
import { type StoreDesk, storeActions } from './storeActions';
import { addStoreCommands } from './storeProgram';

/** Only commands that need the store and nothing else are known here. `changed` is called after each: it may have written anything. */
export function createCommands(desk: StoreDesk, changed: () => void): Commands {
  return async ({ argv, input = '' }, say) => {
    const writer = (said: (text: string) => Said): Writable =>
      new Writable({
        decodeStrings: false,
        write(text: string, _, done) {
          say(said(text));
          done();
        },
      });
    const [output, error] = [writer((out) => ({ out })), writer((err) => ({ err }))];
    let ended = 0;
    const program = new Command('qiao').exitOverride();
    program.configureOutput({ writeOut: (line) => void output.write(line), writeErr: (line) => void error.write(line) });
    const terminal = { input: Readable.from([input]), output, error };
    const actions = storeActions(terminal, {
      using: (_, use) => use(desk),
      // The files of whoever asks are not this process's to look for.
      read: async (file) => {
        if (file === '-') return input;
        throw new UsageError(`${file} is not read here; send what it holds as the input of -`);
      },
      ended: (code) => {
        ended = code;
      },
    });
    addStoreCommands(program, actions);
    const code = await run(program, argv, (line) => void error.write(`${line}\n`));
    changed();
    return code || ended;
  };
}

const Part = z.union([z.object({ out: z.string() }), z.object({ err: z.string() }), z.object({ code: z.number() })]);
const WAIT_MS = 60_000;

/** The same command line run by the running server; resolves to its exit code. Throws UsageError when it does not answer, or not to the end. */
export async function commandAt({ url, token }: Running, line: CommandLine, say: (said: Said) => void): Promise<number> {
  const late = new AbortController();
  const waiting = setTimeout(() => late.abort(), WAIT_MS);
  const response = await fetch(`${url}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(line),
    signal: late.signal,
  }).catch(() => null);
  clearTimeout(waiting);
  if (!response?.ok || !response.body)
    throw new UsageError(`the server at ${url}, which has the data folder, does not answer; look at its log, or stop it first`);
  try {
    for await (const text of linesIn(response.body)) {
      const part = Part.parse(JSON.parse(text));
      if ('code' in part) return part.code;
      say(part);
    }
  } catch {
    // Cut off in the midst of it, which is told below.
  }
  throw new UsageError(`the server at ${url} ended before the command did; start it, then run the command again`);
}

/** Ended by a line feed alone: what a command writes may hold every other sign that ends a line. */
async function* linesIn(body: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let begun = '';
  for await (const bytes of body) {
    const [first = '', ...others] = decoder.decode(bytes, { stream: true }).split('\n');
    begun += first;
    for (const next of others) {
      yield begun;
      begun = next;
    }
  }
}
