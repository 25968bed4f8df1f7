/** The live side of the web chat: one room a visitor, joined by the token and never by the client's word. */
import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { History } from '../channel';
import type { Files } from '../files';
import { linesAfter } from './lines';
import { clientIp, originAllowed } from './origin';
import type { Rates } from './rates';
import type { Log, Receive } from './receive';
import type { Tokens, Visitor } from './token';
import { type BetweenProcesses, type FromVisitor, type Lines, paths, type Refused, type ToVisitor } from './wire';

type Data = { visitor: Visitor; ip: string };
type VisitorSocket = Socket<FromVisitor, ToVisitor, BetweenProcesses, Data>;
export type VisitorServer = Server<FromVisitor, ToVisitor, BetweenProcesses, Data>;

export type SocketDeps = Readonly<{
  accounts: readonly string[];
  allowedOrigins: readonly string[];
  trustedProxies: number;
  tokens: Tokens;
  files: Pick<Files, 'open'>;
  rates: Rates;
  receive: Receive;
  history: History;
  log: Log;
  open(): boolean;
}>;

/** Tabs of one browser share a visitor; more than this is not a person. */
const MOST_SOCKETS = 12;
export const roomOf = (of: Readonly<{ account: string; user: string }>): string => `${of.account}:${of.user}`;

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function createSockets(server: HttpServer, deps: SocketDeps): VisitorServer {
  const { accounts, allowedOrigins, trustedProxies, tokens, files, rates, receive, history, log, open } = deps;
  const io: VisitorServer = new Server(server, {
    path: paths.socket,
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    cors: { origin: [...allowedOrigins] },
    allowRequest: (request, decide) => decide(null, originAllowed(request.headers, allowedOrigins)),
  });

  io.use((socket, next) => {
    const visitor = tokens.read(text(socket.handshake.auth.token));
    if (!open()) return next(new Error('unavailable'));
    if (!visitor || !accounts.includes(visitor.account)) return next(new Error('unauthorized'));
    const room = roomOf({ account: visitor.account, user: visitor.id });
    if ((io.sockets.adapter.rooms.get(room)?.size ?? 0) >= MOST_SOCKETS) return next(new Error('rate_limited'));
    socket.data = { visitor, ip: clientIp(socket.request, trustedProxies) };
    next();
  });

  const sync = async (socket: VisitorSocket, after: unknown): Promise<Lines | Refused> => {
    const { visitor } = socket.data;
    const retryAfter = await rates.reads.exceeded(visitor.id);
    if (retryAfter !== null) return { ok: false, code: 'rate_limited', retryAfter };
    if (!isSeq(after)) return { ok: false, code: 'bad_request' };
    try {
      return { ok: true, lines: await linesAfter(history, files, visitor, after) };
    } catch (error) {
      log.error({ err: error }, 'web: the conversation could not be read');
      return { ok: false, code: 'unavailable' };
    }
  };

  io.on('connection', async (socket) => {
    const { visitor, ip } = socket.data;
    // A client that gives no function to call gets no answer, and nothing breaks.
    socket.on('send', async (message, ack) => {
      const result = await receive(visitor, ip, message, randomUUID());
      if (typeof ack === 'function') ack(result);
    });
    socket.on('sync', async (after, ack) => {
      const result = await sync(socket, after);
      if (typeof ack === 'function') ack(result);
    });
    await socket.join(roomOf({ account: visitor.account, user: visitor.id }));
    const missed = await sync(socket, socket.handshake.auth.lastSeq ?? 0);
    if (missed.ok) socket.emit('lines', missed.lines);
  });
  return io;
}
