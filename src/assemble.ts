/** Puts the rooms together: store, knowledge, engine and conversations. Channels are the caller's, so no adapter is named here. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Channel } from '../adapters/channel';
import type { Desk, DeskName, Office } from '../adapters/desk';
import { holderOf } from '../dialogs/holder';
import { begin, step as engineStep } from '../dialogs/step';
import type { ChannelName, Step } from '../dialogs/vocabulary';
import { createClassifier } from '../knowledge/classify';
import { createKnowledge, type KnowledgeBase } from '../knowledge/index';
import { loadArticles, loadExamples } from '../knowledge/load';
import { createSchoolDirectory } from '../knowledge/schools';
import { type Calls, createCalls } from './calls/calls';
import type { Config } from './config';
import type { Conversations } from './conversation/conversations';
import { createConversations } from './conversation/createConversations';
import { realTime, type Scheduler, type TurnReport } from './conversation/deps';
import { calendarOf } from './desk/calendar';
import { dueAt } from './desk/due';
import { type DeskHealth, deskHealth } from './desk/health';
import { createNumbers } from './desk/numbers';
import { createOffice } from './desk/office';
import { createReach } from './desk/reach';
import { createRelay } from './desk/relay';
import { createRounds } from './desk/rounds';
import { createWatch } from './desk/watch';
import { createFiles, type FileStore } from './files/files';
import { createS3Shelf } from './files/s3';
import type { Shelf } from './files/shelf';
import { createFollowing } from './learning/follow';
import { createLessons, type Lessons, oneAtATime } from './learning/lessons';
import { createPace } from './learning/pace';
import { lessonsSoFar, taughtBase } from './learning/taught';
import type { Log } from './log';
import { createSchools } from './people/schools';
import { type KeptSecrets, secretsInFolder, secretsInStore } from './secrets';
import { departments, knowledgeOptions, loadSettings, type Settings } from './settings';
import { openStore } from './store/open';
import type { Store } from './store/store';

/** The package's folder, whether this file runs from source or from dist/. */
export const ROOT = __dirname.includes(join('dist', 'src')) ? join(__dirname, '../..') : join(__dirname, '..');
export const ARTICLES = join(ROOT, 'knowledge/articles');
export const EXAMPLES = join(ROOT, 'knowledge/examples');

/** Everything but the doors: what the program, its commands and its tests run on. */
export type House = Readonly<{
  store: Store;
  settings: Settings;
  knowledge: KnowledgeBase;
  conversations: Conversations;
  /** Channels added here are sent to. */
  channels: Map<ChannelName, Channel>;
  /** What agents' desks may ask. */
  office: Office;
  /** Telephone calls. */
  calls: Calls;
  /** What customers and agents send each other besides words. */
  files: FileStore;
  /** Signs the links of files and the tokens of visitors on the web. */
  webSecret: string;
  /** What is signed with and nobody had to set. */
  keptSecret: KeptSecrets;
  /** Begins to tell desks what happens to tickets; resolves to what ends it. */
  tellDesks(desks: readonly Desk[]): Promise<() => Promise<void>>;
  /** Begins to watch the clocks of the desk; resolves to what ends it. */
  watchClocks(): Promise<() => Promise<void>>;
  /** Begins to take over what people teach the desk in other processes; returns what ends it. */
  followLessons(): () => void;
  /** What people may ask and teach of the knowledge; what they teach is answered by at once. */
  lessons: Lessons;
  /** How the desk stands; `keeping` are the desks that are told what happens. */
  deskHealth(keeping: readonly DeskName[]): Promise<DeskHealth>;
}>;

export type AssembleOptions = Readonly<{
  log: Log;
  now?: () => number;
  scheduler?: Scheduler;
  /** Wraps the engine's step, for a caller that must see what was decided. */
  watch?: (step: Step) => Step;
  onTurn?: (turn: TurnReport) => void;
}>;

/** The store of the configuration, opened; the caller closes it. */
export const openConfigured = (config: Config, log: Log): Promise<Store> =>
  openStore({ ...(config.MONGODB_URI && { mongodbUri: config.MONGODB_URI }), dataDir: config.DATA_DIR, log });

