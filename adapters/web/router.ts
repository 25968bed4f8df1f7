/** The HTTP side of the web chat: sessions, the fallback for messages, uploads. Errors leave as codes, never as stack traces. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { History } from '../channel';
import type { Files } from '../files';
import type { UploadRules } from '../multipart';
import { linesAfter } from './lines';
import { clientIp, originAllowed } from './origin';
import { ipKey, type Rates } from './rates';
import type { Log, Receive } from './receive';
import type { Tokens, Visitor } from './token';
import { takeUpload } from './uploads';
import { type Lines, paths, type RefusalCode, type Refused, type Sent, type Session, type Uploaded } from './wire';

export type RouterDeps = Readonly<{
  accounts: readonly string[];
  allowedOrigins: readonly string[];
  trustedProxies: number;
  tokens: Tokens;
  files: Files;
  rates: Rates;
  uploads: UploadRules;
  receive: Receive;
  history: History;
  log: Log;
}>;

/** docs/errors.md holds the same. */
export const WEB_REFUSALS: Readonly<Record<RefusalCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  origin_refused: 403,
  not_found: 404,
  text_too_long: 413,
  file_too_large: 413,
  file_type_refused: 415,
  upload_unknown: 422,
  rate_limited: 429,
  unavailable: 503,
};

function answer(response: Response, result: Sent | Session | Lines | Uploaded | Refused): void {
  if (result.ok) return void response.json(result);
  if (result.retryAfter !== undefined) response.set('Retry-After', String(result.retryAfter));
  response.status(WEB_REFUSALS[result.code]).json(result);
}
const refuse = (response: Response, code: RefusalCode): void => answer(response, { ok: false, code });

export function createRouter(deps: RouterDeps): Router {
  const { accounts, allowedOrigins, trustedProxies, tokens, files, rates, uploads, receive, history, log } = deps;
  const ip = (request: Request): string => clientIp(request, trustedProxies);
  const visitorOf = (request: Request): Visitor | null => {
    const visitor = tokens.read(/^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '');
    return visitor && accounts.includes(visitor.account) ? visitor : null;
  };
  type ForVisitor = (visitor: Visitor, request: Request, response: Response) => Promise<void>;
  const asVisitor =
    (handle: ForVisitor): RequestHandler =>
    async (request, response) => {
      const visitor = visitorOf(request);
      if (!visitor) return refuse(response, 'unauthorized');
      await handle(visitor, request, response);
    };

  const crossOrigin: RequestHandler = (request, response, next) => {
    response.vary('Origin').set('Cache-Control', 'no-store');
    if (!originAllowed(request.headers, allowedOrigins)) return refuse(response, 'origin_refused');
    const origin = request.get('origin');
    if (origin !== undefined) response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.set('Access-Control-Allow-Methods', 'GET, POST').set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    response.set('Access-Control-Max-Age', '600').sendStatus(204);
  };

  /** A token that still holds is renewed for the same visitor; anything else begins a new one. */
  const session: RequestHandler = async (request, response) => {
    const retryAfter = await rates.sessionsPerIp.exceeded(ipKey(ip(request)));
    if (retryAfter !== null) return answer(response, { ok: false, code: 'rate_limited', retryAfter });
    const wanted: unknown = request.body?.account ?? accounts[0];
    const account = accounts.find((known) => known === wanted);
    if (account === undefined) return refuse(response, 'not_found');
    const known = visitorOf(request);
    const { token, visitor } = tokens.issue(account, known?.account === account ? known.id : randomUUID());
    answer(response, { ok: true, token, visitor: visitor.id, expiresAt: visitor.expiresAt });
  };

  const post = asVisitor(async (visitor, request, response) =>
    answer(response, await receive(visitor, ip(request), request.body, response.get('x-request-id'))),
  );

  const read = asVisitor(async (visitor, request, response) => {
    const retryAfter = await rates.reads.exceeded(visitor.id);
    if (retryAfter !== null) return answer(response, { ok: false, code: 'rate_limited', retryAfter });
    const after = Number(request.query.after ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) return refuse(response, 'bad_request');
    answer(response, { ok: true, lines: await linesAfter(history, files, visitor, after) });
  });

  const upload = asVisitor(async (visitor, request, response) => {
    const retryAfter = await rates.uploads.exceeded(visitor.id);
    if (retryAfter !== null) return answer(response, { ok: false, code: 'rate_limited', retryAfter });
    const taken = await takeUpload(request, uploads, files);
    if ('ok' in taken) {
      // The rest of a refused body is not worth reading.
      response.set('Connection', 'close');
      return answer(response, taken);
    }
    answer(response, { ok: true, attachment: files.open(taken) });
  });

  const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const theirs = error instanceof Error && 'status' in error && Number(error.status) < 500 ? Number(error.status) : null;
    if (theirs === null) log.error({ err: error, request: response.get('x-request-id') }, 'web: a request failed');
    if (theirs === 413) return refuse(response, 'text_too_long');
    refuse(response, theirs === null ? 'unavailable' : 'bad_request');
  };

  const json = express.json({ limit: '32kb' });
  const router = express.Router();
  router.use([paths.session, paths.messages, paths.uploads], crossOrigin);
  router.post(paths.session, json, session);
  router.post(paths.messages, json, post);
  router.get(paths.messages, read);
  router.post(paths.uploads, upload);
  router.use('/channels/web', failed);
  return router;
}
