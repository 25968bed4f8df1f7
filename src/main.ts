#!/usr/bin/env node
/** Composition root: reads the command line, builds what it needs, stops it in reverse. The only file with import-time effects. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { holderOf } from '../dialogs/holder';
import { languageOf } from '../dialogs/language';
import { checkArticles } from '../knowledge/check';
import { createClassifier } from '../knowledge/classify';
import { createKnowledge } from '../knowledge/index';
import { loadArticles, loadExamples } from '../knowledge/load';
import { carries, type SupervisorOf } from './api/auth';
import { ARTICLES, type AssembleOptions, assemble, EXAMPLES, type House, openConfigured, ROOT } from './assemble';
import { articlesCommand } from './cli/articles';
import { askCommand } from './cli/ask';
import { catchUp, chatCommand, createWatcher, printReply } from './cli/chat';
import { createVirtualClock } from './cli/clock';
import { commandAt, createCommands } from './cli/commands';
import {
  addArticleCommand,
  draftsCommand,
  dropDraftCommand,
  forgetCommand,
  gapsCommand,
  learnCommand,
  withdrawCommand,
  writeDraftCommand,
} from './cli/learning';
import { knownTo, withLessons } from './cli/lessonsOf';
import { print, type Terminal, UsageError } from './cli/lines';
import { menuCommand } from './cli/menu';
import { type Actions, createProgram, run } from './cli/program';
import { parseSeed } from './cli/seed';
import { type Around, type StoreDesk, storeActions } from './cli/storeActions';
import { understandCommand } from './cli/understand';
import { createUnderstand } from './cli/understanding';
import { type Config, loadConfig } from './config';
import { realTime } from './conversation/deps';
import { type Admitted, fromDesk, openDesks, openDirectories, openDoors, openPage, TERMINAL } from './doors';
import type { Known, Lessons } from './learning/lessons';
import { createLog } from './log';
import { announce, announced } from './running';
import { newSecret } from './secrets';
import { StoreError } from './store/collection';
import { makeFolder } from './store/folder';
import { fresh } from './store/fresh';
import type { Store } from './store/store';

const terminal: Terminal = { input: process.stdin, output: process.stdout, error: process.stderr };
const AUDIT_MS = 5_000;
const DAY_MS = 86_400_000;
const LINGER_MS = 1_500;
const KEY_IN_DATABASE =
  'WEB_SECRET is not set: its key is kept in the database, and whoever reads that can sign as a visitor and find the codes of customers. Set WEB_SECRET, the same for all processes';

async function serveCommand(): Promise<void> {
  // No other command needs HTTP.
  const [{ serve }, { createMetrics }] = await Promise.all([import('./serve.js'), import('./metrics.js')]);
  const config = loadConfig();
  const log = createLog(config.LOG_LEVEL);
  // Uploads live here even when the store is elsewhere.
  await makeFolder(config.DATA_DIR);
  const store = await openConfigured(config, log);
  try {
    if (config.MONGODB_URI && !config.WEB_SECRET) log.warn(KEY_IN_DATABASE);
    const metrics = createMetrics();
    const house = await assemble(config, store, { log, onTurn: metrics.turned });
    // Proving conservation walks the log: whoever probes every second shares one look.
    const audit = fresh(Date.now, AUDIT_MS, house.conversations.audit);
    const apiToken = config.API_TOKEN ?? newSecret();
    const { page, runToken } = await openPage(house);
    const hasToken = carries(apiToken);
    const admitted: Admitted = async ({ headers }) => hasToken(headers.authorization) || (await page.supervisor(headers.cookie)) !== null;
    const supervisorOf: SupervisorOf = async (request) =>
      fromDesk(request) ? ((await page.supervisor(request.get('cookie')))?.name ?? null) : null;
    const doors = await openDoors(config, house, log, admitted);
    const desks = await openDesks(config, house, log);
    const pages = join(ROOT, 'dist/console');
    const commandToken = newSecret();
    const directories: StoreDesk['directories'] = (account) => openDirectories(config, { store }, account);
    const commands = createCommands({ store, audit: async () => audit(), directories, atWork: true }, house.conversations.forgetProfiles);
    const teaching = { lessons: house.lessons, supervisorOf, commandToken, commands };
    const served = { config, house, log, metrics, audit, doors, desks: [...desks, page], pages, apiToken, teaching };
    const { url, stop } = await serve(served);
    // On MongoDB commands need no server: they open the store themselves.
    const goUnheard = config.MONGODB_URI ? undefined : await announce(config.DATA_DIR, { url, token: commandToken });
    print(terminal, `Qiao 桥 已启动 / is running (${config.MONGODB_URI ? 'MongoDB' : `embedded store in ${config.DATA_DIR}`})`);
    print(terminal, `  网页咨询 web chat   ${url}/`);
    print(terminal, `  坐席工作台 desk     ${url}/desk${runToken === undefined ? '' : `#${runToken}`}`);
    if (runToken !== undefined) print(terminal, '    还没有坐席：此链接以「值班客服」登录，仅本次运行有效；添加坐席见 qiao agents --help');
    print(terminal, `  健康检查 health     ${url}/healthz  ${url}/readyz`);
    print(terminal, `  工单接口 API        ${url}/api/tickets`);
    if (!config.API_TOKEN) print(terminal, `  API token (this run only; set API_TOKEN to keep one)  ${apiToken}`);
    print(terminal, '  按 Ctrl+C 停止 / stop with Ctrl+C');
    const stopFollowing = house.followLessons();
    await untilToldToStop();
    stopFollowing();
    await goUnheard?.();
    await stop();
  } finally {
    // What matters is stored; a package or a database that waits for a peer's answer has no say in when the program ends.
    setTimeout(() => process.exit(), LINGER_MS).unref();
    await store.close();
  }
}

/** A second signal does not wait any longer. */
function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

