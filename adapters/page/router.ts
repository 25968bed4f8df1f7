/** The HTTP side of the desk's page: sign-in, lists, one ticket, acts. What a page may see and do is decided by the office. */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Agent, Office, TicketCard } from '../desk';
import type { Files } from '../files';
import { refuse, sendJson } from '../http';
import { firstFile, multipart } from '../multipart';
import { eventOf, readAct, readClick } from './acts';
import { COOKIE, ON_DUTY, type Session, type Sessions } from './session';
import { threadOf } from './thread';
import {
  type Done,
  type Failure,
  FILE_TYPES,
  type Found,
  type Lists,
  MAX_FILE_BYTES,
  type Maybe,
  type Notices,
  type People,
  type Phone,
  paths,
  REQUEST_HEADER,
  type SignedIn,
  type TicketView,
  type Uploaded,
} from './wire';

export type RouterDeps = Readonly<{
  office: () => Office | undefined;
  sessions: Sessions;
  ended(session: string): void;
  files: Files;
  /** Whether the agent on duty may sign in. */
  duty: boolean;
  now: () => number;
  /** How long an act is waited for before the page is told that it is on its way. */
  actWaitMs: number;
  signInsPerMinute: number;
}>;

/** A page reads two lists and a ticket at every change; a hundred agents may sit behind one address. */
const REQUESTS_PER_MINUTE = 6_000;
const LONGEST_SEARCH = 100;
const UPLOADS = { maxBytes: MAX_FILE_BYTES, types: FILE_TYPES };
const TOO_LARGE = `文件太大，最多 ${MAX_FILE_BYTES / 1024 / 1024} MB。请压缩或分开发送。`;
const UPLOADS_PER_MINUTE = 120;

type Inside = Readonly<{ session: Session; office: Office; request: Request; response: Response }>;

