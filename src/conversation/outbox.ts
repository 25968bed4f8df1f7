/** Performs what was decided, in order: writes the lines into the log, then does effect after effect, with retries and dead letters. */
import { ChannelError } from '../../adapters/channel';
import { type Effect, type Flag, isOpen } from '../../dialogs/vocabulary';
import type { TicketBook } from '../desk/book';
import { deadLetterNotice, post } from '../desk/notices';
import type { Numbers } from '../desk/numbers';
import { StoreError } from '../store/collection';
import type { ConversationDoc, MessageDoc, OutboxItem } from '../store/documents';
import type { Deps, Options } from './deps';
import { effectId, eventOf, outcomeId } from './ids';
import { type Lane, left, spoken } from './lane';
import type { Perform } from './perform';
import { reasonOf } from './turn';

export type Outbox = Readonly<{
  /** Performs all that is due of a conversation whose lease this process holds. Never rejects: what failed waits in the lane. */
  perform(lane: Lane, due: (item: OutboxItem) => void): Promise<void>;
}>;

/** A wish beyond this is a mistake of the platform's, and a customer waits. */
const LONGEST_WISH_MS = 15 * 60_000;
/** The queue of last resort, for what could not even be made a ticket. */
export const LAST_QUEUE = 'queue:dead-letters';

