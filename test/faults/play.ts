/** Plays one scenario with one seed from an empty store to the verdict. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Books } from './books';
import { failedSends } from './diary';
import { openMail } from './email';
import type { Journals } from './journal';
import { judge, type Verdict } from './judge';
import { type Latency, latencyOf } from './latency';
import { openOfficial } from './official';
import { pause } from './pause';
import { openGateway } from './platform';
import { run } from './process';
import { createRandom, type Random } from './random';
import { CRASH_POINTS, type Scenario, type Size } from './scenarios';
import { type Crash, keepServer, type Server } from './server';
import { openTeamsCustomers } from './teams';
import { createWeather } from './weather';
import { openWechatCustomers } from './wechat';
import { openWecomCustomers } from './wecom';
import { openWorkplace } from './workplace';

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

const PLATFORMS = {
  webhook: openGateway,
  'wechat-official': openOfficial,
  wecom: openWecomCustomers,
  email: openMail,
  teams: openTeamsCustomers,
  wechat: openWechatCustomers,
} as const;

/** A desk that has ended nothing for so long, although all troubles are over, is stuck and not slow. */
const STUCK_AFTER_MS = 30_000;
/** Customers who only keep the desk busy until all troubles are over wait so long between two words. */
const MEANWHILE_MS = 300;
/** So long nobody wrote anything down. */
const STILL_MS = 300;

export async function play(scenario: Scenario, size: Size, seed: number): Promise<Played> {
  const began = Date.now();
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'qiao-faults-'));
  const log = join(folder, 'log');
  const database = scenario.store === 'database' ? await openDatabase(seed, log) : null;
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
  const openPlatform = PLATFORMS[scenario.channel ?? 'webhook'];
  const platform = await openPlatform({
    route,
    weather: weather.callback,
    random: random.fork('platform'),
    deliveries: scenario.deliveries ?? {},
    onEntry,
  });
  const workplace = await openWorkplace({ route, weather: weather.desk, replies: scenario.replies, onEntry });
  const kills = (): number => servers.reduce((sum, server) => sum + server.kills(), 0);
  const wanted = size.kills ?? 0;

  const crashes = crashPlan(scenario, wanted, random.fork('crash'));
  const orders = {
    dir: join(folder, 'store'),
    callback: platform.url,
    channel: scenario.channel ?? 'webhook',
    wall: workplace.url,
    ...(database && { mongodbUri: database.uri }),
  };
  for (let n = 0; n < scenario.servers; n += 1) servers.push(keepServer(orders, log, () => crashes.pop()));

  let troubled = true;
  const troubles = Promise.all([
    ...(scenario.troubles ?? []).map((trouble) => bring(trouble)),
    until(() => kills() >= wanted, 'the desk was not killed as often as planned'),
  ]).finally(() => {
    troubled = false;
  });

  async function bring(trouble: NonNullable<Scenario['troubles']>[number]): Promise<void> {
    const chance = random.fork(trouble.kind);
    const some = (): Server => servers[chance.below(servers.length)] ?? fail('there is no server');
    switch (trouble.kind) {
      case 'crash':
        return;
      case 'kill':
        for (let n = 0; n < wanted; n += 1) {
          const server = some();
          await server.up();
          await pause(chance.below(300));
          await server.kill();
        }
        return;
      case 'freeze':
        for (let n = 0; n < trouble.times; n += 1) {
          await pause(chance.below(400));
          await some().freeze(trouble.ms);
        }
        return;
      case 'clock':
        for (const step of trouble.steps) {
          await pause(200 + chance.below(300));
          await some().shiftClock(step);
        }
        return;
      case 'outage':
        for (let n = 0; n < trouble.times; n += 1) {
          await pause(chance.below(400));
          weather[trouble.of].force('down');
          await pause(trouble.ms);
          weather[trouble.of].force(null);
        }
    }
  }

  const poisoned = scenario.poison ? random.fork('poison').below(size.customers) : -1;
  async function customer(name: string, poison: boolean): Promise<void> {
    const underWay: Promise<void>[] = [];
    for (let n = 1; n <= size.messages || troubled; n += 1) {
      const opens = n % scenario.escalate === 0;
      const text = poison && n === 2 ? 'poison' : `${opens ? 'ticket ' : ''}${name} 第${n}句`;
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
    const books = await settled(servers, (at) => at - moved > STILL_MS && workplace.idle());
    const journals: Journals = { platform: platform.journal(books), workplace: workplace.journal };
    const first = journals.platform[0]?.at ?? 0;
    const handled = books.messages.filter(({ direction }) => direction === 'in').length;
    const perSecond = handled / ((moved - first) / 1_000);
    const openers = new Map(books.tickets.map(({ _id, key }) => [_id, key.split(':').at(-2) ?? '']));
    const latency = latencyOf(journals, openers);
    const verdict = judge(journals, books, {
      handedOver: scenario.handedOver === true,
      interrupted: scenario.poison === true || (scenario.troubles ?? []).some(({ kind }) => kind !== 'outage'),
      failed: await failedSends(log),
      prefix: platform.prefix,
    });
    for (const server of servers) await server.stop();
    const clean = verdict.violations.length === 0;
    if (clean) await rm(folder, { recursive: true, force: true });
    const seconds = (Date.now() - began) / 1_000;
    return { ...verdict, kills: kills(), seconds, latency, perSecond, rssMb: books.rssMb, folder: clean ? null : folder };
  } finally {
    for (const server of servers) server.end();
    await Promise.all([platform.close(), workplace.close(), database?.close()]);
  }
}

