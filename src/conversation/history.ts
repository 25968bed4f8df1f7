/** What was said, and what was answered to one message: both read from the log, with the freshest lines from memory. */
import type { Accepted, Entry, History, Outgoing, Settle } from '../../adapters/channel';
import type { Instant } from '../../dialogs/vocabulary';
import type { MessageDoc } from '../store/documents';
import type { Deps } from './deps';
import { addressOf, conversationId, effectsOf } from './ids';
import type { Loop } from './loop';
import { rowOf } from './outbox';
import type { SettledBook } from './settled';

const LINES_AT_MOST = 500;
const POLL_MS = 50;

/**
 * The last lines of a conversation, oldest first: `lines` of them, and none that came after `until`. With `until` nothing is waited for that
 * is being written now.
 */
export type Latest = (conversation: string, only?: Readonly<{ until?: Instant; lines?: number }>) => Promise<readonly Entry[]>;

export function createHistory(deps: Deps, loop: Loop): Readonly<{ history: History; latest: Latest }> {
  const { messages, conversations } = deps.store;

  /** A turn that is saved is answered: its lines must be there for whoever comes back at this moment. */
  async function written(conversation: string): Promise<void> {
    const lane = loop.peek(conversation);
    if (lane?.running) await lane.running;
    if (lane?.logging) await lane.logging.catch(() => undefined);
  }

  return {
    async history(of, after, latest) {
      const conversation = conversationId(of);
      await written(conversation);
      // A platform that takes its time over one reply holds up the writing of the next into the log. Read first: what is written meanwhile is there.
      const doc = await conversations.get(conversation);
      const part =
        latest === undefined ? ({ sort: { seq: 1 }, limit: LINES_AT_MOST } as const) : ({ sort: { seq: -1 }, limit: latest } as const);
      const rows = await messages.find({ conversation, seq: { $gt: after } }, part);
      const known = new Set(rows.map(({ _id }) => _id));
      const decided = doc ? doc.outbox.flatMap((item) => rowOf(item, doc)) : [];
      const unwritten = decided.filter(({ _id, seq }) => (seq ?? 0) > after && !known.has(_id));
      const lines = [...rows, ...unwritten].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
      return (latest === undefined ? lines.slice(0, LINES_AT_MOST) : lines.slice(-latest)).map(entryOf);
    },
    async latest(conversation, { until, lines = LINES_AT_MOST } = {}) {
      if (until === undefined) await written(conversation);
      const then = until === undefined ? {} : { receivedAt: { $lte: new Date(until) } };
      const rows = await messages.find({ conversation, seq: { $gt: 0 }, ...then }, { sort: { seq: -1 }, limit: lines });
      return rows.reverse().map(entryOf);
    },
  };
}

function entryOf(row: MessageDoc): Entry {
  return {
    seq: row.seq ?? 0,
    at: row.at.getTime(),
    id: row._id,
    author: row.author === 'system' ? 'bot' : row.author,
    ...(row.authorName !== undefined && { authorName: row.authorName }),
    ...(row.content && { content: row.content }),
    ...(row.reply && { reply: row.reply }),
  };
}

export function createSettle(deps: Deps, book: SettledBook): Settle {
  const { store, scheduler, now } = deps;
  const pause = (ms: number) => new Promise<null>((resolve) => void scheduler.after(ms, () => resolve(null)));

  /** Another process, or a restart, stands between the acceptance and this question: the log has the answer. */
  async function fromLog({ id, conversation }: Accepted, until: number): Promise<readonly Outgoing[]> {
    for (;;) {
      const row = await store.messages.get(id);
      if (row?.status !== 'received' || now() >= until) break;
      await pause(POLL_MS);
    }
    const rows = await store.messages.find({ _id: effectsOf(id), direction: 'out' }, { sort: { seq: 1 } });
    const to = addressOf(conversation);
    return rows.flatMap(({ _id, seq, reply }) => (reply ? [{ key: _id, seq: seq ?? 0, to, reply }] : []));
  }

  return async (accepted, withinMs) => {
    const until = now() + withinMs;
    const pending = book.of(accepted.id);
    if (!pending) return fromLog(accepted, until);
    let cancel: () => void = () => undefined;
    const late = new Promise<null>((resolve) => {
      cancel = scheduler.after(withinMs, () => resolve(null));
    });
    const settled = await Promise.race([pending, late]);
    cancel();
    return settled?.replies ?? [];
  };
}
