/** One line of sends per channel, at the pace Slack allows; of several changes to one message only the newest is sent. */
import { DeskError } from '../desk';

export type SendQueue = Readonly<{
  /** Sends after those before it. A `slot` names what is changed: a change that still waits gives way to a newer one. */
  send<T>(channel: string, task: () => Promise<T>, slot?: string): Promise<T>;
  /** Nothing that waits is sent any more. */
  close(): void;
}>;

type Job = { slot: string | undefined; task: () => Promise<unknown>; settled: ((outcome: Promise<unknown>) => void)[] };
type Lane = { jobs: Job[]; working: boolean; tokens: number; countedAt: number; shutUntil: number };

/** `wait` resolves after that many milliseconds, or at once when the queue is closed. */
export function createSendQueue(
  deps: Readonly<{ now: () => number; wait: (ms: number) => Promise<void>; burst: number; everyMs: number }>,
): SendQueue {
  const { now, burst, everyMs } = deps;
  const lanes = new Map<string, Lane>();
  let closed = false;

  function laneOf(channel: string): Lane {
    const known = lanes.get(channel);
    if (known) return known;
    const lane: Lane = { jobs: [], working: false, tokens: burst, countedAt: now(), shutUntil: 0 };
    lanes.set(channel, lane);
    return lane;
  }

  /** Why nothing can be sent now: waiting in line would only hide from the caller how long it takes. */
  function shut(lane: Lane): DeskError | null {
    if (closed) return new DeskError('the desk in Slack is stopping', { retryable: true });
    const left = lane.shutUntil - now();
    return left > 0 ? new DeskError('Slack wants some quiet in this channel', { retryable: true, retryAfterMs: left }) : null;
  }

  async function token(lane: Lane): Promise<void> {
    if (everyMs <= 0 || closed) return;
    lane.tokens = Math.min(burst, lane.tokens + (now() - lane.countedAt) / everyMs);
    lane.countedAt = now();
    if (lane.tokens < 1) {
      await deps.wait((1 - lane.tokens) * everyMs);
      lane.tokens = 1;
      lane.countedAt = now();
    }
    lane.tokens -= 1;
  }

  async function run(lane: Lane): Promise<void> {
    lane.working = true;
    while (lane.jobs.length > 0) {
      await token(lane);
      const job = lane.jobs.shift();
      if (!job) break;
      const refused = shut(lane);
      const outcome = refused ? Promise.reject(refused) : job.task();
      for (const settle of job.settled) settle(outcome);
      await outcome.catch((error) => {
        if (!refused && error instanceof DeskError && error.retryAfterMs !== undefined) lane.shutUntil = now() + error.retryAfterMs;
      });
    }
    lane.working = false;
  }

  return {
    send<T>(channel: string, task: () => Promise<T>, slot?: string): Promise<T> {
      const lane = laneOf(channel);
      // The caller's type is the task's: a job is settled with its own outcome, or with that of the same change made newer.
      const sent = new Promise<T>((resolve) => {
        const settle = (outcome: Promise<unknown>): void => resolve(outcome as Promise<T>);
        const waiting = slot === undefined ? undefined : lane.jobs.find((job) => job.slot === slot);
        if (waiting) {
          waiting.task = task;
          waiting.settled.push(settle);
        } else lane.jobs.push({ slot, task, settled: [settle] });
      });
      if (!lane.working) void run(lane);
      return sent;
    },
    close() {
      closed = true;
    },
  };
}
