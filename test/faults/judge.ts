/** From journals and books to what was broken: nothing lost, nothing doubled, nothing out of order, every dead letter before a person's eyes. Pure. */
import { maskPhones } from '../../src/log';
import type { Books } from './books';
import { type Blame, eventOf, firstOf, groups, ofKind, type Violation } from './evidence';
import type { Journals, PlatformEntry } from './journal';
import { judgeActs, judgeDeadLetters, judgeThread } from './judgeDesk';

export type Tally = Readonly<{
  messages: number;
  replies: number;
  /** The same reply under the same key once more: what a platform tells apart by the key. */
  repeated: number;
  /** Of these, those that the desk sent again because it had heard no answer in time, or a refusal. */
  unheard: number;
  tickets: number;
  deadLetters: number;
}>;
export type Verdict = Readonly<{ violations: readonly Violation[]; tally: Tally }>;

type Sent = Extract<PlatformEntry, { kind: 'sent' }>;
type Got = Extract<PlatformEntry, { kind: 'got' }>;
type Message = Books['messages'][number];

/** Which replies may come again under their key: none, those whose answer a desk said it had not heard, or any that it may have forgotten. */
export type Repeats = 'none' | 'unheard' | 'any';

/**
 * `handedOver`: whether good messages may end with a person here, because what they needed was killed or away for too long. `failed`: by reply,
 * as a log names it, how often a desk said that it could not send it. `prefix`: what the log puts before the platform's ids. `counts`: the
 * platform lets so many messages through, and the bot leaves the last to people: its own words wait for the customer's next.
 */
export type Allowed = Readonly<{
  handedOver: boolean;
  repeats: Repeats;
  failed: ReadonlyMap<string, number>;
  prefix: string;
  counts?: boolean;
}>;

export function judge(journals: Journals, books: Books, { handedOver, repeats, failed, prefix, counts }: Allowed): Verdict {
  const messageId = (id: string): string => `${prefix}${id}`;
  const violations: Violation[] = [];
  const blame = (kind: Violation['kind'], what: string): void => {
    violations.push({ kind, what });
  };
  const sent = ofKind(journals.platform, 'sent');
  const taken = ofKind(journals.platform, 'got').filter((one) => one.taken);
  const firsts = firstOf(taken, ({ key }) => key);
  const rows = new Map(books.messages.map((row) => [row._id, row]));
  const repeated = [...groups(taken, ({ key }) => key)].map(([key, all]) => ({ key, times: all.length - 1 }));
  const forgotten = repeated.map(({ key, times }) => ({ key, times: Math.max(0, times - (failed.get(maskPhones(key)) ?? 0)) }));
  const [first] = forgotten.filter(({ times }) => times > 0);
  if (first && repeats !== 'any')
    blame('doubled', `${sum(forgotten)} replies came again although their arrival was known, first ${first.key}`);
  const unheard = sum(repeated) - sum(forgotten);
  if (unheard > 0 && repeats === 'none')
    blame('doubled', `${unheard} replies came again because no answer was heard in time, although all was well`);

  judgeMessages(sent, ofKind(journals.platform, 'acked'), rows, messageId, blame);
  const waited = counts ? botsWait(sent, rows) : () => false;
  judgeReplies(taken, firsts, books, waited, blame);
  judgeTickets(sent, books, rows, messageId, blame);
  judgeActs(journals.workplace, books, rows, blame);
  for (const ticket of books.tickets) judgeThread(ticket, journals.workplace, books, blame);
  const dead = books.messages.filter(({ status }) => status === 'dead' || status === 'failed');
  judgeDeadLetters(dead, books, journals.workplace, blame);
  if (dead.length > 0 && !handedOver)
    blame('dead letter', `${dead.length} good messages were given up, first ${dead[0]?._id}: ${dead[0]?.error}`);
  const { lost, pending, outboxAgeMs, accepted, answered, queued, merged, deadLettered } = books.audit;
  if (lost > 0) blame('lost', `the audit cannot explain ${lost}`);
  if (pending > 0 || outboxAgeMs > 0) blame('unfinished', `${pending} messages and an outbox ${outboxAgeMs} ms old`);
  if (accepted !== answered + queued + merged + deadLettered) blame('lost', `the audit counts ${accepted} in and other numbers out`);
  return {
    violations,
    tally: {
      messages: sent.length,
      replies: firsts.length,
      repeated: sum(repeated),
      unheard,
      tickets: books.tickets.length,
      deadLetters: dead.length,
    },
  };
}

