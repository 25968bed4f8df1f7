/** The structured log: one JSON line per event, never a customer's words, phones masked, secrets cut out. */
import pino, { type Logger } from 'pino';

export type Log = Logger;

/** 13812345678 → 138****5678; a run of seven digits or more keeps its first three and last four. Ticket numbers stay readable. */
export function maskPhones(text: string): string {
  return text.replace(/\d{7,}(?!\d|-\d{4})/g, (digits) => `${digits.slice(0, 3)}****${digits.slice(-4)}`);
}

function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskPhones(value);
  if (typeof value === 'number') return Math.round(value * 100) / 100;
  if (Array.isArray(value)) return value.map(maskValue);
  return value;
}

/** What failed and where. Fields of the error are left out: a driver's may carry the document it could not write. */
function tellError(error: unknown): unknown {
  if (!(error instanceof Error)) return maskValue(error);
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message: maskPhones(message),
    ...('code' in error && { code: error.code }),
    ...(stack !== undefined && { stack: maskPhones(stack) }),
    ...(cause instanceof Error && { cause: tellError(cause) }),
  };
}

const secretPaths = ['token', 'secret', 'authorization', 'cookie', '*.token', '*.secret', '*.authorization', '*.cookie', 'headers'];

/** `destination` is for tests; the log goes to stderr so that a command's stdout stays its answer. */
export function createLog(level: string, destination: pino.DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      serializers: { err: tellError },
      redact: { paths: secretPaths, censor: '[secret]' },
      formatters: { log: (line) => Object.fromEntries(Object.entries(line).map(([key, value]) => [key, maskValue(value)])) },
      hooks: {
        logMethod(args, method) {
          const masked = args.map((arg) => (typeof arg === 'string' ? maskPhones(arg) : arg)) as typeof args;
          method.apply(this, masked);
        },
      },
    },
    destination,
  );
}
