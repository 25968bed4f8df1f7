/** Standard input line by line, and answers line by line: how every command of the CLI reads and writes. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process; tests hand in their own. */
export type Terminal = Readonly<{ input: Readable & { isTTY?: boolean }; output: Writable; error: Writable }>;

/** A command cannot go on because of what it was given: the message says what to do, the process ends with 2. */
export class UsageError extends Error {
  readonly code = 'usage';
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Lines without their ends; blank lines are skipped, a byte order mark is dropped. */
export async function* linesOf(input: Readable): AsyncIterable<string> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.replace(/^\uFEFF/, '');
    if (text.trim()) yield text;
  }
}

export function print(terminal: Terminal, line: string): void {
  terminal.output.write(`${line}\n`);
}

export function printJson(terminal: Terminal, value: unknown): void {
  print(terminal, JSON.stringify(value));
}

/** A line that begins with { is JSON, anything else is plain text. Throws UsageError on broken JSON. */
export function readLine(line: string): string | Readonly<Record<string, unknown>> {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw new UsageError(`this line begins like JSON and is not: ${line.slice(0, 60)}`);
  }
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
/** ISO 8601 durations in days, hours, minutes and seconds → milliseconds. Throws UsageError. */
export function milliseconds(duration: string): number {
  const match = DURATION.exec(duration);
  if (!match || duration.length < 3 || duration.endsWith('T')) throw new UsageError(`${duration} is no duration; write PT15M, PT2H or P1D`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
