/** Plays one scenario with one seed from an empty store to the verdict. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Books } from './books';
import { failedSends } from './diary';
import { openMail } from './email';
import type { Journals } from './journal';
import { judge, type Repeats, type Verdict } from './judge';
import { type Latency, latencyOf } from './latency';
import { openOfficial } from './official';
import { pause } from './pause';
import { openGateway } from './platform';
import { run } from './process';
import { createRandom, type Random } from './random';
import type { Scenario, Size } from './scenarios';
import { keepServer, type Server } from './server';
import { settled } from './settle';
import { waiting } from './shown';
import { openSlackAgents } from './slackAgents';
import { openTeamsCustomers } from './teams';
import { bring, crashPlan, killsOf } from './troubles';
import { openWallAgents } from './wallAgents';
import { createWeather } from './weather';
import { openWechatCustomers } from './wechat';
import { openWecomCustomers } from './wecom';
import type { Orders } from './worker';

export type Played = Verdict &
  Readonly<{
    kills: number;
    seconds: number;
    latency: Latency;
    /** Messages and acts handled in a second, from the first word to the last entry of a journal. */
    perSecond: number;
    /** What the first process holds in memory at the end. */
    rssMb: number;
    folder: string | null;
  }>;

/** How far it has come. */
export type Progress = Readonly<{ seconds: number; kills: number; wanted: number; messages: number; ending: boolean }>;

const PLATFORMS = {
  webhook: openGateway,
  'wechat-official': openOfficial,
  wecom: openWecomCustomers,
  email: openMail,
  teams: openTeamsCustomers,
  wechat: openWechatCustomers,
} as const;
const WORKPLACES = { wall: openWallAgents, slack: openSlackAgents } as const;

/** Customers who only keep the desk busy until all troubles are over wait so long between two words. */
const MEANWHILE_MS = 300;
/** So long nobody wrote anything down. */
const STILL_MS = 300;
const PROGRESS_MS = 1_000;
/** How often customers write once more, to get what a platform's count of messages held back: what is left then is lost. */
const LAST_WORDS = 5;

