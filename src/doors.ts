/** Which doors are open: the channels and desks the configuration switches on, each SDK loaded only then. With main.ts the only file that names adapters. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Progress } from '../adapters/directory';
import type { Page } from '../adapters/page';
import { REQUEST_HEADER } from '../adapters/page/wire';
import { type House, ROOT } from './assemble';
import { createNews } from './channels/news';
import { createNotebook } from './channels/notebook';
import { createTicketFinder } from './channels/tickets';
import type { Config } from './config';
import { accountNotice, asideNotice, post } from './desk/notices';
import type { Log } from './log';
import { createEndedSessions } from './people/sessions';
import { newSecret } from './secrets';
import type { Door, Workplace } from './serve';

/** The account of whoever talks in the terminal. */
export const TERMINAL = 'local';

/** Whether whoever sends a request may see and confirm what channels hold, such as a login. */
export type Admitted = (request: IncomingMessage) => Promise<boolean>;
/** Other sites cannot set the header by which the desk's page marks what it changes. */
export const fromDesk = (request: IncomingMessage): boolean => request.method === 'GET' || request.headers[REQUEST_HEADER] === '1';
const nobody: Admitted = async () => false;

/** The channels that are switched on; the server opens them, a command only sends through them what was left to send. */
export async function openDoors(config: Config, house: House, log: Log, admitted: Admitted = nobody): Promise<readonly Door[]> {
  const { conversations, files, webSecret } = house;
  const { history, settle } = conversations;
  const { createTerminal } = await import('../adapters/terminal/index.js');
  // Nobody is at the terminal, which is no failure: the line is in the log, and the next chat shows it.
  const unattended = createTerminal({ account: TERMINAL, files, write: () => undefined });
  const { createWeb } = await import('../adapters/web/index.js');
  const web = createWeb({
    secret: webSecret,
    history,
    settle,
    files,
    allowedOrigins: config.WEB_ORIGINS,
    trustedProxies: config.TRUST_PROXY,
    ...(config.REDIS_URL && { redisUrl: config.REDIS_URL }),
    log,
  });
  const doors: Door[] = [{ channel: unattended }, { channel: web, router: web.router, attach: web.attach }];
  if (config.PHONE_ACCOUNTS.length > 0) {
    const { createPhone } = await import('../adapters/phone/index.js');
    const phone = createPhone({ accounts: config.PHONE_ACCOUNTS, hear: house.calls.hear });
    doors.push({ channel: phone, gateway: phone.handle });
  }
  if (config.WEBHOOK_ACCOUNTS.length > 0) {
    const { createWebhook } = await import('../adapters/webhook/index.js');
    const webhook = createWebhook({ accounts: config.WEBHOOK_ACCOUNTS, history, settle, files });
    doors.push({ channel: webhook, gateway: webhook.handle });
  }
  if (config.EMAIL_ACCOUNTS.length > 0) doors.push(await openEmail(config, house, log));
  if (config.WECHAT_ACCOUNTS.length > 0) doors.push(await openWechat(config, house, log, admitted));
  if (config.WECHAT_OFFICIAL_ACCOUNTS.length > 0) doors.push(await openWechatOfficial(config, house, log));
  if (config.TEAMS_ACCOUNTS.length > 0) doors.push(await openTeams(config, house, log));
  if (config.WECOM_ACCOUNTS.length > 0) doors.push(await openWecom(config, house, log));
  return doors;
}

/** Where no other process can be, a restart need not wait for the claim of the one before. */
const workerOf = (config: Config): string => (config.MONGODB_URI ? randomUUID() : 'only');

async function openWecom(config: Config, { store, files }: House, log: Log): Promise<Door> {
  const { createWecom } = await import('../adapters/wecom/index.js');
  const { WECOM_ACCOUNTS: accounts, WECOM_API_URL: apiUrl } = config;
  const channel = createWecom({ accounts, apiUrl, worker: workerOf(config), notebook: createNotebook(store, 'wecom'), files, log });
  return { channel, gateway: channel.handle };
}

/** The school directories of WeCom, to be read one by one; `account` is the only one meant. */
export async function openDirectories(config: Config, { store }: Pick<House, 'store'>, account: string | undefined) {
  const { readDirectory } = await import('../adapters/wecom/directory.js');
  const meant = config.WECOM_ACCOUNTS.filter((one) => account === undefined || one.account === account);
  const options = { notebook: createNotebook(store, 'wecom'), apiUrl: config.WECOM_API_URL };
  return meant.map((one) => ({ account: one.account, read: (progress: Progress) => readDirectory(one, { ...options, progress }) }));
}

