/** The HTTP face: channels' doors, the API, health and the chat page, each behind its own limits. Testable without a port. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Office } from '../adapters/desk';
import { type Gateway, type HttpErrorCode, refuse } from '../adapters/http';
import { requireSupervisor, requireToken, type SupervisorOf } from './api/auth';
import { callRoutes } from './api/calls';
import { type Commands, commandRoutes } from './api/commands';
import { healthRoutes } from './api/health';
import { lessonRoutes } from './api/lessons';
import { ticketRoutes } from './api/tickets';
import type { Calls } from './calls/calls';
import type { CallFigures } from './calls/figures';
import type { Audit, Conversations } from './conversation/conversations';
import type { DeskHealth } from './desk/health';
import type { Lessons } from './learning/lessons';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { Fresh } from './store/fresh';
import type { Store } from './store/store';

/** What people may teach the desk over HTTP, who may beside the bearer of the API token, and the token of commands on this machine. */
export type Teaching = Readonly<{ lessons: Lessons; supervisorOf: SupervisorOf; commandToken: string; commands: Commands }>;

export type ServerOptions = Readonly<{
  store: Store;
  conversations: Conversations;
  office: Pick<Office, 'candidates' | 'elsewhere'>;
  calls: Calls;
  metrics: Metrics;
  audit: Fresh<Audit>;
  deskHealth: Fresh<DeskHealth>;
  /** The calls of the last 24 hours. */
  callFigures: Fresh<CallFigures>;
  log: Log;
  apiToken: string;
  teaching?: Teaching;
  /** Routers of the channels and desks that are switched on, before anything that parses bodies: some platforms sign the raw bytes. */
  doors: readonly Router[];
  /** Channels called by programs: asked before express, whose layers and headers are made for pages. */
  gateways: readonly Gateway[];
  /** Folder with the built chat page and the widget. */
  pages: string;
  trustProxy: number;
  now: () => number;
}>;

const REQUEST_ID = /^[\w.-]{1,64}$/;
/** Generous for a school behind one address; each door has a tighter limit of its own where it needs one. */
const API_REQUESTS_PER_MINUTE = 600;

export function createServer(options: ServerOptions): RequestListener {
  const failed = failures(options.log);
  const pages = createPages(options, failed);
  return (request, response) => {
    const given = request.headers['x-request-id'];
    response.setHeader('x-request-id', typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID());
    response.setHeader('x-content-type-options', 'nosniff');
    for (const gateway of options.gateways) {
      const answering = gateway(request, response);
      if (answering) return void answering.catch((error) => failed(error, request, response));
    }
    pages(request, response);
  };
}

function createPages(options: ServerOptions, failed: Failed): RequestListener {
  const { store, conversations } = options;
  const app = express();
  app.set('trust proxy', options.trustProxy);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  // Answers of the doors and the API are never asked for twice unchanged; hashing each would be waste. Static files keep theirs.
  app.disable('etag');
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
      strictTransportSecurity: options.trustProxy > 0,
      crossOriginResourcePolicy: { policy: 'cross-origin' },
    }),
  );
  app.use(healthRoutes({ store, audit: options.audit, deskHealth: options.deskHealth }));
  for (const door of options.doors) app.use(door);

  const limiter = rateLimit({
    windowMs: 60_000,
    limit: API_REQUESTS_PER_MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: tooMany,
  });
  const guarded: RequestHandler[] = [limiter, requireToken(options.apiToken)];
  if (options.teaching) {
    const { lessons, supervisorOf, commandToken, commands } = options.teaching;
    const guard = [limiter, requireSupervisor([options.apiToken, commandToken], supervisorOf)];
    app.use('/api/knowledge', lessonRoutes({ lessons, guard, now: options.now }));
    app.use('/api/commands', commandRoutes({ commands, guard: [limiter, requireToken(commandToken)] }));
  }
  app.use(
    '/api',
    ...guarded,
    express.json({ limit: '64kb' }),
    ticketRoutes({ store, conversations, office: options.office, now: options.now, newId: randomUUID }),
  );
  app.use('/api', callRoutes({ calls: options.calls, store, now: options.now }));
  app.get('/metrics', ...guarded, async (_, response) => {
    const [audit, desk, calls] = await Promise.all([options.audit(), options.deskHealth(), options.callFigures()]);
    response.type(options.metrics.contentType).send(await options.metrics.text(audit, desk, calls));
  });
  app.use(express.static(options.pages, { extensions: ['html'], maxAge: '10m', acceptRanges: false }));
  app.use((_, response) => refuse(response, 'not-found', 'Nothing is here. The README lists the addresses.'));
  app.use(fourParameters(failed));
  return app;
}

/** The page and the widget bring their own scripts and styles; nothing else may run. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  connectSrc: ["'self'", 'ws:', 'wss:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  frameAncestors: ["'self'"],
};

const tooMany: RequestHandler = (_, response) => refuse(response, 'rate-limited', 'Too many requests in a minute. Wait and send again.');

/** By which express knows that this is for errors. */
const fourParameters =
  (failed: Failed): ErrorRequestHandler =>
  (error: unknown, request, response, _next) =>
    failed(error, request, response);

type Failed = (error: unknown, request: IncomingMessage, response: ServerResponse) => void;

type Refusal = readonly [code: HttpErrorCode, message: string];
/** What libraries throw of their own, by status; anything else of theirs is a request that cannot be read. */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  412: ['precondition-failed', 'The page is not the one If-Match or If-Unmodified-Since names. Fetch it without them.'],
  413: ['body-too-large', 'The body is larger than this address takes. Send less.'],
  415: ['media-type-wrong', 'Send JSON in UTF-8, plain or compressed with gzip, deflate or br, as Content-Type: application/json.'],
  503: ['store-unavailable', 'The store does not answer. Send the same again in a moment.'],
};
const MALFORMED: Refusal = ['request-malformed', 'The request could not be read. Check its encoding and send again.'];

/** No stack leaves the house: callers get a code and the request id, the log gets the cause. */
function failures(log: Log): Failed {
  return (error, request, response) => {
    if (response.headersSent) return void response.destroy();
    const status = statusOf(error);
    const requestId = response.getHeader('x-request-id');
    if (status >= 500) log.error({ err: error, requestId, path: request.url?.split('?', 1)[0] }, 'request failed');
    const internal: Refusal = [
      'internal',
      `Something failed on our side. Send again in a moment; if it stays, report request ${requestId}.`,
    ];
    refuse(response, ...(REFUSALS[status] ?? (status < 500 ? MALFORMED : internal)));
  };
}

/** A store that may come back is 503, so that gateways retry; body parsers set their own 4xx. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 500;
  if ('status' in error && typeof error.status === 'number' && error.status >= 400) return error.status;
  return 'retryable' in error && error.retryable === true ? 503 : 500;
}
