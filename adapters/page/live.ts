/** The live side of the page: signed-in pages hear what changes the moment it does. */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import type { Notice, Ringing } from '../desk';
import type { Session } from './session';
import { paths, type ToPage } from './wire';

export type Live = Readonly<{
  watched(): boolean;
  tell<K extends keyof ToPage>(event: K, ...data: Parameters<ToPage[K]>): void;
  notify(notice: Notice): void;
  ring(call: Ringing): void;
  /** Hangs up on every page of a session that was signed out. */
  end(session: string): void;
  close(): Promise<void>;
}>;

/** A session that ended elsewhere, by a new token or a removed agent, is noticed this soon. */
const RECHECK_MS = 60_000;

type Data = { session: Session };

export function createLive(server: HttpServer, read: (cookie: string | undefined) => Promise<Session | null>): Live {
  const io: Server<DefaultEventsMap, ToPage, DefaultEventsMap, Data> = new Server(server, {
    path: paths.live,
    serveClient: false,
    maxHttpBufferSize: 1024,
    allowRequest: (request, decide) => decide(null, ownOrigin(request)),
  });
  io.use(async (socket, next) => {
    const session = await read(socket.request.headers.cookie).catch(() => null);
    if (!session) return next(new Error('signed-out'));
    socket.data.session = session;
    next();
  });
  io.on('connection', (socket) => void socket.join(socket.data.session.id));
  const recheck = setInterval(async () => {
    for (const socket of await io.local.fetchSockets()) {
      // A store that is away proves nothing against anybody.
      const cookie = io.sockets.sockets.get(socket.id)?.request.headers.cookie;
      if ((await read(cookie).catch(() => socket.data.session)) === null) socket.disconnect(true);
    }
  }, RECHECK_MS);
  recheck.unref();

  return {
    watched: () => io.sockets.sockets.size > 0,
    tell: (event, ...data) => void io.emit(event, ...data),
    notify(notice) {
      for (const socket of io.sockets.sockets.values()) {
        const { agent } = socket.data.session;
        if (notice.to === 'supervisors' ? agent.supervisor : agent.department === notice.to.department) socket.emit('notice', notice);
      }
    },
    ring({ covered, own }) {
      for (const socket of io.sockets.sockets.values()) {
        const { agent } = socket.data.session;
        if (own === undefined || agent.supervisor) socket.emit('call', covered);
        else if (agent.id === own.agent?.id) socket.emit('call', own);
      }
    },
    end: (session) => io.in(session).disconnectSockets(true),
    async close() {
      clearInterval(recheck);
      io.disconnectSockets(true);
      // Only the sockets: the HTTP server belongs to whoever made it.
      io.engine.close();
    },
  };
}

/** A browser names the page that opens a socket, and another site's page has no business here. */
function ownOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