export function createOutbox(
  deps: Deps,
  options: Options,
  parts: Readonly<{ perform: Perform; numbers: Numbers; book: Pick<TicketBook, 'append'> }>,
): Outbox {
  const { store, crash } = deps;

  async function writeLog(lane: Lane, doc: ConversationDoc): Promise<void> {
    const unmarked = doc.seen.filter(({ id }) => !lane.done.marked.has(id));
    const rows = doc.outbox.flatMap((item) => (lane.done.logged.has(item.id) ? [] : rowOf(item, doc)));
    // Neither waits for the other: until both stand in the document as done, both are done again.
    await Promise.all([insertRows(lane, rows), ...unmarked.map((stepped) => mark(lane, stepped))]);
  }

  async function insertRows(lane: Lane, rows: readonly MessageDoc[]): Promise<void> {
    const [only] = rows;
    if (only && rows.length === 1) await store.messages.insert(only);
    else if (rows.length > 1) await store.messages.insertMany(rows);
    for (const { _id } of rows) lane.done.logged.add(_id);
    crash?.('logged');
  }

  async function mark(lane: Lane, { id, ...ended }: ConversationDoc['seen'][number]): Promise<void> {
    crash?.('marking');
    await store.messages.change({ _id: id, status: 'received' }, { $set: ended });
    lane.done.marked.add(id);
  }

  function next(lane: Lane, doc: ConversationDoc): OutboxItem | undefined {
    const now = deps.now();
    const due: OutboxItem[] = [];
    for (const [item, at] of left(doc.outbox, lane.done, now)) if (at <= now) due.push(item);
    // Nobody is kept waiting for a ticket by a platform that takes its time over a reply.
    return due.find(({ effect }) => !spoken(effect)) ?? due[0];
  }

  /** Others may take over a lease that ran out; whoever lost it stops. */
  async function holds(lane: Lane, doc: ConversationDoc): Promise<boolean> {
    const now = deps.now();
    if (doc.lease?.owner !== options.worker) return false;
    if (doc.lease.until - now > options.leaseMs / 2) return true;
    const until = now + options.leaseMs;
    const renewed = await store.conversations.change({ _id: lane.id, 'lease.owner': options.worker }, { $set: { 'lease.until': until } });
    if (renewed && lane.doc?.lease) lane.doc = { ...lane.doc, lease: { owner: options.worker, until } };
    if (!renewed) lane.doc = null;
    return renewed;
  }

  async function fail(lane: Lane, doc: ConversationDoc, item: OutboxItem, error: unknown): Promise<OutboxItem | null> {
    const attempts = item.attempts + 1;
    const storeAway = error instanceof StoreError && error.retryable;
    const hopeless = (error instanceof ChannelError || error instanceof StoreError) && !error.retryable;
    const wait = options.retryMs[attempts - 1] ?? (storeAway ? options.retryMs.at(-1) : undefined);
    deps.log.warn({ conversation: lane.id, effect: item.id, kind: item.effect.kind, attempts, err: error }, 'an effect failed');
    if (hopeless || wait === undefined) {
      await bury(lane, doc, item, error);
      return null;
    }
    // A platform that says when it wants to hear from us again counts every earlier try against us.
    const wished = error instanceof ChannelError ? Math.min(error.retryAfterMs ?? 0, LONGEST_WISH_MS) : 0;
    // An item of the shell's own goes on saying why what it stands for was given up.
    const said = item.id.includes('!') ? item.error : reasonOf(error);
    return { ...item, attempts, notBefore: deps.now() + Math.max(wait, wished), ...(said !== undefined && { error: said }) };
  }

  /** Gives an effect up: a person gets it with the reason, and the rest of the conversation goes on. */
  async function bury(lane: Lane, doc: ConversationDoc, item: OutboxItem, error: unknown): Promise<void> {
    const reason = callBackOf(error) ?? reasonOf(error);
    const agent = await tellAgent(item, error);
    // Whoever is killed before this is saved tries it again, and may get through: the log says so once the note is on its ticket.
    const owner = agent ?? (item.id.includes('!') ? LAST_QUEUE : await handOver(lane, doc, item, error));
    if (owner === LAST_QUEUE) await post(store, deadLetterNotice(item.id, lane.id, reason, deps.now()));
    if (owner === LAST_QUEUE || owner === agent) await markDead(item, owner, reason);
    deps.log.error({ conversation: lane.id, effect: item.id, kind: item.effect.kind, owner, reason }, 'an effect was given up');
  }

  async function markDead({ id }: OutboxItem, owner: string, reason: string): Promise<void> {
    // The shell's own items carry the name of what they stand for before the mark.
    const [cause = id] = id.split('!');
    await store.messages.change({ _id: cause, direction: 'out' }, { $set: { status: 'failed', error: reason, owner } });
    await store.messages.updateMany(
      { _id: { $in: [cause, eventOf(cause)] }, direction: 'in' },
      { $set: { status: 'dead', outcome: 'dead-lettered', owner, error: reason } },
    );
  }

  /** An agent's own words that could not be sent are that agent's to know of: the ticket they were written on says so. */
  async function tellAgent({ id, effect }: OutboxItem, error: unknown): Promise<string | null> {
    if (effect.kind !== 'reply' || !effect.act) return null;
    const { ticket, id: act } = effect.act;
    const refused = error instanceof ChannelError && !error.retryable;
    const failed = `${refused ? '客户的渠道拒收' : '客户的渠道一直没有应答'}（${error instanceof Error ? error.message : '原因不明'}）`;
    const callBack = callBackOf(error);
    const data = { act, reason: callBack ?? failed, ...(callBack !== null && { flags: CALL_BACK }) };
    const event = { id: outcomeId(id), kind: 'undelivered', at: new Date(deps.now()), by: 'bot', data } as const;
    await parts.book.append(ticket, event, callBack === null ? {} : { $addToSet: { flags: { $each: [...CALL_BACK] } } });
    return ticket;
  }

  /**
   * The customer's open ticket gets the note; without one a ticket is opened for people to find. Whoever must be telephoned already is not
   * asked for a second time.
   */
  async function handOver(lane: Lane, doc: ConversationDoc, item: OutboxItem, error: unknown): Promise<string> {
    const callBack = callBackOf(error);
    const flags = callBack === null ? DEAD_LETTER : CALL_BACK;
    const note = callBack === null ? `未能完成「${item.effect.kind}」:${reasonOf(error)}` : `${callBack}${unsaid(item)}`;
    const amend = (number: string): Effect => ({ kind: 'amendTicket', number, slots: {}, flags, note });
    const theirs = await store.tickets.find({ conversation: lane.id }, { sort: { createdAt: -1 }, limit: RECENT });
    const found = theirs.find(isOpen) ?? (callBack === null ? undefined : theirs.find((ticket) => ticket.flags.includes('call-back')));
    const at = deps.now();
    const reason = callBack ?? reasonOf(error);
    const add = (n: number, effect: Effect) =>
      lane.done.added.push({ id: effectId(`${item.id}!`, n), effect, at, attempts: 0, notBefore: at, error: reason });
    if (found) {
      add(0, amend(found._id));
      return found._id;
    }
    const [number = LAST_QUEUE] = await parts.numbers.reserve(1);
    const wanted = item.effect.kind === 'openTicket' ? item.effect : bare(deps.settings().deadLetterDepartment, doc);
    add(0, { ...wanted, number, flags: [...wanted.flags, ...flags], handoff: true });
    add(1, amend(number));
    return number;
  }

  async function one(lane: Lane, doc: ConversationDoc, item: OutboxItem, due: (item: OutboxItem) => void): Promise<void> {
    try {
      crash?.('effect');
      await parts.perform(item, lane.id, doc.address);
      if (item.effect.kind === 'reply') crash?.('sent');
      const { id, effect, error } = item;
      if (effect.kind === 'amendTicket' && id.includes('!') && error !== undefined) await markDead(item, effect.number, error);
    } catch (error) {
      const later = await fail(lane, doc, item, error);
      if (later) {
        lane.done.changed.set(item.id, later);
        due(later);
        return;
      }
    }
    lane.done.changed.delete(item.id);
    lane.done.performed.add(item.id);
    if (item.effect.kind === 'rememberCustomer') {
      const { slots, role } = item.effect;
      lane.profile = { ...lane.profile, ...(role && { role }), slots: { ...lane.profile?.slots, ...slots } };
    }
  }

  return {
    async perform(lane, due) {
      // The document may be replaced by the next turn's save while an effect is under way; each round looks at the newest.
      for (;;) {
        const { doc } = lane;
        if (!doc || !(await holds(lane, doc))) return;
        lane.logging = writeLog(lane, doc);
        await lane.logging;
        // A save meanwhile took out what was performed: only the newest document says what is left, once its lines are written.
        if (lane.doc !== doc) continue;
        const item = next(lane, doc);
        if (!item) return;
        await one(lane, doc, item, due);
      }
    },
  };
}

