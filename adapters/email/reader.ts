/** Reads one mailbox for as long as the desk runs: one process at a time, told at once by IDLE, looking by itself now and then, back after every loss. */
import { randomUUID } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import type { Accept } from '../channel';
import { leaseOf } from '../notebook';
import type { PutAside } from './aside';
import type { Dealing } from './batch';
import { nextTry } from './behind';
import { lookInto } from './mailbox';
import type { EmailAccount, EmailOptions, Patience } from './options';
import type { Outcome, Take } from './take';

/** `elsewhere`: another process reads it. */
export type ReaderHealth = Readonly<{
  account: string;
  reading: 'here' | 'elsewhere' | 'connecting' | 'stopped';
  /** When the mailbox was last looked at to the end. */
  lookedAt?: string;
  /** Why it is not read. */
  trouble?: string;
  /** Mails that could not be stored yet, and those of the same senders behind them. */
  waiting: number;
  counts: Readonly<Partial<Record<Outcome, number>>>;
}>;
export type Reader = Readonly<{ health(): ReaderHealth; stop(): Promise<void> }>;

type Given = Readonly<{
  options: EmailOptions;
  account: EmailAccount;
  patience: Patience;
  take: Take;
  putAside: PutAside;
  accept: Accept;
  now: () => number;
}>;

export function startReader({ options, account, patience, take, putAside, accept, now }: Given): Reader {
  const { notebook, worker, log } = options;
  const lease = leaseOf(notebook, `reader:${account.account}`, { owner: worker, ms: patience.leaseMs, now });
  const born = randomUUID();
  const counts: Partial<Record<Outcome, number>> = {};
  let state: ReaderHealth['reading'] = 'connecting';
  let lookedAt: string | undefined;
  let trouble: string | undefined;
  let waiting = 0;
  let stopping = false;
  let wake: () => void = () => undefined;
  let connected: ImapFlow | null = null;
  let news = false;

  const ring = (): void => {
    news = true;
    wake();
  };

  /** Until something happened, or so long at most. */
  function rest(ms: number): Promise<void> {
    if (news || stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function connection(): ImapFlow {
    const { host, port, secure, user, password } = account.imap;
    const client = new ImapFlow({
      host,
      port,
      secure: secure === true,
      ...(secure !== true && { doSTARTTLS: secure === 'starttls' }),
      auth: { user, pass: password },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: patience.answerMs,
      greetingTimeout: patience.answerMs,
      socketTimeout: patience.answerMs + patience.pollMs,
    });
    // Without a listener an error would end the program; what matters is the close that follows.
    client.on('error', (error: unknown) => note(error));
    client.on('exists', ring);
    client.on('close', ring);
    return client;
  }

  function note(error: unknown): void {
    trouble = error instanceof Error ? reasonOf(error) : String(error);
  }

  /** From connecting to the loss of the connection, of the lease, or to the stop. */
  async function session(onLook: () => void): Promise<void> {
    const client = connection();
    connected = client;
    try {
      await client.connect();
      await client.mailboxOpen(account.imap.folder);
      while (!stopping && client.usable && (await lease.hold())) {
        [state, news, heldAt] = ['here', false, now()];
        const behind = await within(client, lookInto(client, { notebook, account: account.account, life: born, now, patience }, dealing));
        [lookedAt, trouble, waiting] = [new Date(now()).toISOString(), undefined, behind.length];
        onLook();
        if (news || stopping) continue;
        // Ends when the next command is given; that it could not begin shows there.
        client.idle().catch(() => false);
        await rest(Math.min(patience.pollMs, patience.leaseMs / 3, Math.max(0, (nextTry(behind) ?? Number.POSITIVE_INFINITY) - now())));
        if (!stopping && client.usable) await within(client, client.noop());
      }
    } finally {
      if (client.usable) await within(client, client.logout()).catch(() => undefined);
      client.close();
      connected = null;
    }
  }

  let heldAt = now();
  let holding: Promise<boolean> | null = null;
  let underWay = 0;

  /** A long backlog outlasts a lease; whoever lost it leaves the rest to the other. Several ask at once, and one of them extends it. */
  async function stillOurs(): Promise<void> {
    if (stopping) throw new Error('the program stops');
    if (now() - heldAt <= patience.leaseMs / 3) return;
    holding ??= lease.hold().finally(() => {
      holding = null;
    });
    if (!(await holding)) throw new Error('another process reads this mailbox now');
    heldAt = now();
  }

  async function storing<T>(work: Promise<T>): Promise<T> {
    underWay += 1;
    try {
      return await work;
    } finally {
      underWay -= 1;
    }
  }

  function counted(outcome: Outcome): Outcome {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    return outcome;
  }

  const dealing: Dealing = {
    stillOurs,
    async handle({ letter, at, uid }) {
      const here = { channel: 'email', account: account.account, uid };
      try {
        if (!letter) throw new Error('no letter was fetched');
        const outcome = counted(await storing(take(letter, at, accept)));
        if (outcome !== 'stored') log.info({ ...here, outcome }, 'a mail is not answered');
        return outcome;
      } catch (error) {
        log.warn({ ...here, err: error }, 'a mail could not be stored');
        throw error;
      }
    },
    async putAside(fetched, error) {
      await storing(putAside(fetched, `邮件未能收下（${error instanceof Error ? error.message : '原因不明'}）`, accept));
      counted('aside');
      log.warn({ channel: 'email', account: account.account, uid: fetched.uid, err: error }, 'a mail was put aside');
    },
  };

  /** A server that says nothing any more is one that is gone; while we store it is not asked anything. */
  async function within<T>(client: ImapFlow, doing: Promise<T>): Promise<T> {
    let moved = now();
    const alive = (): void => {
      moved = now();
    };
    const stuck = setInterval(() => {
      if (underWay > 0) alive();
      if (now() - moved < patience.answerMs) return;
      clearInterval(stuck);
      client.close();
    }, patience.answerMs / 4);
    stuck.unref();
    client.on('response', alive);
    try {
      return await doing;
    } finally {
      clearInterval(stuck);
      client.off('response', alive);
    }
  }

  async function live(): Promise<void> {
    let failures = 0;
    while (!stopping) {
      try {
        if (await lease.hold()) {
          if (stopping) break;
          state = 'connecting';
          await session(() => {
            failures = 0;
          });
          if (!stopping) trouble ??= '连接断开';
        } else state = 'elsewhere';
      } catch (error) {
        note(error);
        log.warn({ channel: 'email', account: account.account, err: error }, 'a mailbox cannot be read; it is tried again');
      }
      if (stopping) break;
      if (state === 'here') state = 'connecting';
      news = false;
      const wait =
        state === 'elsewhere' ? patience.leaseMs / 3 : (patience.retryMs[Math.min(failures, patience.retryMs.length - 1)] ?? 1_000);
      failures += 1;
      await rest(wait);
    }
    await lease.release().catch(() => undefined);
    state = 'stopped';
  }
  const life = live();

  return {
    health: () => ({
      account: account.account,
      reading: state,
      ...(lookedAt !== undefined && { lookedAt }),
      ...(trouble !== undefined && { trouble }),
      waiting,
      counts: { ...counts },
    }),
    async stop() {
      stopping = true;
      wake();
      const late = setTimeout(() => connected?.close(), patience.lastMs);
      await life;
      clearTimeout(late);
    },
  };
}

/** Servers put the reason beside the message, and say nothing about customers there. */
function reasonOf(error: Error): string {
  const told = 'responseText' in error && typeof error.responseText === 'string' ? `: ${error.responseText}` : '';
  return `${error.message}${told}`.slice(0, 200);
}
