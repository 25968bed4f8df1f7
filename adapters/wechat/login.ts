/**
 * Keeps one login alive: a life ends with whatever goes wrong, and a wholly new one follows, because what is left of an old login would be
 * taken for the new. Knows whether the gateway still breathes from its signs of life alone: it calls itself logged in long after its death.
 */
import type { Binding } from './binding';
import type { Bot, BotEvents, Self } from './bot';
import type { Ears } from './hear';
import type { Alert, Log, Patience } from './options';
import { nth, type Stopping } from './wait';
import type { LoginState } from './wire';
import { words } from './words';

export type LoginView = Readonly<{
  state: LoginState;
  since: number;
  heartbeatAt: number | null;
  /** What the phone must read; null when nothing. */
  code: string | null;
  self: Self | null;
  /** Why the last life ended. */
  ended: string | null;
}>;

export type Login = Readonly<{
  view(): LoginView;
  /** Who may speak, and through what; null while nobody may. */
  online(): Readonly<{ bot: Bot; self: Self }> | null;
  /** Lives until it is told to stop; resolves when the last life is over. */
  run(stopping: Stopping): Promise<void>;
  /** Begins a new life now. */
  restart(why: string): void;
}>;

type Deps = Readonly<{
  account: string;
  makeBot(events: BotEvents): Promise<Bot>;
  binding: Binding;
  hear: Ears['hear'];
  /** Shows a code to whoever sits at the terminal. */
  draw(code: string): void;
  alert(alert: Alert): void;
  heartbeatMs: number;
  patience: Patience;
  now: () => number;
  log: Log;
}>;

/** A gateway that is stopped while it is dead takes its time. */
const STOP_WITHIN_MS = 10_000;

export function createLogin(deps: Deps): Login {
  const { account, binding, patience, now, log } = deps;
  let view: LoginView = { state: 'starting', since: now(), heartbeatAt: null, code: null, self: null, ended: null };
  let speaking: Readonly<{ bot: Bot; self: Self }> | null = null;
  let end: (why: string) => void = () => undefined;
  let awaySince: number | null = null;
  /** Whether the state before this one was a login, or a code to be read, that stood long enough. */
  let stood = false;

  function become(state: LoginState, more: Partial<LoginView> = {}): void {
    if (state !== view.state) log.info({ account, state, ...(more.ended && { ended: more.ended }) }, 'the login changed');
    if (state !== view.state) stood = view.state !== 'starting' && now() - view.since > patience.goodAfterMs;
    view = { ...view, code: null, self: null, ...(state !== view.state && { state, since: now() }), ...more };
    if (state === 'online') awaySince = null;
    if (state === 'away') awaySince ??= now();
    if (state !== 'online') speaking = null;
  }

  async function scanned(code: string, waiting: boolean): Promise<void> {
    const fresh = waiting && code !== view.code;
    become(waiting ? 'scan' : 'scanned', waiting ? { code } : {});
    if (!fresh) return;
    deps.draw(code);
    log.warn({ account }, 'a phone must read the code at /channels/wechat');
    // Whoever sets an account up sits before the page already.
    if (await binding.owner()) deps.alert({ account, cause: 'scan', ...words.scan(account) });
  }

  /** Who it is, for the messages that come meanwhile; null when nobody whose messages are ours. Asks until it is known or the life is over. */
  async function identify(id: string, bot: Bot): Promise<Self | null> {
    for (let n = 0; !bot.over(); n += 1) {
      try {
        const self = await bot.self(id);
        const ours = await binding.isOurs(self);
        if (bot.over()) return null;
        become(ours ? 'online' : 'stranger', { self });
        if (ours) speaking = { bot, self };
        else deps.alert({ account, cause: 'stranger', ...words.stranger(account) });
        return ours ? self : null;
      } catch (error) {
        log.warn({ account, err: error }, 'who is logged in is not known yet');
        await new Promise((resolve) => setTimeout(resolve, nth(patience.acceptMs, n)));
      }
    }
    return null;
  }

  function tellAway(): void {
    if (awaySince !== null && now() - awaySince > patience.awayAlertMs) deps.alert({ account, cause: 'away', ...words.away(account) });
  }

  /** From start to end. */
  async function live(stopping: Stopping): Promise<void> {
    let leave = (): void => undefined;
    const over = new Promise<string>((resolve) => {
      end = (why) => {
        leave();
        resolve(why);
      };
    });
    let known: Promise<Self | null> | null = null;
    const early: string[] = [];
    const began = now();
    become('starting', { heartbeatAt: null });
    const alive = (): void => {
      view = { ...view, heartbeatAt: now() };
    };
    const bot: Bot = await deps.makeBot({
      alive,
      ended: (why) => end(why),
      failed: (error) => log.warn({ account, err: error }, 'the gateway reports an error'),
      logout: () => end('logged out'),
      scan(code, state) {
        alive();
        scanned(code, state === 'waiting').catch((error) => log.warn({ account, err: error }, 'a code could not be told'));
      },
      login(id) {
        alive();
        const self = known ?? identify(id, bot);
        known = self;
        for (const message of early.splice(0)) deps.hear(message, { bot, self });
      },
      message(id) {
        alive();
        if (known) deps.hear(id, { bot, self: known });
        else early.push(id);
      },
    });
    leave = bot.leave;

    const watch = setInterval(() => {
      const silent = now() - (view.heartbeatAt ?? began);
      if (view.heartbeatAt === null) tellAway();
      if (silent > deps.heartbeatMs) end('no sign of life');
      else if (view.state === 'starting' && !known && now() - began > patience.undecidedMs) end('neither a login nor a code');
      else if (silent > deps.heartbeatMs / 3) bot.ding();
    }, deps.heartbeatMs / 6);
    const look = setInterval(() => void confirmed(end), patience.lookMs);
    bot.start().catch((error) => {
      log.warn({ account, err: error }, 'a login could not begin');
      end('could not start');
    });
    const why = await Promise.race([over, stopping.stopped.then(() => 'told to stop')]);
    clearInterval(watch);
    clearInterval(look);
    speaking = null;
    // Before it is stopped, which takes its time.
    if (!stopping.now()) become('away', { ended: why });
    await Promise.race([
      bot.stop().catch((error) => log.debug({ account, err: error }, 'a life did not end by itself')),
      new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref()),
    ]);
    // Nobody knew yet whose they are: the next login will.
    for (const message of early) deps.hear(message, { bot, self: Promise.resolve(null) });
  }

  /** A person said meanwhile that the stranger is who the account belongs to now. */
  async function confirmed(endLife: (why: string) => void): Promise<void> {
    if (view.state !== 'stranger') return;
    const owner = await binding.owner().catch(() => null);
    if (owner !== null && owner.identity === view.self?.identity) endLife('another login was confirmed');
  }

  return {
    view: () => view,
    online: () => speaking,
    restart: (why) => end(why),
    async run(stopping) {
      for (let tries = 0; !stopping.now(); ) {
        await live(stopping).catch((error) => {
          log.error({ account, err: error }, 'a login could not begin');
          become('away', { ended: 'could not start' });
        });
        if (stopping.now()) break;
        tellAway();
        if (stood) tries = 0;
        await stopping.within(nth(patience.restartMs, tries));
        tries += 1;
      }
    },
  };
}
