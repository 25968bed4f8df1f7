/** The web chat as a channel: visitors of the widget, over sockets and over plain HTTP. */
import type { Server as HttpServer } from 'node:http';
import type { Router } from 'express';
import type { Reply } from '../../dialogs/vocabulary';
import type { Accept, Channel, History, Settle } from '../channel';
import type { FileLimits, Files } from '../files';
import { decode } from './decode';
import { encode, freshLine, limits } from './encode';
import { createRates, defaultRates, type RateLimits } from './rates';
import { createReceive, type Log } from './receive';
import { joinOverRedis, type Others } from './redis';
import { createRouter } from './router';
import { createSockets, roomOf, type VisitorServer } from './sockets';
import { createTokens } from './token';
import { MAX_UPLOAD_BYTES, UPLOAD_TYPES } from './wire';

export type WebOptions = Readonly<{
  /** Signs visitors' tokens and links; changing it makes every visitor a new one. */
  secret: string;
  /** The first is the one a widget without `account` talks to. */
  accounts?: readonly string[];
  history: History;
  /** With it the widget shows dots exactly while a turn is being worked on; without it, none. */
  settle?: Settle;
  files: Files;
  /** What a visitor may send; less than what the file store keeps at most. */
  uploads?: FileLimits;
  /** Origins other than our own that may embed the widget: `https://www.example.edu.cn`. */
  allowedOrigins?: readonly string[];
  /** Proxies of ours in front, each adding to X-Forwarded-For. */
  trustedProxies?: number;
  rates?: Partial<RateLimits>;
  redisUrl?: string;
  now?: () => number;
  log: Log;
}>;

export type Web = Channel<Reply> &
  Readonly<{
    /** To be mounted at the root: its paths begin with /channels/web. */
    router: Router;
    /** Puts the sockets on the server; call it before `start`. */
    attach(server: HttpServer): void;
  }>;

export function createWeb(options: WebOptions): Web {
  const { secret, history, settle, files, log, accounts = ['default'], allowedOrigins = [], trustedProxies = 0, now = Date.now } = options;
  const tokens = createTokens(secret, now);
  const rates = createRates({ ...defaultRates, ...options.rates });
  const { maxBytes = MAX_UPLOAD_BYTES, types = UPLOAD_TYPES } = options.uploads ?? {};
  let accept: Accept | undefined;
  let io: VisitorServer | undefined;
  let others: Others | undefined;

  const receive = createReceive({
    accept: () => accept,
    settle,
    typing(visitor, on) {
      const room = roomOf({ account: visitor.account, user: visitor.id });
      io?.local.to(room).emit('typing', on);
      others?.typing(room, on);
    },
    files,
    rates,
    now,
    log,
  });
  const doors = { accounts, allowedOrigins, trustedProxies, tokens, files, rates, receive, history, log };

  return {
    name: 'web',
    limits,
    decode: (payload) => decode(payload, files),
    encode,
    router: createRouter({ ...doors, uploads: { maxBytes, types } }),
    attach(server) {
      io = createSockets(server, { ...doors, open: () => accept !== undefined });
    },
    // Nobody online is no failure: the line is in the log, and the widget asks for what it missed.
    async send(outgoing) {
      const room = roomOf(outgoing.to);
      const lines = [freshLine(outgoing, now(), files)];
      io?.local.to(room).emit('lines', lines);
      others?.lines(room, lines);
    },
    async start(deliver) {
      if (io && options.redisUrl) others = await joinOverRedis(io, options.redisUrl, log);
      accept = deliver;
      return async () => {
        if (accept === undefined) return;
        accept = undefined;
        rates.close();
        // Only the sockets: the HTTP server belongs to whoever made it.
        io?.disconnectSockets(true);
        io?.engine.close();
        await others?.leave();
        others = undefined;
      };
    },
  };
}