async function openTeams(config: Config, { store, conversations, files }: House, log: Log): Promise<Door> {
  const { createTeams } = await import('../adapters/teams/index.js');
  const channel = createTeams({
    accounts: config.TEAMS_ACCOUNTS,
    openIdUrl: config.TEAMS_OPENID_URL,
    notebook: createNotebook(store, 'teams'),
    files,
    settle: conversations.settle,
    log,
  });
  return { channel, gateway: channel.handle };
}

async function openEmail(config: Config, { store, settings, conversations, files, keptSecret }: House, log: Log): Promise<Door> {
  const tell = createNews(store, conversations.tickets);
  const { createEmail } = await import('../adapters/email/index.js');
  const channel = createEmail({
    accounts: config.EMAIL_ACCOUNTS,
    answersPerHour: config.EMAIL_ANSWERS_PER_HOUR,
    brand: settings.brand,
    secret: await keptSecret('email-secret'),
    worker: workerOf(config),
    notebook: createNotebook(store, 'email'),
    files,
    tickets: createTicketFinder(store),
    putAside: async (mail) => void (await post(store, asideNotice(mail, Date.now()))),
    undelivered: (key, of, reason) => tell({ kind: 'undelivered', key, of, reason: `邮件被退回（${reason}）`, at: Date.now() }),
    log,
  });
  return { channel };
}

async function openWechat(config: Config, { store, files }: House, log: Log, admitted: Admitted): Promise<Door> {
  const { createWechat } = await import('../adapters/wechat/index.js');
  const { stderr } = process;
  const wechat = createWechat({
    accounts: config.WECHAT_ACCOUNTS,
    folder: join(config.DATA_DIR, 'wechat'),
    notebook: createNotebook(store, 'wechat'),
    files,
    alert: async (alert) => void (await post(store, accountNotice('wechat', alert, Date.now()))),
    admitted,
    page: join(ROOT, 'dist/console/wechat.html'),
    // A log that goes to a machine gets no picture of a login.
    ...(stderr.isTTY && { draw: (picture: string) => void stderr.write(picture) }),
    owner: config.MONGODB_URI ? randomUUID() : 'only',
    shared: config.MONGODB_URI !== undefined,
    log,
  });
  return { channel: wechat, router: wechat.router };
}

async function openWechatOfficial(config: Config, { store, conversations, files }: House, log: Log): Promise<Door> {
  const { createWechatOfficial } = await import('../adapters/wechat-official/index.js');
  const channel = createWechatOfficial({
    accounts: config.WECHAT_OFFICIAL_ACCOUNTS,
    notebook: createNotebook(store, 'wechat-official'),
    settle: conversations.settle,
    history: conversations.history,
    files,
    timeZone: config.TIME_ZONE,
    log,
  });
  return { channel, gateway: channel.handle };
}

/** Where agents work; an SDK is loaded only when its desk is switched on. */
export async function openDesks(config: Config, { files }: Pick<House, 'files'>, log: Log): Promise<readonly Workplace[]> {
  const desks: Workplace[] = [];
  const { SLACK_BOT_TOKEN: botToken, SLACK_CHANNEL: channel } = config;
  if (botToken !== undefined && channel !== undefined) {
    const { createSlackDesk } = await import('../adapters/slack/index.js');
    const slack = {
      botToken,
      channel,
      channels: config.SLACK_CHANNELS,
      signingSecret: config.SLACK_SIGNING_SECRET,
      appToken: config.SLACK_APP_TOKEN,
      apiUrl: config.SLACK_API_URL,
      supervisors: config.SLACK_SUPERVISORS,
      onDuty: config.SLACK_ONDUTY,
      files,
      log,
    };
    desks.push(createSlackDesk(slack));
  }
  return desks;
}

/** Without a single agent who can sign in, a token made for this run lets the first one in. */
export async function openPage({ store, files, keptSecret }: House): Promise<Readonly<{ page: Page; runToken?: string }>> {
  const { createPage } = await import('../adapters/page/index.js');
  const [signedUp] = await store.agents.find({ token: { $exists: true } }, { limit: 1 });
  const first = signedUp ? {} : { runToken: newSecret() };
  return {
    page: createPage({
      secret: await keptSecret('desk-secret'),
      files,
      endedSessions: createEndedSessions(store, Date.now),
      ...first,
    }),
    ...first,
  };
}
