/** Follows one line with kf/sync_msg: page after page from a kept cursor, one process at a time, whatever signals come meanwhile. */
import { z } from 'zod';
import { ChannelError } from '../channel';
import { amend, leaseOf, type Notebook } from '../notebook';
import { type TencentApi, TencentError } from '../tencentApi';
import { Item, Page } from './item';
import type { Line, Log } from './options';
import { isForLater } from './refusals';

/** A process that died holds up a line for so long. */
const LEASE_MS = 12_000;
/** A callback's token opens sync_msg for ten minutes; without one it may be asked less often. */
const TOKEN_MS = 9 * 60_000;
/** While another process pulls: it looks at the mark once more before it lets go, and may have looked a moment too early. */
const LOOK_AGAIN_MS = 400;
const LONGEST_WAIT_MS = 30_000;
/** At the very first start: who wrote just before it was switched on is answered, the history of three days is not. */
const LOOK_BACK_MS = 10 * 60_000;
const PAGE_SIZE = 1_000;
/** Pages in a row without a message and without a step forward. */
const STANDING_STILL = 5;

/** What was sent before `since` is history, and left alone until the end was reached once: after that nothing is, whatever a clock of ours says. */
const Position = z.object({ cursor: z.string(), since: z.number(), caughtUp: z.boolean().default(false) });
/** `asked` counts signals, `done` those that were followed to the end: while they differ something may be waiting. */
const Mark = z.object({ asked: z.number(), done: z.number(), token: z.string(), at: z.number() });
type Mark = z.infer<typeof Mark>;
const NO_MARK: Mark = { asked: 0, done: 0, token: '', at: 0 };

const BAD_TOKEN = 95_007;

export type Puller = Readonly<{
  /** Resolves once it is durable that there is something to fetch; it is fetched right after. */
  signal(token: string): Promise<void>;
  start(): void;
  /** Resolves when nothing is being fetched any more. */
  stop(): Promise<void>;
  health(): Readonly<{ signalledAt?: string; pulledAt?: string; failing?: string }>;
}>;

