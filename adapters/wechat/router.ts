/** The logins over HTTP, for supervisors and whoever has the API token: how each stands, its code as a picture, and the yes to another login. */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { refuse, sendJson } from '../http';
import type { Account } from './account';
import type { WechatOptions } from './options';
import { png } from './qr';
import { type Accounts, type AccountView, CONFIRM_HEADER, paths } from './wire';

type Deps = Pick<WechatOptions, 'admitted' | 'page'> & Readonly<{ accounts: ReadonlyMap<string, Account>; now: () => number }>;

/** A page left open asks every two seconds, and there may be several. */
const REQUESTS_PER_MINUTE = 600;

export function createRouter({ accounts, admitted, page, now }: Deps): Router {
  const only =
    (handle: (request: Request, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      response.set({ 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'same-origin' });
      if (await admitted(request)) return handle(request, response);
      if (request.path === paths.page && request.accepts(['html', 'json']) === 'html')
        return void response.status(401).type('html').send(CLOSED);
      refuse(response, 'session-over', '请先用主管账号登录工作台（/desk），或带上 API token。');
    };

  const ofAccount = (handle: (account: Account, response: Response) => Promise<void>): RequestHandler =>
    only(async (request, response) => {
      const account = accounts.get(String(request.params.account));
      if (!account) return refuse(response, 'account-unknown', '没有这个微信账号，请核对 WECHAT_ACCOUNTS。');
      await handle(account, response);
    });

  const shown = async (account: Account): Promise<AccountView> => {
    const { code, self, ...view } = await account.view();
    const owner = await account.binding.owner();
    return {
      ...view,
      account: account.name,
      puppet: account.puppet,
      code: code !== null,
      self: self?.name ?? null,
      owner: owner?.name ?? null,
    };
  };

  const state = only(async (_, response) => {
    const body: Accounts = { now: now(), accounts: await Promise.all([...accounts.values()].map(shown)) };
    sendJson(response, 200, body);
  });

  const picture = ofAccount(async (account, response) => {
    const { code } = await account.view();
    if (code === null) return refuse(response, 'not-found', '现在没有需要扫描的二维码。');
    response.type('png').send(await png(code));
  });

  /** Only the page's own script sends the header; a form of another site cannot. */
  const fromPage: RequestHandler = (request, response, next) => {
    const site = request.get('sec-fetch-site');
    if (request.get(CONFIRM_HEADER) === '1' && (site === undefined || site === 'same-origin')) return next();
    refuse(response, 'origin-refused', '请从登录页面操作。');
  };
  const confirm = ofAccount(async (account, response) => {
    const { state: now, self } = await account.view();
    if (now !== 'stranger' || !self) return refuse(response, 'act-refused', '现在没有需要确认的微信号，请刷新页面。');
    await account.binding.confirm(self.identity, self.name);
    account.restart('another login was confirmed');
    sendJson(response, 200, {});
  });

  const router = express.Router();
  router.use(paths.page, limited);
  router.get(
    paths.page,
    only(async (_, response) => {
      if (page === undefined) return refuse(response, 'not-found', '没有安装登录页面。');
      response.sendFile(page);
    }),
  );
  router.get(paths.state, state);
  router.get(`${paths.page}/:account/qr.png`, picture);
  router.post(`${paths.page}/:account/confirm`, fromPage, confirm);
  return router;
}

const limited = rateLimit({
  windowMs: 60_000,
  limit: REQUESTS_PER_MINUTE,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: (_, response) => refuse(response, 'rate-limited', '操作太频繁，请一分钟后再试。'),
});

const CLOSED = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>微信登录 · Qiao 桥</title>
<p>这个页面只给主管看。请先<a href="/desk">用主管账号登录工作台</a>，再回到这里。</p></html>`;