export function createRouter(deps: RouterDeps): Router {
  const { sessions, files, now } = deps;

  /** Same-site cookies keep other sites out; this header keeps out what a browser might still send for them. */
  const fromOwnPage: RequestHandler = (request, response, next) => {
    const site = request.get('sec-fetch-site');
    const own = request.get(REQUEST_HEADER) === '1' && (site === undefined || site === 'same-origin');
    if (request.method === 'GET' || own) return next();
    refuse(response, 'origin-refused', '请从工作台页面操作。');
  };

  const inside =
    (handle: (inside: Inside) => Promise<void>): RequestHandler =>
    async (request, response) => {
      const office = deps.office();
      if (!office) return refuse(response, 'starting', '服务正在启动，请稍候重试。');
      const session = await sessions.read(request.get('cookie'));
      if (!session) return refuse(response, 'session-over', '登录已过期，请重新登录。');
      await handle({ session, office, request, response });
    };

  const setCookie = (request: Request, response: Response, value: string, maxAge: number): void =>
    void response.cookie(COOKIE, value, { path: '/', httpOnly: true, sameSite: 'strict', secure: request.secure, maxAge });

  const signIn: RequestHandler = async (request, response) => {
    if (!deps.office()) return refuse(response, 'starting', '服务正在启动，请稍候重试。');
    const token: unknown = request.body?.token;
    const opened = typeof token === 'string' && token !== '' ? await sessions.open(token.trim()) : null;
    if (!opened) return refuse(response, 'token-wrong', '口令不对或已失效，请核对后重试，或请主管重新发放。');
    const { session, cookie } = opened;
    setCookie(request, response, cookie, session.until - now());
    const body: SignedIn = { agent: session.agent, thisRunOnly: session.thisRunOnly, now: now() };
    sendJson(response, 200, body);
  };

  const signOut: RequestHandler = async (request, response) => {
    const session = await sessions.read(request.get('cookie'));
    if (session) {
      await sessions.end(session);
      deps.ended(session.id);
    }
    setCookie(request, response, '', 0);
    sendJson(response, 200, {});
  };

  const colleagues = async (office: Office): Promise<readonly Agent[]> => [...(await office.agents()), ...(deps.duty ? [ON_DUTY] : [])];

  const lists = inside(async ({ session, office, request, response }) => {
    const { department } = request.query;
    const [queue, mine] = await Promise.all([
      office.tickets({ kind: 'queue', ...(typeof department === 'string' && department !== '' && { department }) }),
      office.tickets({ kind: 'mine', agent: session.agent.id }),
    ]);
    const body: Lists = { queue, mine };
    sendJson(response, 200, body);
  });

  const find = inside(async ({ office, request, response }) => {
    const text = typeof request.query.text === 'string' ? request.query.text.trim() : '';
    if (text === '' || text.length > LONGEST_SEARCH) return refuse(response, 'query-invalid', '请输入工单编号、电话、学校或姓名。');
    const body: Found = { tickets: await office.tickets({ kind: 'find', text }) };
    sendJson(response, 200, body);
  });

  const people = inside(async ({ office, response }) => {
    const [departments, agents] = await Promise.all([office.departments(), colleagues(office)]);
    const body: People = { departments, agents, phrases: office.phrases() };
    sendJson(response, 200, body);
  });

  const notices = inside(async ({ session, office, response }) => {
    const body: Notices = { notices: await office.notices(session.agent) };
    sendJson(response, 200, body);
  });

  const upload = inside(async ({ request, response }) => {
    const looks = multipart(request, UPLOADS);
    if (looks === 'too-large') return refuse(response, 'body-too-large', TOO_LARGE);
    const kept = looks === 'fine' ? await firstFile(request, UPLOADS, files) : null;
    if (!kept) return refuse(response, 'act-invalid', '没有收到文件，请重新选择。');
    if (kept.kind === 'refused') return refuse(response, 'act-refused', kept.message);
    const body: Uploaded = { attachment: files.open(kept.attachment) };
    sendJson(response, 200, body);
  });

  const ofTicket = (handle: (inside: Inside, card: TicketCard) => Promise<void>): RequestHandler =>
    inside(async (given) => {
      const number = String(given.request.params.number);
      const card = await given.office.ticket(number);
      if (!card) return refuse(given.response, 'ticket-unknown', `没有编号为 ${number} 的工单，请在列表里核对编号。`);
      await handle(given, card);
    });

  const ticket = ofTicket(async ({ session, office, response }, card) => {
    const { number } = card;
    const [transcript, lines, elsewhere] = await Promise.all([office.transcript(number), office.lines(number), office.elsewhere(number)]);
    const plain = session.agent.supervisor || card.assignee?.id === session.agent.id;
    const thread = threadOf({ transcript, lines, plain, open: files.open });
    const body: TicketView = { card, thread, ...(elsewhere && { elsewhere }) };
    sendJson(response, 200, body);
  });

  const reveal = ofTicket(async ({ session, office, request, response }, { number }) => {
    const click = readClick(request.body);
    if (!click) return refuse(response, 'act-invalid', '操作缺少编号，请刷新页面后重试。');
    const looked = await office.reveal(number, session.agent, `page/${session.agent.id}/${click.id}`);
    if (looked.kind === 'refused') return refuse(response, 'act-refused', looked.message);
    const body: Phone = { phone: looked.phone };
    sendJson(response, 200, body);
  });

  const candidates = ofTicket(async ({ session, office, response }, { number }) => {
    const found = await office.candidates(number, session.agent);
    if (found.kind === 'refused') return refuse(response, 'act-refused', found.message);
    const body: Maybe = { here: found.here, candidates: found.candidates };
    sendJson(response, 200, body);
  });

  const act = ofTicket(async ({ session: { agent }, office, request, response }, { number }) => {
    const read = readAct(request.body);
    if (!read) return refuse(response, 'act-invalid', '内容不完整或太长，请检查后重试。');
    if (read.kind === 'amend') {
      const fields = office.problems(read.values);
      const body: Failure = { error: { code: 'act-invalid', message: Object.values(fields).join(''), fields } };
      if (Object.keys(fields).length > 0) return sendJson(response, 400, body);
    }
    const known = read.kind === 'assign' ? await colleagues(office) : [];
    const event = eventOf(read, { agent, at: now(), ticket: number, colleagues: known, linked: files.linked });
    if (typeof event === 'string') return refuse(response, 'act-refused', event);
    const { outcome } = await office.take(event, String(response.getHeader('x-request-id') ?? ''));
    const delivered = await within(outcome, deps.actWaitMs);
    if (delivered?.kind === 'refused') return refuse(response, 'act-refused', delivered.message);
    const body: Done = { done: delivered !== null };
    sendJson(response, body.done ? 200 : 202, body);
  });

  const router = express.Router();
  router.use(paths.page, (_, response, next) => {
    response.set({ 'Cross-Origin-Resource-Policy': 'same-origin', 'Content-Security-Policy': CONTENT_SECURITY_POLICY });
    next();
  });
  router.use(paths.api, limited(REQUESTS_PER_MINUTE), fromOwnPage, express.json({ limit: '32kb' }), (_, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get(
    paths.session,
    inside(async ({ session, response }) => {
      const body: SignedIn = { agent: session.agent, thisRunOnly: session.thisRunOnly, now: now() };
      sendJson(response, 200, body);
    }),
  );
  router.post(paths.session, limited(deps.signInsPerMinute, true), signIn);
  router.delete(paths.session, signOut);
  router.get(paths.lists, lists);
  router.get(paths.find, find);
  router.get(paths.people, people);
  router.get(paths.notices, notices);
  router.post(paths.uploads, limited(UPLOADS_PER_MINUTE), upload);
  router.get(`${paths.tickets}/:number`, ticket);
  router.get(`${paths.tickets}/:number/candidates`, candidates);
  router.post(`${paths.tickets}/:number/acts`, act);
  router.post(`${paths.tickets}/:number/phone`, reveal);
  return router;
}

/** Nothing but the page's own files; pictures that customers sent are ours too. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const limited = (limit: number, failuresOnly = false): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit,
    skipSuccessfulRequests: failuresOnly,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_, response) => refuse(response, 'rate-limited', '操作太频繁，请一分钟后再试。'),
  });

/** Null when it takes longer. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