const sum = (counted: readonly Readonly<{ times: number }>[]): number => counted.reduce((total, { times }) => total + times, 0);

/** What was acknowledged is in the log, ended somewhere, and stands in the order in which it came. */
function judgeMessages(
  sent: readonly Sent[],
  acked: readonly Extract<PlatformEntry, { kind: 'acked' }>[],
  rows: ReadonlyMap<string, Message>,
  messageId: (id: string) => string,
  blame: Blame,
): void {
  const ackedAt = new Map(acked.map(({ id, at }) => [id, at]));
  for (const [user, said] of groups(sent, (one) => one.user)) {
    /** The highest place of what had been acknowledged before. */
    const before: { at: number; seq: number; id: string }[] = [];
    for (const { id, at, text } of said) {
      const row = rows.get(messageId(id));
      const acknowledged = ackedAt.get(id);
      if (!row) {
        if (acknowledged !== undefined) blame('lost', `${id} was acknowledged and is not in the log`);
        continue;
      }
      if (row.status === 'received' || !row.outcome || row.seq === null) {
        blame('lost', `${id} ended nowhere`);
        continue;
      }
      if (!text.startsWith('{') && row.text !== text) blame('lost', `${id} says other words than were sent`);
      const { seq } = row;
      const late = before.find((one) => one.at < at && one.seq > seq);
      if (late) blame('out of order', `${user}: ${id} stands before ${late.id}, which had been acknowledged before it was sent`);
      if (acknowledged !== undefined) before.push({ at: acknowledged, seq, id });
    }
  }
}

/** Every reply in the log reached its customer, in order, and never as another reply. */
function judgeReplies(
  taken: readonly Got[],
  firsts: readonly Got[],
  { messages }: Books,
  waited: (before: Got, after: Got) => boolean,
  blame: Blame,
): void {
  const got = new Map(firsts.map((one) => [one.key, one]));
  for (const row of messages) {
    if (row.direction !== 'out') continue;
    const arrived = got.get(row._id);
    if (!arrived && row.status === 'sent') blame('lost', `reply ${row._id} is said to be sent and never arrived`);
    if (arrived && arrived.seq !== row.seq) blame('doubled', `reply ${row._id} arrived as ${arrived.seq} and stands as ${row.seq}`);
  }
  for (const again of taken) if (got.get(again.key)?.text !== again.text) blame('doubled', `${again.key} came again with other words`);
  for (const [user, replies] of groups(firsts, (one) => one.user)) {
    let last: Got | undefined;
    for (const one of replies) {
      if (last?.seq === one.seq) blame('doubled', `${user}: ${last.key} and ${one.key} have the same place ${one.seq}`);
      else if (last && last.seq > one.seq && !waited(last, one))
        blame('out of order', `${user}: ${one.key} (${one.seq}) came after ${last.key} (${last.seq})`);
      last = one;
    }
  }
}

/** Whether the bot's words let those of a person go before them and came with the customer's next. */
function botsWait(sent: readonly Sent[], rows: ReadonlyMap<string, Message>): (before: Got, after: Got) => boolean {
  return (before, after) =>
    rows.get(before.key)?.author === 'agent' &&
    rows.get(after.key)?.author === 'bot' &&
    sent.some(({ user, at }) => user === after.user && at >= before.at && at <= after.at);
}

/** Whoever was to get a ticket got one, and nobody got one that was not asked for. */
function judgeTickets(
  sent: readonly Sent[],
  { tickets }: Books,
  rows: ReadonlyMap<string, Message>,
  messageId: (id: string) => string,
  blame: Blame,
): void {
  const byEvent = groups(tickets, ({ key }) => eventOf(key));
  for (const { id } of sent.filter(({ opens }) => opens)) {
    const row = rows.get(messageId(id));
    const opened = byEvent.get(messageId(id))?.length ?? 0;
    if (row && row.status !== 'dead' && opened !== 1) blame('ticket', `${id} opened ${opened} tickets`);
  }
  const asked = new Set(sent.filter(({ opens }) => opens).map(({ id }) => messageId(id)));
  for (const { _id, key, flags } of tickets) {
    if (!asked.has(eventOf(key)) && !flags.includes('dead-letter')) blame('ticket', `${_id} was opened by ${key}, which asked for none`);
  }
}
