/**
 * A desk in a process of its own, to be killed, frozen and set to another time: the program's own doors, store and shell around an engine
 * whose answers are easy to foresee.
 */
import { Router } from 'express';
import type { Channel } from '../../adapters/channel';
import { effectMark } from '../../adapters/email/ids';
import type { Gateway } from '../../adapters/http';
import { createWebhook } from '../../adapters/webhook';
import { createWechatOfficial } from '../../adapters/wechat-official';
import { createWecom } from '../../adapters/wecom';
import type { Effect, Step } from '../../dialogs/vocabulary';
import { createNotebook } from '../../src/channels/notebook';
import { parseConfig } from '../../src/config';
import { createConversations } from '../../src/conversation/createConversations';
import { type CrashPoint, type Options, realTime } from '../../src/conversation/deps';
import { calendarOf } from '../../src/desk/calendar';
import { deskHealth } from '../../src/desk/health';
import { createOffice } from '../../src/desk/office';
import { createRelay } from '../../src/desk/relay';
import { createRounds } from '../../src/desk/rounds';
import { createWatch } from '../../src/desk/watch';
import { createFiles } from '../../src/files/files';
import { createLog } from '../../src/log';
import { createMetrics } from '../../src/metrics';
import { type Door, serve } from '../../src/serve';
import { openStore } from '../../src/store/open';
import { plain } from '../conversation/house';
import { noCalls } from '../support/noCalls';
import { booksOf } from './books';
import { officialAccount } from './official';
import { ACCOUNT, SECRET } from './platform';
import { endWithCaller } from './process';
import type { Channels, Workplaces } from './scenarios';
import { createWall } from './wall';
import { API_TOKEN } from './wallAgents';
import { CORP } from './wecom';

/** What a worker is told on its command line, as JSON. */
export type Orders = Readonly<{
  dir: string;
  mongodbUri?: string;
  channel: Channels;
  callback: string;
  desk: Readonly<{ kind: Workplaces; url: string }>;
  /** Nothing goes wrong: nothing need be short. */
  calm?: boolean;
  /** Where it kills itself, at the how-manieth time it gets there. */
  crash?: Readonly<{ point: CrashPoint; nth: number }>;
}>;

/** Short enough for a test to outlast them, where something goes wrong. */
const OPTIONS: Partial<Options> = {
  leaseMs: 4_000,
  retryMs: [50, 100, 200, 400, 800, 1_600, 3_200, 6_400],
  sendTimeoutMs: 1_000,
  sweepMs: 200,
  graceMs: 600,
};
/** A WeChat login that ends with its process or its gateway takes seconds to come back, a good part of them the gateway's own. */
const LOGIN_OPTIONS: Partial<Options> = { ...OPTIONS, retryMs: [...(OPTIONS.retryMs ?? []), 6_400, 6_400, 6_400, 6_400] };
const CALL_TIMEOUT_MS = 600;
/** Longer than the product's, since one machine plays customers, platform and desk at once. */
const CALM_TIMEOUT_MS = 20_000;
const CALM_OPTIONS: Partial<Options> = { sendTimeoutMs: CALM_TIMEOUT_MS, leaseMs: 3 * CALM_TIMEOUT_MS };
const RELAY_LEASE_MS = 3_000;
/** The platform's five seconds, in the same measure. */
const OFFICIAL_TIMES = { answerWithin: 500, retryWithin: 300 };

/** How soon it looks by itself, and tries again. */
const WECOM_TIMES = { pullMs: 200, retryMs: 50 } as const;

const orders: Orders = JSON.parse(process.argv[2] ?? '{}');
let shift = 0;
const now = (): number => Date.now() + shift;