const fail = (message: string): never => {
  throw new Error(message);
};

const weatherOf = (climate: Scenario['callback'], random: Random, name: string) => createWeather(climate ?? {}, random.fork(name));

/** One for each kill, the points in turn; the last life has none. */
function crashPlan({ troubles }: Scenario, kills: number, random: Random): Crash[] {
  const trouble = troubles?.find((one) => one.kind === 'crash');
  if (trouble?.kind !== 'crash') return [];
  const points = trouble.points ?? CRASH_POINTS;
  return Array.from({ length: kills }, (_, n) => ({ point: points[n % points.length] ?? 'saved', nth: 1 + random.below(6) }));
}

async function openDatabase(seed: number, log: string): Promise<{ uri: string; close(): Promise<void> }> {
  const given = process.env.MONGODB_URI;
  // A database of its own, so that two runs on one server never meet.
  if (given) {
    const uri = new URL(given);
    uri.pathname = `/qiao-faults-${seed}-${process.pid}-${Date.now()}`;
    return { uri: uri.href, close: async () => undefined };
  }
  const child = run('database.ts', {}, log);
  const uri = (await child.ready) ?? fail(`The database did not start; see ${log}.`);
  return {
    uri,
    async close() {
      child.process.kill();
      await child.ended;
    },
  };
}

async function until(reached: () => boolean, otherwise: string): Promise<void> {
  for (const began = Date.now(); !reached(); await pause(20)) if (Date.now() - began > 600_000) throw new Error(otherwise);
}

/** The books once nothing is left to do; the judge says what is missing when nothing moves any more although something is left. */
async function settled(servers: readonly Server[], still: (at: number) => boolean): Promise<Books> {
  let before = '';
  let moved = Date.now();
  for (;;) {
    await Promise.all(servers.map((server) => server.up()));
    // What happens while the books are read is not in them.
    const asked = Date.now();
    // Whoever is asked may die of a message that kills.
    const books = await booksAt(servers[0]).catch(() => null);
    if (!books) {
      if (Date.now() - moved > STUCK_AFTER_MS) throw new Error('no desk says any more what is in its books');
      await pause(250);
      continue;
    }
    const { pending, outboxAgeMs, ...ended } = books.audit;
    const untold = books.tickets.filter(({ told }) => !told).length;
    if (pending === 0 && outboxAgeMs === 0 && untold === 0 && still(asked)) return books;
    const now = JSON.stringify([ended, pending, untold]);
    if (now !== before) moved = Date.now();
    before = now;
    if (Date.now() - moved > STUCK_AFTER_MS) return books;
    await pause(250);
  }
}

async function booksAt(server: Server | undefined): Promise<Books> {
  const response = await fetch(`${server?.url()}/faults/books`);
  return response.json() as Promise<Books>; // what booksOf() made
}