/** A command's configuration: `--data` means that folder's embedded store, whatever the environment says. */
function configFor(data: string | undefined): Config {
  const config = loadConfig();
  if (data === undefined) return config;
  const { MONGODB_URI: _, ...rest } = config;
  return { ...rest, DATA_DIR: data };
}

async function withStore(data: string | undefined, use: (store: Store, config: Config) => Promise<void>): Promise<void> {
  const config = configFor(data);
  const store = await openConfigured(config, createLog('error'));
  try {
    await use(store, config);
  } finally {
    await store.close();
  }
}

async function inHouse<T>(store: Store, config: Config, more: Omit<AssembleOptions, 'log'>, use: (house: House) => Promise<T>): Promise<T> {
  const log = createLog('error');
  const house = await assemble(config, store, { log, ...more });
  for (const { channel } of await openDoors(config, house, log)) house.channels.set(channel.name, channel);
  const stop = await house.conversations.start();
  try {
    return await use(house);
  } finally {
    await stop();
  }
}

/** Runs here, or by the server that has the embedded store. */
const usingStore: Around['using'] = async (data, use, sent = { argv: process.argv.slice(2) }) => {
  try {
    await withStore(data, (store, config) =>
      use({
        store,
        audit: () =>
          inHouse(store, config, {}, async ({ conversations }) => {
            await conversations.idle();
            return conversations.audit();
          }),
        directories: (account) => openDirectories(config, { store }, account),
      }),
    );
  } catch (error) {
    const server = error instanceof StoreError && error.code === 'locked' ? await announced(configFor(data).DATA_DIR) : null;
    if (!server) throw error;
    process.exitCode = await commandAt(server, sent, (said) => {
      if ('out' in said) terminal.output.write(said.out);
      else terminal.error.write(said.err);
    });
  }
};

