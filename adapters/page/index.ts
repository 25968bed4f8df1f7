/** The desk as a plain page: shows the store to whoever is signed in, keeps nothing itself. */
import type { Server as HttpServer } from 'node:http';
import type { Router } from 'express';
import type { Agent, Desk, EndedSessions, Office } from '../desk';
import type { Files } from '../files';
import { maskText } from '../mask';
import { createLive, type Live } from './live';
import { createRouter } from './router';
import { createSessions } from './session';

export type PageOptions = Readonly<{
  /** Signs sessions; changing it signs everybody out. */
  secret: string;
  /** Signs in as the agent on duty as long as this process lives; for a machine where no agent has a token yet. */
  runToken?: string;
  files: Files;
  endedSessions: EndedSessions;
  now?: () => number;
  actWaitMs?: number;
  signInsPerMinute?: number;
}>;

export type Page = Readonly<{
  desk: Desk;
  /** To be mounted at the root: its paths begin with /desk. */
  router: Router;
  /** Puts the sockets on the server. */
  attach(server: HttpServer): void;
  /** The supervisor who is signed in here with the cookie of a request; null when it is nobody's or another agent's. */
  supervisor(cookie: string | undefined): Promise<Agent | null>;
}>;

const ACT_WAIT_MS = 8_000;
const SIGN_INS_PER_MINUTE = 10;

export function createPage({ secret, runToken, files, endedSessions, now = Date.now, ...limits }: PageOptions): Page {
  let office: Office | undefined;
  let live: Live | undefined;
  const sessions = createSessions({ secret, runToken, office: () => office, ended: endedSessions, now });
  const desk: Desk = {
    name: 'page',
    watched: () => live?.watched() === true,
    async offer(card) {
      live?.tell('card', card);
      return card.number;
    },
    async relay(_, card, line) {
      // Everybody who is signed in hears it, whoever holds the ticket.
      live?.tell('line', card, line.kind === 'reply' ? { ...line, text: maskText(line.text) } : line);
    },
    async update(ref, card) {
      live?.tell('card', card);
      return ref;
    },
    async notify(notice) {
      live?.notify(notice);
    },
    async ring(call) {
      live?.ring(call);
    },
    async start(given) {
      office = given;
      return async () => {
        office = undefined;
        await live?.close();
      };
    },
  };
  const router = createRouter({
    office: () => office,
    sessions,
    ended: (session) => live?.end(session),
    files,
    duty: runToken !== undefined,
    now,
    actWaitMs: limits.actWaitMs ?? ACT_WAIT_MS,
    signInsPerMinute: limits.signInsPerMinute ?? SIGN_INS_PER_MINUTE,
  });
  return {
    desk,
    router,
    attach(server) {
      live = createLive(server, sessions.read);
    },
    async supervisor(cookie) {
      const agent = (await sessions.read(cookie))?.agent;
      return agent?.supervisor === true ? agent : null;
    },
  };
}
