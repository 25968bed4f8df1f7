/** One account with all its parts: its login, its ears and its mouth. Only the process that holds its lease logs in. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accept, Outgoing } from '../channel';
import { leaseOf } from '../notebook';
import { type Binding, createBinding } from './binding';
import { createBot } from './bot';
import { createBreaker } from './breaker';
import { createEchoes } from './echoes';
import { createEars } from './hear';
import { createLogin, type LoginView } from './login';
import { type Alert, loopLimits, patient, type WechatAccount, type WechatOptions } from './options';
import { createPuppet } from './puppets';
import { drawn } from './qr';
import { createRelay } from './relay';
import { createSentBook } from './sent';
import { createMouth } from './speak';
import { createStopping, type Stopping, within } from './wait';

export type View = LoginView &
  Readonly<{
    /** Not stored yet; could not be had at all; conversations in which the bot fell silent. */
    unsaved: number;
    missed: number;
    silenced: number;
  }>;

export type Account = Readonly<{
  name: string;
  puppet: WechatAccount['puppet'];
  binding: Binding;
  view(): View;
  send(outgoing: Outgoing): Promise<void>;
  /** Begins to hold the login; resolves to what ends it. */
  start(accept: Accept): () => Promise<void>;
  restart(why: string): void;
}>;

export function createAccount(one: WechatAccount, options: WechatOptions): Account {
  const { account } = one;
  const { notebook, files, folder, log, now = Date.now, random = Math.random } = options;
  const patience = { ...patient, ...options.patience };
  const breaker = createBreaker({ ...loopLimits, ...options.loops }, now);
  const echoes = createEchoes(now);
  const binding = createBinding(notebook, account);
  const lease = leaseOf(notebook, `login/${account}`, { owner: options.owner, ms: patience.leaseMs, now });
  const stopping = createStopping();
  let accept: Accept | null = null;
  let has = false;

  const alert = (given: Alert): void => {
    options.alert(given).catch((error) => log.error({ account, cause: given.cause, err: error }, 'supervisors could not be told'));
  };
  const mouth = createMouth({
    ...{ account, pace: one.pace, random, breaker, echoes, files, alert, stopping, now, log },
    online: () => login.online(),
    restart: (why) => login.restart(why),
    sayMs: patience.sayMs,
    sent: createSentBook({ notebook, now, log }),
  });
  const relay = createRelay({ account, notebook, say: mouth.send, patience, now, log });
  const ears = createEars({
    ...{ account, groups: one.groups, echoes, files, stopping, patience, now, log },
    accept: () => accept,
    online: () => login.online(),
    heard: ({ from }) => breaker.heard(from),
    tell: mouth.tell,
  });
  const login = createLogin({
    ...{ account, binding, alert, patience, now, log },
    heartbeatMs: one.heartbeatSeconds * 1_000,
    hear: ears.hear,
    draw(code) {
      const { draw } = options;
      if (draw) void drawn(code).then((picture) => draw(`\n微信账号「${account}」请用手机扫码登录\n${picture}\n`));
    },
    async makeBot(events) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return createBot(await createPuppet(one), join(folder, account), events);
    },
  });

  /** Holds the lease and the login with it, until it is told to stop or somebody else has the lease. */
  async function hold(): Promise<void> {
    const mine = createStopping();
    void stopping.stopped.then(mine.stop);
    has = true;
    const lived = login.run(mine).finally(mine.stop);
    const served = options.shared ? relay.serve(mine) : undefined;
    await extend(mine);
    mine.stop();
    await Promise.all([lived, served]);
    has = false;
  }

  /** Returns when the lease is lost, or when nobody could say for as long as it lasts. */
  async function extend(until: Stopping): Promise<void> {
    for (let held = now(); !(await until.within(patience.leaseMs / 3)); ) {
      const still = await lease.hold().catch(() => null);
      if (still) held = now();
      if (still === false || now() - held > patience.leaseMs) return;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.now()) {
      const got = await lease.hold().catch((error) => {
        log.warn({ account, err: error }, 'who has the login is not known');
        return false;
      });
      if (got) await hold();
      else await stopping.within(patience.lookMs);
    }
    await lease.release().catch(() => undefined);
  }

  return {
    name: account,
    puppet: one.puppet,
    binding,
    view() {
      const view = login.view();
      const state = has ? view.state : stopping.now() ? 'stopped' : 'elsewhere';
      return { ...view, state, unsaved: ears.waiting(), missed: ears.missed(), silenced: breaker.silenced() };
    },
    send: (outgoing) => (has || !options.shared ? mouth.send(outgoing) : relay.ask(outgoing)),
    restart: login.restart,
    start(given) {
      accept = given;
      const running = run();
      return async () => {
        // What was told of is fetched while there is still a login to ask.
        await within(patience.lastMs, ears.quiet()).catch(() => undefined);
        stopping.stop();
        await ears.quiet();
        accept = null;
        await running;
      };
    },
  };
}
