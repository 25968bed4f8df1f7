/** A small MongoDB for tests: real sockets, the real wire protocol, data in memory, and faults on demand. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createCommands } from './commands';
import { CommandError } from './failure';
import { type Reply, type Request, readRequests, writeReply } from './wire';

/** What goes wrong with the next command of that name: before it is executed or `after`. */
export type Fault = Readonly<{ command: string; after?: boolean; times?: number }> &
  (
    | Readonly<{ drop: true }>
    | Readonly<{ delayMs: number }>
    | Readonly<{ error: Readonly<{ code: number; errmsg: string }> & Readonly<Record<string, unknown>> }>
  );

export const NOT_PRIMARY = { code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary' } as const;

export type Mongod = Readonly<{
  uri: string;
  faults: Readonly<{ next(fault: Fault): void; clear(): void }>;
  /** The names of the commands that arrived, oldest first. */
  log: readonly string[];
  /** Cuts every connection and refuses new ones; the data stays. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
}>;

/** `slowMs`: how much later every answer comes. */
export async function startMongod({ slowMs = 0 }: Readonly<{ slowMs?: number }> = {}): Promise<Mongod> {
  const execute = createCommands();
  const log: string[] = [];
  let faults: { fault: Fault; left: number }[] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let server: Server | null = null;
  let port = 0;

  const take = (command: string): Fault | null => {
    const found = faults.find(({ fault, left }) => fault.command === command && left > 0);
    if (found === undefined) return null;
    found.left -= 1;
    return found.fault;
  };
  const answer = (socket: Socket, request: Request): void => {
    const [name = ''] = Object.keys(request.command);
    log.push(name);
    const fault = take(name);
    const early = fault !== null && fault.after !== true;
    let reply: Reply = { ok: 0 };
    if (fault === null || !early || 'delayMs' in fault) reply = run(execute, request);
    if (fault !== null && 'error' in fault) reply = { ok: 0, ...fault.error };
    if (fault !== null && 'drop' in fault) {
      socket.destroy();
      return;
    }
    const send = (): void => {
      if (request.answer && !socket.destroyed) socket.write(writeReply(request, reply));
    };
    const waitMs = slowMs + (fault !== null && 'delayMs' in fault ? fault.delayMs : 0);
    if (waitMs === 0) {
      send();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      send();
    }, waitMs);
    timers.add(timer);
  };
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const read = readRequests(Buffer.concat([rest, chunk]));
      rest = read.rest;
      for (const request of read.requests) answer(socket, request);
    });
    socket.on('error', () => socket.destroy()); // a client that went away is no news
    socket.on('close', () => sockets.delete(socket));
  };
  const restart = async (): Promise<void> => {
    server = createServer(serve).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port; // a TCP server has one
  };
  const stop = async (): Promise<void> => {
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    server = null;
    for (const socket of sockets) socket.destroy();
    for (const timer of timers) clearTimeout(timer);
    await closed;
  };

  await restart();
  return {
    uri: `mongodb://127.0.0.1:${port}/qiao`,
    faults: {
      next: (fault) => faults.push({ fault, left: fault.times ?? 1 }),
      clear: () => {
        faults = [];
      },
    },
    log,
    stop,
    restart,
  };
}

function run(execute: (command: Request['command']) => Reply, request: Request): Reply {
  try {
    return { ...execute(request.command), ok: 1 };
  } catch (error) {
    if (error instanceof CommandError) return { ok: 0, ...error.details };
    return { ok: 0, code: 1, codeName: 'InternalError', errmsg: String(error) };
  }
}