export async function play(
  scenario: Scenario,
  size: Size,
  seed: number,
  tell: (progress: Progress) => void = () => undefined,
): Promise<Played> {
  const began = Date.now();
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'qiao-faults-'));
  const log = join(folder, 'log');
  const database = scenario.store === 'database' ? await openDatabase(seed, log, scenario.storeSlowMs) : null;
  const weather = { callback: weatherOf(scenario.callback, random, 'callback'), desk: weatherOf(scenario.desk, random, 'desk') };
  const servers: Server[] = [];
  const routing = random.fork('route');
  // A platform is told of one address; which process answers there is chance.
  const route = (): string => {
    const urls = servers.flatMap((server) => server.url() ?? []);
    return urls[routing.below(urls.length)] ?? 'http://127.0.0.1:9';
  };
  let moved = Date.now();
  const onEntry = (): void => {
    moved = Date.now();
  };
  const outside = { route, onEntry } as const;
  const { channel = 'webhook', workplace: place = 'wall', deliveries = {}, events = {}, replies } = scenario;
  const platform = await PLATFORMS[channel]({ ...outside, weather: weather.callback, random: random.fork('platform'), deliveries });
  const workplace = await WORKPLACES[place]({
    ...outside,
    ...{ weather: weather.desk, random: random.fork('workplace'), deliveries: events, replies },
  });
  const wanted = size.kills ?? 0;

  const crashes = crashPlan(scenario, wanted, random.fork('crash'));
  const repeats = repeatsIn(scenario);
  const orders: Orders = {
    calm: repeats === 'none',
    dir: join(folder, 'store'),
    callback: platform.url,
    channel,
    desk: { kind: place, url: workplace.url },
    ...(database && { mongodbUri: database.uri }),
  };
  const oneLife = (): Orders => {
    const crash = crashes.pop();
    return { ...orders, ...(crash && { crash }) };
  };
  for (let n = 0; n < scenario.servers; n += 1) servers.push(keepServer('worker.ts', oneLife, log));

  let messages = 0;
  let troubled = true;
  let ending = false;
  const troubles = bring(scenario.troubles ?? [], { servers, weather, random, platform, kills: wanted }).finally(() => {
    troubled = false;
  });
  const telling = setInterval(
    () => tell({ seconds: (Date.now() - began) / 1_000, kills: killsOf(servers), wanted, messages, ending }),
    PROGRESS_MS,
  );

  const poisoned = scenario.poison ? random.fork('poison').below(size.customers) : -1;
  async function customer(name: string, poison: boolean): Promise<void> {
    const underWay: Promise<void>[] = [];
    for (let n = 1; n <= size.messages || troubled; n += 1) {
      const opens = n % scenario.escalate === 0;
      const text = poison && n === 2 ? 'poison' : `${opens ? 'ticket ' : ''}${name} 第${n}句`;
      messages += 1;
      const sending = platform.send(name, { text, opens });
      if (scenario.pace === 'at once' && n <= size.messages) underWay.push(sending);
      else await sending;
      if (n > size.messages) await pause(MEANWHILE_MS);
    }
    await Promise.all(underWay);
  }

  try {
    await Promise.all(servers.map((server) => server.up()));
    let next = 0;
    const oneAfterAnother = async (): Promise<void> => {
      for (let n = next++; n < size.customers; n = next++) await customer(`c${n}`, n === poisoned);
    };
    await Promise.all([troubles, ...Array.from({ length: size.abreast ?? size.customers }, oneAfterAnother)]);
    await platform.quiet();
    weather.callback.clear();
    weather.desk.clear();
    ending = true;
    const rest = (): Promise<Books> => settled(servers, (at) => at - moved > STILL_MS && workplace.idle());
    let books = await rest();
    for (let round = 1; platform.counts && round <= LAST_WORDS; round += 1) {
      const silent = waiting(platform.journal(books), books);
      if (silent.length === 0) break;
      await Promise.all(silent.map((user) => platform.send(user, { text: `${user} 还在吗 ${round}` })));
      messages += silent.length;
      books = await rest();
    }
    const journals: Journals = { platform: platform.journal(books), workplace: workplace.journal(books) };
    const first = journals.platform[0]?.at ?? 0;
    const handled = books.messages.filter(({ direction }) => direction === 'in').length;
    const perSecond = handled / ((moved - first) / 1_000);
    const openers = new Map(books.tickets.map(({ _id, key }) => [_id, key.split(':').at(-2) ?? '']));
    const latency = latencyOf(journals, openers);
    const verdict = judge(journals, books, {
      handedOver: scenario.handedOver === true,
      repeats,
      failed: await failedSends(log),
      prefix: platform.prefix,
      counts: platform.counts === true,
    });
    for (const server of servers) await server.stop();
    const clean = verdict.violations.length === 0;
    if (clean) await rm(folder, { recursive: true, force: true });
    const seconds = (Date.now() - began) / 1_000;
    return { ...verdict, kills: killsOf(servers), seconds, latency, perSecond, rssMb: books.rssMb, folder: clean ? null : folder };
  } finally {
    clearInterval(telling);
    for (const server of servers) server.end();
    await Promise.all([platform.close(), workplace.close(), database?.close()]);
  }
}

/** What may come again: nothing where all is well, what nobody could answer in time, or whatever a desk was stopped over. */
function repeatsIn({ troubles = [], poison, callback, desk, storeSlowMs }: Scenario): Repeats {
  if (poison || troubles.some(({ kind }) => kind !== 'outage')) return 'any';
  return troubles.length > 0 || callback || desk || storeSlowMs ? 'unheard' : 'none';
}

const weatherOf = (climate: Scenario['callback'], random: Random, name: string) => createWeather(climate ?? {}, random.fork(name));

async function openDatabase(seed: number, log: string, slowMs = 0): Promise<{ uri: string; close(): Promise<void> }> {
  const given = process.env.MONGODB_URI;
  // A database of its own, so that two runs on one server never meet.
  if (given && slowMs === 0) {
    const uri = new URL(given);
    uri.pathname = `/qiao-faults-${seed}-${process.pid}-${Date.now()}`;
    return { uri: uri.href, close: async () => undefined };
  }
  const child = run('database.ts', { slowMs }, log);
  const uri = await child.ready;
  if (uri === null) throw new Error(`The database did not start; see ${log}.`);
  return {
    uri,
    async close() {
      child.process.kill();
      await child.ended;
    },
  };
}