function crashAt({ point, nth }: NonNullable<Orders['crash']>): (reached: CrashPoint) => void {
  let left = nth;
  return (reached) => {
    if (reached !== point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

/** Some messages end the whole program: no memory left, an endless loop that a watchdog cuts short. */
const mortal: Step = (state, event, rules) => {
  if (event.kind === 'received' && event.content.kind === 'text' && event.content.text === 'poison') process.kill(process.pid, 'SIGKILL');
  const { effects, ...turn } = plain.step(state, event, rules);
  // Where phones show no keys, no two replies may say the same.
  if (event.kind === 'agentClaimed') return { ...turn, effects: effects.map((effect) => signed(effect, event.ticket)) };
  return { ...turn, effects: event.kind === 'broke' ? effects.map((effect) => signed(effect, effectMark(event.id))) : effects };
};

const signed = (effect: Effect, by: string): Effect =>
  effect.kind === 'reply' && effect.reply.kind === 'text'
    ? { ...effect, reply: { ...effect.reply, text: `${effect.reply.text}（${by}）` } }
    : effect;

async function main(): Promise<void> {
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: orders.dir,
    LOG_LEVEL: 'warn',
    TRUST_PROXY: '1',
    ...(orders.mongodbUri && { MONGODB_URI: orders.mongodbUri }),
  });
  const log = createLog(config.LOG_LEVEL);
  const store = await openStore({ mongodbUri: config.MONGODB_URI, dataDir: config.DATA_DIR });
  const exclusive = !config.MONGODB_URI;
  const crash = orders.crash && crashAt(orders.crash);
  const channels = new Map();
  const conversations = createConversations({
    ...plain,
    step: mortal,
    store,
    channels,
    log,
    now,
    newId: () => String(process.pid),
    scheduler: realTime,
    ...(crash && { crash }),
    options: { ...(orders.calm ? CALM_OPTIONS : orders.channel === 'wechat' ? LOGIN_OPTIONS : OPTIONS), exclusive },
  });
  const files = createFiles({ dir: orders.dir, secret: SECRET, now });
  const office = createOffice({
    store,
    conversations,
    departments: () => [],
    phrases: () => plain.settings().phrases,
    now,
    timeZone: () => config.TIME_ZONE,
  });
  const { history, latest, settle, tickets: book } = conversations;
  const { worker, slow } = conversations;
  const relay = {
    store,
    book,
    slow,
    latest,
    now,
    scheduler: realTime,
    log,
    worker,
    exclusive,
    ...(!orders.calm && { leaseMs: RELAY_LEASE_MS }),
    crash,
  };
  const calendar = calendarOf(plain.settings);
  const terms = () => ({ ...plain.settings(), calendar: calendar() });
  const rounds = createRounds({ store, settings: plain.settings, calendar, now });
  const patienceMs = orders.calm ? CALM_TIMEOUT_MS : CALL_TIMEOUT_MS;
  const patient: typeof fetch = (url, request) => fetch(url, { ...request, signal: AbortSignal.timeout(patienceMs) });
  const notebook = createNotebook(store, orders.channel, now);
  const shared = { files, log, now, fetch: patient } as const;
  const open = {
    webhook: () =>
      createWebhook({ accounts: [{ account: ACCOUNT, secret: SECRET, callback: orders.callback }], history, settle, ...shared }),
    'wechat-official': () =>
      createWechatOfficial({ accounts: [officialAccount(orders.callback)], notebook, settle, history, times: OFFICIAL_TIMES, ...shared }),
    wecom: () =>
      createWecom({
        accounts: [CORP],
        apiUrl: orders.callback,
        notebook,
        worker: exclusive ? 'only' : worker,
        ...WECOM_TIMES,
        ...shared,
      }),
    teams: async () => (await import('./teamsDoor.js')).openTeamsDoor({ notebook, settle, ...shared }),
    wechat: async () =>
      (await import('./wechatDoor.js')).openWechatDoor(orders.callback, {
        ...{ dir: orders.dir, owner: exclusive ? 'only' : worker, shared: !exclusive, notebook },
        ...shared,
      }),
    email: async () =>
      (await import('./emailDoor.js')).openMailDoor(orders.callback, { store, conversations, worker, exclusive, notebook, ...shared }),
  };
  const door = doorOf(await open[orders.channel]());
  const desks = {
    wall: async () => ({ desk: createWall(orders.desk.url, patienceMs), router: undefined }),
    slack: async () => (await import('./slackDoor.js')).openSlackDoor(orders.desk.url, patienceMs, { store, log }),
  };
  // What the test asks of the process and no user ever does.
  const router = Router();
  router.get('/faults/books', async (_, response) => void response.json(await booksOf(store, await conversations.audit())));
  router.post('/faults/clock/:shift', (request, response) => {
    shift = Number(request.params.shift);
    response.json({});
  });
  const { desk, router: desksRouter } = await desks[orders.desk.kind]();
  const { url, stop } = await serve({
    config,
    house: {
      ...{ store, conversations, channels, office, files, calls: noCalls },
      tellDesks: (desks) => createRelay({ ...relay, desks }).start(),
      watchClocks: createWatch({ store, book, terms, rounds, now, scheduler: realTime, log }).start,
      deskHealth: (keeping) => deskHealth(store, keeping, now()),
    },
    log,
    metrics: createMetrics(),
    audit: conversations.audit,
    doors: [door],
    desks: [{ desk, router: desksRouter ? router.use(desksRouter) : router }],
    pages: orders.dir,
    apiToken: API_TOKEN,
  });
  process.stdout.write(`${url}\n`);
  process.once('SIGTERM', async () => {
    await stop();
    await store.close();
    process.exit();
  });
}

/** Mail comes in by itself; all others call, or are looked at. */
const doorOf = (channel: Channel & Partial<Readonly<{ handle: Gateway; router: Router }>>): Door => ({
  channel,
  ...(channel.handle && { gateway: channel.handle }),
  ...(channel.router && { router: channel.router }),
});

endWithCaller();
void main();