async function readWhole(file: string): Promise<string> {
  if (file === '-') return text(terminal.input);
  return readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read; give the path of a JSON file`);
  });
}

const teach = (data: string | undefined, use: (lessons: Lessons) => Promise<void>): Promise<void> => withLessons(configFor(data), use);

const known = (data: string | undefined): Promise<Known> => knownTo(configFor(data), (line) => void terminal.error.write(`${line}\n`));

const actions: Actions = {
  ...storeActions(terminal, {
    using: usingStore,
    read: readWhole,
    ended: (code) => {
      process.exitCode = code;
    },
  }),
  serve: serveCommand,
  async chat({ json: asked, user, data, virtualClock }) {
    const json = asked || !process.stdin.isTTY;
    const clock = virtualClock ? createVirtualClock(Date.now()) : null;
    const watcher = createWatcher(holderOf);
    const now = clock?.now ?? Date.now;
    const { contentOf, createTerminal } = await import('../adapters/terminal/index.js');
    const options = { now, scheduler: clock?.scheduler ?? realTime, watch: watcher.watch };
    const talk = async (house: House) => {
      const channel = createTerminal({
        account: TERMINAL,
        files: house.files,
        write: (text, { reply }) => {
          if (!json) printReply(terminal, text, reply);
        },
      });
      const address = channel.address(user);
      if (!json) await catchUp(terminal, house, channel, address);
      house.channels.set(channel.name, channel);
      await chatCommand(terminal, house, { address, contentOf, watcher, json, clock, now });
    };
    await withStore(data, (store, config) => inHouse(store, config, options, talk));
  },
  async ask(text, { data, ...options }) {
    const { articles, options: answering } = await known(data);
    const knowledge = createKnowledge(articles, answering);
    const ask = (question: string, top: number) => {
      const { decision, hits } = knowledge.ask(question, { k: top, language: languageOf(question) ?? 'zh' });
      return { decision, hits: hits.map(({ article, title, score }) => ({ article, question: title, score })) };
    };
    await askCommand(terminal, ask, text, options);
  },
  async understand(text, { json, schools, data }) {
    const { articles, options, schools: stored } = await known(data);
    const directory = schools ? parseSeed(JSON.parse(await readFile(schools, 'utf8'))).schools : stored;
    const classify = createClassifier(await loadExamples(EXAMPLES), articles);
    const understand = createUnderstand(createKnowledge(articles, options), classify, directory, Date.now());
    await understandCommand(terminal, understand, text, { json });
  },
  async pushMenu(file, { account }) {
    const { pushMenu, readMenu } = await import('../adapters/wechat-official/menu.js');
    const accounts = loadConfig().WECHAT_OFFICIAL_ACCOUNTS;
    await menuCommand(terminal, file, { accounts, ...(account !== undefined && { account }), read: readMenu, push: pushMenu });
  },
  gaps: ({ data, days, ...rest }) =>
    teach(data, async (lessons) => gapsCommand(terminal, await lessons.gaps(new Date(Date.now() - days * DAY_MS)), rest)),
  learn: (article, text, { data, ...rest }) =>
    teach(data, async (lessons) => {
      process.exitCode = await learnCommand(terminal, lessons, { article, text }, rest);
    }),
  forget: (text, { data }) => teach(data, (lessons) => forgetCommand(terminal, lessons, text)),
  addArticle: (file, { data, ...rest }) =>
    teach(data, async (lessons) => {
      process.exitCode = await addArticleCommand(terminal, lessons, file, rest);
    }),
  withdrawArticle: (id, { data }) => teach(data, (lessons) => withdrawCommand(terminal, lessons, id)),
  drafts: ({ data, ...rest }) => teach(data, async (lessons) => draftsCommand(terminal, await lessons.drafts(), rest)),
  writeDraft: (ticket, file, { data }) => teach(data, async (lessons) => writeDraftCommand(terminal, await lessons.drafts(), ticket, file)),
  dropDraft: (ticket, { data, by }) => teach(data, (lessons) => dropDraftCommand(terminal, lessons, ticket, by)),
  async checkArticles() {
    const articles = await loadArticles(ARTICLES);
    process.exitCode = articlesCommand(terminal, articles.length, checkArticles(articles));
  },
};

// Whoever reads our answer may have read enough: `qiao tickets export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

run(createProgram(actions), process.argv.slice(2), (line) => process.stderr.write(`${line}\n`)).then((code) => {
  process.exitCode = code || process.exitCode;
});
