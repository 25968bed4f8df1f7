/** The line to the desk: gets and renews the visitor's token, holds the socket, comes back after every interruption. */
import { io, type Socket } from 'socket.io-client';
import {
  type FromVisitor,
  type Line,
  type Lines,
  type Message,
  paths,
  type Refused,
  type Sent,
  type Session,
  type ToVisitor,
} from '../../adapters/web/wire';
import type { Carried } from './outbox';
import type { Memory } from './storage';

export type Hears = Readonly<{
  online(on: boolean): void;
  lines(lines: readonly Line[]): void;
  typing(on: boolean): void;
  /** The desk no longer knows who we were: what is on screen belongs to somebody it cannot name. */
  stranger(): void;
}>;

export type Connection = Readonly<{
  open(): void;
  send(message: Message): Promise<Carried>;
  /** Null when the line broke. */
  sync(after: number): Promise<Lines | Refused | null>;
  token(): string | null;
  close(): void;
}>;

type Deps = Readonly<{ server: string; account: string | null; memory: Memory; lastSeq(): number; hears: Hears }>;

const ACK_MS = 10_000;
const RETRY_MS = 3000;

export function createConnection({ server, account, memory, lastSeq, hears }: Deps): Connection {
  let socket: Socket<ToVisitor, FromVisitor> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function startSession(): Promise<void> {
    const token = memory.get('token');
    const response = await fetch(server + paths.session, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(account === null ? {} : { account }),
    });
    // Our own server, in the shape of wire.ts.
    const session = (await response.json()) as Session | Refused;
    if (!session.ok) throw new Error(session.code);
    if (memory.get('visitor') !== session.visitor && memory.get('visitor') !== null) hears.stranger();
    memory.set('token', session.token);
    memory.set('visitor', session.visitor);
  }

  const again = (ms: number): void => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void connect(), ms);
  };

  async function connect(): Promise<void> {
    try {
      await startSession();
    } catch {
      hears.online(false);
      return again(RETRY_MS);
    }
    if (closed) return;
    socket ??= listen();
    socket.connect();
  }

  function listen(): Socket<ToVisitor, FromVisitor> {
    const made: Socket<ToVisitor, FromVisitor> = io(server, {
      path: paths.socket,
      autoConnect: false,
      // Polling is for networks that forbid web sockets.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 8000,
      auth: (give) => give({ token: memory.get('token'), lastSeq: lastSeq() }),
    });
    made.on('connect', () => hears.online(true));
    made.on('disconnect', () => {
      hears.online(false);
      // A server that hung up on us is not called again by the library.
      if (!made.active) again(RETRY_MS);
    });
    made.on('connect_error', () => {
      hears.online(false);
      // Refused by the desk itself, so the library gives up: a fresh session settles an old token.
      if (!made.active) again(RETRY_MS);
    });
    made.on('lines', hears.lines);
    made.on('typing', hears.typing);
    return made;
  }

  return {
    open: () => again(0),
    async send(message) {
      if (!socket?.connected) return 'offline';
      const carried: Sent | Refused | 'lost' = await socket
        .timeout(ACK_MS)
        .emitWithAck('send', message)
        .catch(() => 'lost' as const);
      if (carried !== 'lost' && !carried.ok && carried.code === 'unauthorized') {
        // The token was read when the line was opened, so a new one needs a new line.
        socket.disconnect();
        again(0);
      }
      return carried;
    },
    sync: async (after) =>
      socket?.connected
        ? socket
            .timeout(ACK_MS)
            .emitWithAck('sync', after)
            .catch(() => null)
        : null,
    token: () => memory.get('token'),
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.disconnect();
    },
  };
}