export function createPuller(
  options: Readonly<{
    line: Line;
    api: TencentApi;
    notebook: Notebook;
    owner: string;
    /** Everything of one page, kept before this resolves; rejects when not all could be. */
    take: (items: readonly Item[]) => Promise<void>;
    log: Log;
    now: () => number;
    pullMs: number;
    retryMs: number;
  }>,
): Puller {
  const { line, api, notebook, take, log, now } = options;
  const name = `${line.account.account}:${line.kfid}`;
  const notes = { position: `cursor:${name}`, mark: `mark:${name}` };
  const lease = leaseOf(notebook, `pulling:${name}`, { owner: options.owner, ms: LEASE_MS, now });
  let every: NodeJS.Timeout | undefined;
  /** The next look of its own accord. */
  let next: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  let failures = 0;
  let signalledAt: number | undefined;
  let pulledAt: number | undefined;
  let failing: string | undefined;

  let newestToken = '';
  const keepMark = shared(() =>
    amend(notebook, notes.mark, (value): Mark => {
      const { asked, done } = markIn(value);
      return { asked: asked + 1, done, token: newestToken, at: now() };
    }),
  );

  const markIn = (value: unknown): Mark => Mark.safeParse(value).data ?? NO_MARK;
  const readMark = async (): Promise<Mark> => markIn((await notebook.read(notes.mark))?.value);

  function later(ms: number): void {
    clearTimeout(next);
    next = setTimeout(kick, ms);
  }

  function kick(): void {
    if (stopped) return;
    again = true;
    running ??= run().finally(() => {
      running = null;
      if (again && failures === 0) kick();
    });
  }

  async function run(): Promise<void> {
    again = false;
    try {
      await follow();
      failures = 0;
      failing = undefined;
    } catch (error) {
      failures += 1;
      failing = error instanceof Error ? error.message : String(error);
      const wait = Math.min(LONGEST_WAIT_MS, options.retryMs * 2 ** Math.min(failures - 1, 10));
      log.warn({ account: line.account.account, kfid: line.kfid, failures, wait, err: error }, 'messages of WeCom could not be fetched');
      // Signals that come meanwhile find their mark kept and wait with it.
      if (!stopped) later(wait);
    }
  }

  async function follow(): Promise<void> {
    if (!(await lease.hold())) {
      const { asked, done } = await readMark();
      if (asked > done) later(LOOK_AGAIN_MS);
      return;
    }
    let held = true;
    const beat = setInterval(async () => {
      held = await lease.hold().catch(() => false);
    }, LEASE_MS / 3);
    try {
      for (let mark = await readMark(); ; ) {
        await pages(mark, () => held);
        if (stopped) return;
        pulledAt = now();
        const followed = mark.asked;
        if (followed === mark.done && !again) return;
        again = false;
        mark = await amend(notebook, notes.mark, (value) => {
          const newest = markIn(value);
          return { ...newest, done: Math.max(newest.done, followed) };
        });
        if (mark.asked === mark.done) return;
      }
    } finally {
      clearInterval(beat);
      await lease.release();
    }
  }

  async function pages(mark: Mark, held: () => boolean): Promise<void> {
    let still = 0;
    for (let position = await begin(); !stopped; ) {
      const { again, ...page } = await fetchPage(position.cursor, mark);
      if (again) position = { ...position, caughtUp: false };
      const { since, caughtUp } = position;
      await take(readable(page.msg_list).filter(({ send_time }) => caughtUp || send_time * 1_000 >= since));
      const next = { cursor: page.next_cursor || position.cursor, since, caughtUp: caughtUp || page.has_more !== 1 };
      still = page.msg_list.length === 0 && next.cursor === position.cursor ? still + 1 : 0;
      if (next.cursor !== position.cursor || next.caughtUp !== caughtUp) position = await move(position.version, next);
      if (page.has_more !== 1) return;
      if (still >= STANDING_STILL) throw new ChannelError('sync_msg promises more and gives nothing', { retryable: true });
      if (!held()) throw new ChannelError('another process took this line over', { retryable: true });
    }
  }

  type Place = Readonly<z.infer<typeof Position>> & Readonly<{ version: number }>;

  function readable(list: readonly unknown[]): readonly Item[] {
    const items = list.flatMap((one) => Item.safeParse(one).data ?? []);
    const left = list.length - items.length;
    if (left > 0) log.warn({ account: line.account.account, kfid: line.kfid, left }, 'what WeCom handed out could not be read');
    return items;
  }

  async function begin(): Promise<Place> {
    for (;;) {
      const note = await notebook.read(notes.position);
      const position = Position.safeParse(note?.value);
      if (note && position.success) return { ...position.data, version: note.version };
      const first = { cursor: '', since: now() - LOOK_BACK_MS, caughtUp: false };
      await notebook.write(notes.position, first, note?.version ?? null);
    }
  }

  async function move(version: number, next: z.infer<typeof Position>): Promise<Place> {
    if (await notebook.write(notes.position, next, version)) return { ...next, version: version + 1 };
    throw new ChannelError('another process moved the cursor', { retryable: true });
  }

  /** `again`: it is the first of all there is, because the cursor is worth nothing any more. */
  async function fetchPage(cursor: string, { token, at }: Mark): Promise<z.infer<typeof Page> & { again: boolean }> {
    const ask = async (from: string, withToken: boolean, again = false) => {
      const page = await api.post('/cgi-bin/kf/sync_msg', {
        ...(from && { cursor: from }),
        ...(withToken && { token }),
        limit: PAGE_SIZE,
        voice_format: 0,
        open_kfid: line.kfid,
      });
      return { ...Page.parse(page), again };
    };
    const fresh = token !== '' && now() - at < TOKEN_MS;
    try {
      return await ask(cursor, fresh);
    } catch (error) {
      // No other cursor mends these.
      if (!(error instanceof TencentError) || isForLater(error)) throw error;
      if (error.code === BAD_TOKEN && fresh) return ask(cursor, false);
      if (cursor === '') throw error;
      // A cursor that is refused for good would leave the line deaf. What was accepted before is recognised by its id.
      log.warn({ account: line.account.account, kfid: line.kfid, code: error.code }, 'the cursor was refused; three days are read again');
      return ask('', fresh, true);
    }
  }

  return {
    async signal(token) {
      signalledAt = now();
      newestToken = token;
      await keepMark();
      // While Tencent fails, the next try finds the mark: asking at every signal would be one try each.
      if (failures === 0) kick();
    },
    start() {
      stopped = false;
      failures = 0;
      kick();
      every = setInterval(() => {
        if (failures === 0) kick();
      }, options.pullMs);
    },
    async stop() {
      stopped = true;
      again = false;
      clearInterval(every);
      clearTimeout(next);
      await running;
    },
    health: () => ({
      ...(signalledAt !== undefined && { signalledAt: new Date(signalledAt).toISOString() }),
      ...(pulledAt !== undefined && { pulledAt: new Date(pulledAt).toISOString() }),
      ...(failing !== undefined && { failing }),
    }),
  };
}

/** Whoever calls while it is under way shares the next run: a hundred signals at once are two writes, not a hundred that outrun each other. */
function shared(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    next = null;
    const run = work().then(() => undefined);
    running = run;
    const end = (): void => {
      if (running === run) running = null;
    };
    run.then(end, end);
    return run;
  };
  return () => {
    if (!running) return begin();
    next ??= running.then(begin, begin);
    return next;
  };
}
