/** A real server with the web chat on it, and visitors who talk to it over real HTTP and sockets. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import helmet from 'helmet';
import { io, type Socket } from 'socket.io-client';
import type { Accept, History } from '../../adapters/channel';
import type { Files } from '../../adapters/files';
import { createWeb, type Web, type WebOptions } from '../../adapters/web';
import {
  type FromVisitor,
  type Line,
  type Lines,
  paths,
  type Refused,
  type Sent,
  type Session,
  type ToVisitor,
} from '../../adapters/web/wire';
import { createFileDoor } from '../../src/files/door';
import { createFiles } from '../../src/files/files';

export const secret = 'a secret of sufficient length';
const silent = { warn: () => undefined, error: () => undefined };

export type WebServer = Readonly<{ url: string; port: number; web: Web; files: Files; stop(): Promise<void>; close(): Promise<void> }>;
type Behind = Readonly<{ accept: Accept; history: History }>;
type Serve = Partial<Omit<WebOptions, 'uploads'>> & Readonly<{ uploads: NonNullable<WebOptions['uploads']> & Readonly<{ dir: string }> }>;

/** Starts on the given port, or on any free one. `pages` are mounted behind helmet, as the real server mounts its page. */
export async function serveWeb({ accept, history }: Behind, options: Serve, port = 0, pages: readonly Router[] = []): Promise<WebServer> {
  const files = createFiles({ dir: options.uploads.dir, secret });
  const web = createWeb({ secret, history, log: silent, files, ...options });
  const door = createFileDoor(files);
  const app = express().disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use((request, response, next) => void (door(request, response) ?? next()));
  app.use(web.router);
  for (const page of pages) app.use(page);
  const server = createServer(app);
  web.attach(server);
  const stop = await web.start(accept);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is always of this shape.
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    web,
    files,
    stop,
    async close() {
      await stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export async function openSession(url: string, options: Readonly<{ account?: string; token?: string }> = {}): Promise<Session> {
  const response = await fetch(url + paths.session, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(options.token && { Authorization: `Bearer ${options.token}` }) },
    body: JSON.stringify(options.account === undefined ? {} : { account: options.account }),
  });
  // The test server answers in the shape the wire types promise.
  return (await response.json()) as Session;
}

export type Answered<T> = Readonly<{ status: number; body: T }>;
export async function postMessage(url: string, token: string, message: unknown): Promise<Answered<Sent | Refused>> {
  const response = await fetch(url + paths.messages, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(message),
  });
  return { status: response.status, body: (await response.json()) as Sent | Refused };
}

export async function readMessages(url: string, token: string, after = 0): Promise<Answered<Lines | Refused>> {
  const response = await fetch(`${url}${paths.messages}?after=${after}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Lines | Refused };
}

/** A visitor's open socket; `lines` holds everything pushed so far. */
export type LiveVisitor = Readonly<{
  socket: Socket<ToVisitor, FromVisitor>;
  lines: readonly Line[];
  send(message: unknown): Promise<Sent | Refused>;
  sync(after: unknown): Promise<Lines | Refused>;
  /** Resolves with the lines once at least this many have come. */
  heard(count: number): Promise<readonly Line[]>;
  leave(): void;
}>;

/** Resolves when connected; rejects with the server's reason when refused. */
export async function connect(url: string, token: string, lastSeq = 0): Promise<LiveVisitor> {
  const socket: Socket<ToVisitor, FromVisitor> = io(url, {
    path: paths.socket,
    auth: { token, lastSeq },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const lines: Line[] = [];
  const waiting: { count: number; tell(): void }[] = [];
  socket.on('lines', (pushed) => {
    lines.push(...pushed);
    for (const one of waiting) if (lines.length >= one.count) one.tell();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return {
    socket,
    lines,
    send: (message) => socket.timeout(5000).emitWithAck('send', message),
    sync: (after) => socket.timeout(5000).emitWithAck('sync', after),
    heard: (count) =>
      new Promise((resolve) => {
        if (lines.length >= count) resolve(lines);
        else waiting.push({ count, tell: () => resolve(lines) });
      }),
    leave: () => void socket.disconnect(),
  };
}