/** Everything but the channels, ready to start. */
export async function assemble(config: Config, store: Store, options: AssembleOptions): Promise<House> {
  const [shipped, examples, settings, since] = await Promise.all([
    loadArticles(ARTICLES),
    loadExamples(EXAMPLES),
    loadSettings(store, { timeZone: config.TIME_ZONE }),
    lessonsSoFar(store),
  ]);
  // After the count: what is taught in between is only read twice.
  const { articles, problems } = await taughtBase(store, shipped);
  for (const { file, problem } of problems) options.log.warn({ file, problem }, 'a lesson does not fit');
  const answering = knowledgeOptions(settings);
  const knowledge = createKnowledge(articles, answering);
  const channels = new Map<ChannelName, Channel>();
  const { now = Date.now, scheduler = realTime } = options;
  const following = createFollowing({ store, knowledge, shipped, since, log: options.log });
  const lessons = createLessons({
    store,
    shipped,
    options: answering,
    now,
    pause: createPace(() => performance.now()),
    changed: following.look,
  });
  const shelf = s3Of(config);
  const keptSecret = config.MONGODB_URI ? secretsInStore(store) : secretsInFolder(config.DATA_DIR, store);
  const webSecret = config.WEB_SECRET ?? (await keptSecret('web-secret'));
  const files = createFiles({
    ...(shelf && { shelf }),
    dir: join(config.DATA_DIR, 'uploads'),
    secret: webSecret,
    ...(config.PUBLIC_URL && { publicUrl: config.PUBLIC_URL }),
    now,
  });
  const exclusive = !config.MONGODB_URI;
  const conversations = createConversations({
    store,
    step: options.watch ? options.watch(engineStep) : engineStep,
    begin,
    holderOf,
    settings: () => settings,
    knowledge,
    classify: createClassifier(examples, articles),
    createDirectory: createSchoolDirectory,
    channels,
    secret: webSecret,
    now,
    newId: randomUUID,
    log: options.log,
    scheduler,
    ...(options.onTurn && { onTurn: options.onTurn }),
    options: { exclusive },
  });
  const reach = createReach(channels);
  const office = createOffice({
    store,
    conversations,
    departments: () => departments(settings),
    reach,
    phrases: () => settings.phrases,
    now,
    timeZone: () => settings.timeZone,
  });
  const tellDesks = (desks: readonly Desk[]) =>
    createRelay({
      store,
      book: conversations.tickets,
      desks,
      latest: conversations.latest,
      reach,
      now,
      scheduler,
      log: options.log,
      worker: conversations.worker,
      slow: conversations.slow,
      exclusive,
    }).start();
  const calendar = calendarOf(() => settings);
  const schools = createSchools(store, createSchoolDirectory, now);
  const rounds = createRounds({ store, settings: () => settings, calendar, now });
  const watchClocks = () =>
    createWatch({
      store,
      book: conversations.tickets,
      terms: () => ({ calendar: calendar(), ackMinutes: settings.ackMinutes, timeZone: settings.timeZone }),
      rounds,
      now,
      scheduler,
      log: options.log,
    }).start();
  const calls = createCalls({
    store,
    conversations,
    numbers: createNumbers({ store, now, timeZone: () => settings.timeZone, block: 1 }),
    due: (priority, from) => dueAt(priority, from, settings, calendar()),
    open: (at) => calendar().nextOpening(at) === at,
    schools: async () => schools(),
    place: () => settings,
    now,
    scheduler,
    log: options.log,
  });
  return {
    store,
    calls,
    settings,
    knowledge,
    conversations,
    channels,
    office,
    files,
    webSecret,
    keptSecret,
    tellDesks,
    watchClocks,
    lessons: oneAtATime(lessons),
    followLessons: () => following.start(scheduler),
    deskHealth: (keeping) => deskHealth(store, keeping, now()),
  };
}

/** The bucket of the configuration; undefined where files stay in the data folder. */
function s3Of(config: Config): Shelf | undefined {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = config;
  if (!endpoint || !accessKey || !secretKey) return undefined;
  return createS3Shelf({ endpoint, accessKey, secretKey, region: config.S3_REGION, bucket: config.S3_BUCKET, prefix: config.S3_PREFIX });
}
