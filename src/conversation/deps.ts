/** What conversations are made of: everything they need from outside, handed in, so that a test can hand in its own. */
import type { Channel } from '../../adapters/channel';
import type {
  ChannelName,
  Classified,
  EffectKind,
  Event,
  Hit,
  Holder,
  Instant,
  Knowledge,
  Locale,
  PhaseName,
  Role,
  SchoolMatch,
  State,
  Step,
} from '../../dialogs/vocabulary';
import type { Settings } from '../settings';
import type { SchoolDoc } from '../store/documents';
import type { Store } from '../store/store';

export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>>;
/** Later and again and again; both return what cancels them. */
export type Scheduler = Readonly<{
  after(ms: number, run: () => void): () => void;
  every(ms: number, run: () => void): () => void;
}>;
export type Directory = Readonly<{ find(text: string): readonly SchoolMatch[] }>;

/** Where a fault test may stop the program: each stands between two writes that must not depend on each other. */
export type CrashPoint = 'accepted' | 'acted' | 'saved' | 'logged' | 'marking' | 'effect' | 'sent' | 'flushing' | 'told';

/** One turn as the log and the metrics see it: never a customer's words. */
export type TurnReport = Readonly<{
  conversation: string;
  event: Event['kind'];
  id: string;
  from: PhaseName;
  to: PhaseName;
  effects: readonly EffectKind[];
  ms: number;
  request?: string;
  error?: string;
}>;

export type Options = Readonly<{
  worker: string;
  /** No other process works on this store, so what is known in memory is true. */
  exclusive: boolean;
  leaseMs: number;
  /** Waits between the tries of one effect; when they are used up it is dead-lettered. */
  retryMs: readonly number[];
  /** Tries of one message before a person takes it. */
  tries: number;
  sendTimeoutMs: number;
  /**
   * How long a finished outbox may stay unwritten, so that the next turn's save can carry it and many conversations share one flush to
   * the disk. What was sent in that time is sent again after a crash, under the same id.
   */
  flushMs: number;
  sweepMs: number;
  /** A message or an effect older than this that nobody works on is taken up by the sweeper. */
  graceMs: number;
  /** Messages of one conversation saved together at most. */
  burst: number;
  /** Conversations kept in memory at most. */
  lanes: number;
}>;

export type Deps = Readonly<{
  store: Store;
  step: Step;
  begin: (at: Instant) => State;
  holderOf: (state: State) => Holder;
  settings: () => Settings;
  knowledge: Readonly<{
    ask(text: string, context: Readonly<{ audience?: Role; only?: boolean; at?: Instant; language?: Locale }>): Knowledge;
    article(id: string, language?: Locale): Hit | null;
  }>;
  classify: (text: string) => readonly Classified[];
  createDirectory: (schools: readonly SchoolDoc[]) => Directory;
  channels: ReadonlyMap<ChannelName, Pick<Channel, 'send'> & Partial<Pick<Channel, 'limits'>>>;
  /** The house's own: keys what is stored of codes, so that they cannot be tried out by whoever reads the store. */
  secret: string;
  now: () => Instant;
  newId: () => string;
  log: Log;
  scheduler: Scheduler;
  onTurn?: (turn: TurnReport) => void;
  crash?: (point: CrashPoint) => void;
  options?: Partial<Options>;
}>;

export const realTime: Scheduler = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

/** The same until its end: what still waits then is dropped, for whoever starts next finds it in the store. */
export function endable({ after, every }: Scheduler): Scheduler & Readonly<{ end(): void }> {
  const waiting = new Set<() => void>();
  return {
    every,
    after(ms, run) {
      const cancel = after(ms, () => {
        waiting.delete(drop);
        run();
      });
      const drop = (): void => {
        waiting.delete(drop);
        cancel();
      };
      waiting.add(drop);
      return drop;
    },
    end() {
      for (const drop of waiting) drop();
    },
  };
}

const SECOND = 1_000;
export const defaults: Omit<Options, 'worker'> = {
  exclusive: true,
  leaseMs: 30 * SECOND,
  retryMs: [SECOND, 5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND],
  tries: 3,
  sendTimeoutMs: 10 * SECOND,
  flushMs: 200,
  sweepMs: SECOND,
  graceMs: 5 * SECOND,
  burst: 20,
  lanes: 5_000,
};
