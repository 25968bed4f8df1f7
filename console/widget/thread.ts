/** The conversation as the widget holds it: lines from the log and own words on their way, in one order. Pure. */
import type { Line, Message, RefusalCode } from '../../adapters/web/wire';

export type Delivery = 'sending' | 'sent' | 'failed';
/** One line on screen. `key` stays the same from the first keystroke to the log; `seq` is missing until the log gave one. */
export type Item = Readonly<
  Omit<Line, 'seq' | 'id'> & { key: string; seq?: number; delivery?: Delivery; refused?: RefusalCode; limit?: number }
>;
export type Thread = readonly Item[];

const isWaiting = (item: Item): boolean => item.delivery === 'sending' || item.delivery === 'failed';

/** Before the first line that is later; failing that at the end, but before own words that have not arrived yet. */
function insert(thread: Thread, item: Item): Thread {
  const later = thread.findIndex((one) => one.seq !== undefined && item.seq !== undefined && one.seq > item.seq);
  const arrived = thread.reduce((end, one, index) => (isWaiting(one) ? end : index + 1), 0);
  const at = later === -1 ? arrived : later;
  return [...thread.slice(0, at), item, ...thread.slice(at)];
}

const inOrder = (thread: Thread, index: number, seq: number): boolean =>
  thread.every((one, place) => one.seq === undefined || place === index || one.seq < seq === place < index);

function mergeLine(thread: Thread, { id, ...line }: Line): Thread {
  const item: Item = { ...line, key: line.clientMsgId ?? id };
  const index = thread.findIndex((one) => one.key === item.key);
  const known = thread[index];
  if (known?.seq === line.seq) return thread;
  if (known && inOrder(thread, index, line.seq)) return thread.map((one) => (one === known ? item : one));
  return insert(
    thread.filter((one) => one !== known),
    item,
  );
}

/** Adds what the log says. Lines known already stay the same objects, so that nothing is drawn twice. */
export function merge(thread: Thread, lines: readonly Line[]): Thread {
  return lines.reduce(mergeLine, thread);
}

/** Own words, shown before they have arrived. */
export function addOwn(thread: Thread, { clientMsgId, content }: Message, at: number): Thread {
  if (thread.some((item) => item.key === clientMsgId)) return thread;
  return [...thread, { key: clientMsgId, clientMsgId, at, author: 'customer', content, delivery: 'sending' }];
}

export type Mark = Readonly<{ delivery: Delivery; refused?: RefusalCode; limit?: number }>;
/** What became of own words on their way. A line the log has confirmed stays confirmed. */
export function mark(thread: Thread, clientMsgId: string, { delivery, refused, limit }: Mark): Thread {
  return thread.map((item) => {
    if (item.key !== clientMsgId || item.seq !== undefined) return item;
    const { refused: _before, limit: _limit, ...rest } = item;
    return { ...rest, delivery, ...(refused && { refused }), ...(limit !== undefined && { limit }) };
  });
}

/** The last `seq` up to which nothing is missing, counted on from one known to be complete. */
export function completeUpTo(thread: Thread, from: number): number {
  const known = new Set(thread.map((item) => item.seq));
  let seq = from;
  while (known.has(seq + 1)) seq += 1;
  return seq;
}

export const latestSeq = (thread: Thread): number => thread.reduce((latest, item) => Math.max(latest, item.seq ?? 0), 0);

const offers = (item: Item): boolean => (item.replies ?? []).some((reply) => reply.kind === 'form' || (reply.options ?? []).length > 0);

/** The one line whose buttons may still be pressed: the newest that offers any, unless the customer has spoken since. */
export function livingOffer(thread: Thread): string | undefined {
  for (const item of [...thread].reverse()) {
    if (item.author === 'customer' && item.content?.kind !== 'hello') return undefined;
    if (offers(item)) return item.key;
  }
  return undefined;
}
