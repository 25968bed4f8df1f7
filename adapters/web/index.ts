/** The web chat as a channel: visitors of the widget, over sockets and over plain HTTP. */
import { mkdir } from 'node:fs/promises';
import type { Server as HttpServer } from 'node:http';
import { resolve } from 'node:path';
import type { Router } from 'express';
import type { Attachment, Reply } from '../../dialogs/vocabulary';
import type { Accept, Channel, History, Settle } from '../channel';
import { decode } from './decode';
import { encode, freshLine, limits } from './encode';
import { createLinks } from './links';
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
  uploads: Readonly<{ dir: string; maxBytes?: number; types?: readonly string[] }>;
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
    /** An attachment of the log with an address that opens now, for whoever may see the conversation. */
    open(attachment: Attachment): Attachment;
  }>;

export function createWeb(options: WebOptions): Web {
  const { secret, history, settle, log, accounts = ['default'], allowedOrigins = [], trustedProxies = 0, now = Date.now } = options;
  const tokens = createTokens(secret, now);
  const links = createLinks(secret, now);
  const rates = createRates({ ...defaultRates, ...options.rates });
  const uploads = {
    dir: resolve(options.uploads.dir),
    maxBytes: options.uploads.maxBytes ?? MAX_UPLOAD_BYTES,
    types: options.uploads.types ?? UPLOAD_TYPES,
  };
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
    links,
    rates,
    now,
    log,
  });
  const doors = { accounts, allowedOrigins, trustedProxies, tokens, links, rates, receive, history, log };

  return {
    name: 'web',
    limits,
    decode: (payload) => decode(payload, links),
    encode,
    router: createRouter({ ...doors, uploads }),
    attach(server) {
      io = createSockets(server, { ...doors, open: () => accept !== undefined });
    },
    open: links.open,
    // Nobody online is no failure: the line is in the log, and the widget asks for what it missed.
    async send(outgoing) {
      const room = roomOf(outgoing.to);
      const lines = [freshLine(outgoing, now())];
      io?.local.to(room).emit('lines', lines);
      others?.lines(room, lines);
    },
    async start(deliver) {
      await mkdir(uploads.dir, { recursive: true });
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
