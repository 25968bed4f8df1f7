/** Runs the house as a server until it is told to stop, and stops what it started in reverse. */
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import type { Accept, Channel } from '../adapters/channel';
import type { Desk } from '../adapters/desk';
import type { Gateway } from '../adapters/http';
import { inTime } from '../adapters/inTime';
import type { House } from './assemble';
import { createNews } from './channels/news';
import type { Config } from './config';
import type { Audit } from './conversation/conversations';
import { createFileDoor } from './files/door';
import type { Log } from './log';
import type { Metrics } from './metrics';
import { createServer, type Teaching } from './server';
import { type Fresh, fresh } from './store/fresh';

/** A channel and, when it is reached over HTTP, its way in: for pages or for programs. */
export type Door = Readonly<{ channel: Channel; router?: Router; gateway?: Gateway; attach?: (server: Server) => void }>;
/** A desk where agents work and, when it is reached over HTTP, its way in. */
export type Workplace = Readonly<{
  desk: Desk;
  router?: Router;
  attach?: (server: Server) => void;
  /** Whether agents' acts can reach us, for whoever asks how we are. */
  health?: () => object;
}>;
export type Served = Readonly<{ url: string; stop: () => Promise<void> }>;

/** Whoever probes every second shares one look at the desk. */
const DESK_HEALTH_MS = 5_000;
const CALLS_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Whoever runs us, as Docker does, ends us by force after ten seconds. */
const STOP_WITHIN_MS = 8_000;
const CUT_OFF = 'somebody does not answer, so not all came to its end before the stop; it is taken up at the next start';

/** Listens, then lets the channels in. Throws when the port is taken, saying what to do. */
export async function serve(
  deps: Readonly<{
    config: Config;
    house: Pick<House, 'store' | 'conversations' | 'channels' | 'office' | 'files' | 'calls' | 'tellDesks' | 'watchClocks' | 'deskHealth'>;
    log: Log;
    metrics: Metrics;
    audit: Fresh<Audit>;
    doors: readonly Door[];
    /** Where agents work; each may bring a router of its own. */
    desks: readonly Workplace[];
    pages: string;
    apiToken: string;
    teaching?: Teaching;
  }>,
): Promise<Served> {
  const { config, house, log, metrics, audit, doors, desks, pages, apiToken, teaching } = deps;
  const { store, conversations } = house;
  const stops: Readonly<{ what: string; undo: () => Promise<void> }>[] = [];
  const began = (what: string, undo: () => Promise<void>): void => void stops.push({ what, undo });
  const stop = async (): Promise<void> => {
    let ending = '';
    const undoing = async (): Promise<boolean> => {
      for (const { what, undo } of stops.splice(0).reverse()) {
        ending = what;
        await undo();
      }
      return true;
    };
    if (!(await inTime(undoing(), STOP_WITHIN_MS, false))) log.warn({ ending }, CUT_OFF);
  };
  const keeping = desks.flatMap(({ desk }) => (desk.watched === undefined ? [desk.name] : []));
  const ways = () =>
    Object.fromEntries([
      ...desks.flatMap(({ desk, health }) => (health ? [[desk.name, health()]] : [])),
      ...doors.flatMap(({ channel }) => (channel.health ? [[channel.name, channel.health()]] : [])),
    ]);
  const app = createServer({
    store,
    conversations,
    office: house.office,
    calls: house.calls,
    callFigures: fresh(Date.now, CALLS_MS, () => house.calls.figures(Date.now() - DAY_MS, Date.now())),
    metrics,
    audit,
    deskHealth: fresh(Date.now, DESK_HEALTH_MS, async () => ({ ...(await house.deskHealth(keeping)), ways: ways() })),
    log,
    apiToken,
    ...(teaching && { teaching }),
    doors: [...doors, ...desks].flatMap(({ router }) => router ?? []),
    gateways: [createFileDoor(house.files), ...doors.flatMap(({ gateway }) => gateway ?? [])],
    pages,
    trustProxy: config.TRUST_PROXY,
    now: Date.now,
  });
  const server = createHttpServer(app);
  try {
    for (const { channel } of doors) house.channels.set(channel.name, channel);
    began('conversations', await conversations.start());
    for (const { attach } of [...doors, ...desks]) attach?.(server);
    await listen(server, config.PORT, config.HOST);
    began('http', () => close(server));
    const tell = createNews(store, conversations.tickets);
    for (const { channel } of doors) {
      const accept: Accept = async (message, request) => {
        const accepted = await conversations.accept(message, request);
        metrics.accepted(message.from.channel, accepted.duplicate);
        return accepted;
      };
      began(channel.name, await channel.start(accept, tell));
    }
    for (const { desk } of desks) began(desk.name, await desk.start(house.office));
    began('telling the desks', await house.tellDesks(desks.map(({ desk }) => desk)));
    began('clocks', await house.watchClocks());
    began('calls', await house.calls.start(desks.map(({ desk }) => desk)));
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, stop };
}

const whyNot: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) => `port ${port} is in use; set PORT to a free one (0 takes any) or stop the other program`,
  EACCES: (port) => `this user may not listen on port ${port}; set PORT to one from 1024 on`,
  EADDRNOTAVAIL: (_, host) => `this machine has no address ${host}; set HOST to 127.0.0.1, 0.0.0.0 or an address it has`,
  ENOTFOUND: (_, host) => `${host} is no address of this machine; set HOST to 127.0.0.1, 0.0.0.0 or an address it has`,
};

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const say = cause.code && whyNot[cause.code];
      reject(say ? new Error(say(port, host), { cause }) : cause);
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Requests in flight get a moment; a hanging client must not keep the process.
    setTimeout(() => server.closeAllConnections(), 3_000).unref();
  });
}
