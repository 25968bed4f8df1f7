/** A command line run by the server that has the store, for whoever may read its data folder. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { z } from 'zod';
import type { Commands, Ran } from '../api/commands';
import type { Audit } from '../conversation/conversations';
import type { Running } from '../running';
import type { Store } from '../store/store';
import { UsageError } from './lines';
import { run } from './program';
import { storeActions } from './storeActions';
import { addStoreCommands } from './storeProgram';

/** Only commands that need the store and nothing else are known here. */
export function createCommands(desk: Readonly<{ store: Store; audit: () => Promise<Audit> }>): Commands {
  return async (argv) => {
    const [output, error] = [new PassThrough(), new PassThrough()];
    const written = Promise.all([text(output), text(error)]);
    let ended = 0;
    const program = new Command('qiao').exitOverride();
    program.configureOutput({ writeOut: (line) => void output.write(line), writeErr: (line) => void error.write(line) });
    const using = (_: string | undefined, use: (given: typeof desk) => Promise<void>): Promise<void> => use(desk);
    const actions = storeActions({ input: new PassThrough(), output, error }, using, (code) => {
      ended = code;
    });
    addStoreCommands(program, actions);
    const code = await run(program, argv, (line) => void error.write(`${line}\n`));
    output.end();
    error.end();
    const [out, err] = await written;
    return { out, err, code: code || ended };
  };
}

const Answer = z.object({ out: z.string(), err: z.string(), code: z.number() });
const WAIT_MS = 60_000;

/** The same command line run by the running server. Throws UsageError when it does not answer. */
export async function commandAt({ url, token }: Running, argv: readonly string[]): Promise<Ran> {
  const response = await fetch(`${url}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ argv }),
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch(() => null);
  const answer = Answer.safeParse(await response?.json().catch(() => null));
  if (!answer.success)
    throw new UsageError(`the server at ${url}, which has the data folder, does not answer; look at its log, or stop it first`);
  return answer.data;
}