const DEAD_LETTER: readonly Flag[] = ['dead-letter'];
const CALL_BACK: readonly Flag[] = ['call-back'];
/** Tickets of one customer that are looked at. */
const RECENT = 20;
const UNSAID_AT_MOST = 200;

/** Why only the telephone is left, in words for the agent; null when that is not why. */
const callBackOf = (error: unknown): string | null => (error instanceof ChannelError && error.callBack ? error.message : null);

/** What the customer did not get to read, for whoever telephones. */
const unsaid = ({ effect }: OutboxItem): string =>
  effect.kind === 'reply' ? `。未能送达：「${[...effect.reply.text].slice(0, UNSAID_AT_MOST).join('')}」` : '';

function bare(department: string, { state }: ConversationDoc): Extract<Effect, { kind: 'openTicket' }> {
  return {
    kind: 'openTicket',
    number: '',
    form: 'intake',
    nature: '咨询',
    priority: 'high',
    department,
    slots: state.memory.slots,
    flags: [],
    handoff: true,
  };
}

/** The line of a reply. It says "sent" from the start: an item still in the outbox is what says "not yet". */
export function rowOf(item: OutboxItem, doc: ConversationDoc): MessageDoc[] {
  if (item.effect.kind !== 'reply' || item.attempts > 0) return [];
  const { reply } = item.effect;
  const person = 'from' in reply ? reply.from : undefined;
  const at = new Date(item.at);
  return [
    {
      _id: item.id,
      conversation: doc._id,
      direction: 'out',
      seq: item.seq ?? 0,
      at,
      receivedAt: at,
      author: person === undefined ? 'bot' : 'agent',
      ...(person !== undefined && { authorName: person }),
      reply,
      status: 'sent',
      attempts: 0,
      hash: '',
    },
  ];
}
