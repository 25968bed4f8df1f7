/** Messages that a stopped worker left in the log: tried together at first, and alone once one of them may be why it stopped. */
import { StoreError } from '../store/collection';
import type { MessageDoc } from '../store/documents';
import type { Deps, Options } from './deps';
import type { Workers } from './workers';

export type Tries = Readonly<{
  /** For a message found in the log and not in memory: not so when a worker that lives took it in, or anybody just now. */
  leftBehind(row: MessageDoc): boolean;
  /** Not to be tried with others: a worker stopped at it, or another is at it. */
  apart(row: MessageDoc): boolean;
  /** Before they are tried together: should this worker stop, each of them may be why. */
  together(rows: readonly MessageDoc[]): Promise<void>;
  /** One after the other, of whatever conversation, so that a worker that stops again blames the one it was at. */
  alone(row: MessageDoc, work: (row: MessageDoc) => Promise<void>): Promise<void>;
}>;

export function createTries(deps: Deps, options: Options, workers: Workers): Tries {
  const { store, now } = deps;
  let trying: Promise<void> = Promise.resolve();

  const elsewhere = (worker: string | undefined): boolean =>
    worker !== undefined && !options.exclusive && worker !== options.worker && workers.live(worker);
  const stoppedOne = (row: MessageDoc): boolean =>
    row.trying !== undefined && row.trying.by !== options.worker && !elsewhere(row.trying.by);
  const underWay = (row: MessageDoc): boolean => row.trying !== undefined && row.trying.until > now() && elsewhere(row.trying.by);
  const mine = () => ({ by: options.worker, until: now() + options.leaseMs });

  /** A try is counted once for each worker, however often the store fails it; the one together with others counts as well. */
  async function count(row: MessageDoc): Promise<MessageDoc> {
    const { _id, attempts } = row;
    if (row.trying?.by === options.worker) return row;
    const counts = attempts === 0 && row.trying ? 2 : 1;
    const update = { $inc: { attempts: counts }, $set: { trying: mine() } };
    const counted = underWay(row) ? null : await store.messages.update({ _id, attempts }, update);
    if (counted) return counted;
    throw new StoreError('tried-elsewhere', `Message ${_id} is being handled by another process.`, { retryable: true });
  }

  return {
    leftBehind: ({ by, receivedAt }) => options.exclusive || (!elsewhere(by) && now() - receivedAt.getTime() >= options.graceMs),
    apart: (row) => stoppedOne(row) || underWay(row),
    async together(rows) {
      const fresh = rows.flatMap(({ _id, trying: tried }) => (tried?.by === options.worker ? [] : _id));
      if (fresh.length > 0) await store.messages.updateMany({ _id: { $in: fresh } }, { $set: { trying: mine() } });
    },
    alone(row, work) {
      const tried = trying.then(async () => work(await count(row)));
      trying = tried.catch(() => undefined);
      return tried;
    },
  };
}
