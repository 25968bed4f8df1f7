/** Calls nobody answered become a task to call back: one for each caller, however often they try. */

import { forms } from '../../dialogs/forms';
import { OPEN_STATUSES } from '../../dialogs/vocabulary';
import type { Log, Scheduler } from '../conversation/deps';
import { conversationId } from '../conversation/ids';
import type { TicketBook } from '../desk/book';
import type { Due } from '../desk/due';
import { newTicket } from '../desk/newTicket';
import type { Numbers } from '../desk/numbers';
import type { CallDoc } from '../store/documents';
import type { Store } from '../store/store';

const LOOK_MS = 1_000;
const AT_MOST = 100;

export type MissedDeps = Readonly<{
  store: Pick<Store, 'calls' | 'tickets'>;
  book: TicketBook;
  numbers: Numbers;
  due: Due;
  /** Whether somebody was there to answer. */
  open: (at: number) => boolean;
  now: () => number;
  log: Log;
}>;

/** One look at every call of which it is time to know whether anybody answered. */
export async function lookForMissed(deps: MissedDeps): Promise<void> {
  const { store, now, log } = deps;
  const due = await store.calls.find({ checkAt: { $lte: now() } }, { sort: { checkAt: 1 }, limit: AT_MOST });
  for (const call of due) {
    await settle(deps, call).catch((error) => log.warn({ call: call._id, err: error }, 'a missed call waits'));
  }
}

async function settle(deps: MissedDeps, call: CallDoc): Promise<void> {
  const { store, now } = deps;
  const unanswered = call.answeredAt === null;
  const callBack = unanswered && call.caller !== '' ? await callBackTask(deps, call) : await madeFor(deps, call);
  if (!unanswered && callBack !== null) await answeredAfterAll(deps, call, callBack);
  // An answer that came meanwhile changed the version: the next look sees it, and the task is found by its key.
  await store.calls.change(
    { _id: call._id, version: call.version },
    { $set: { checkAt: null, callBack, updatedAt: new Date(now()) }, $inc: { version: 1 } },
  );
  if (unanswered) deps.log.info({ call: call._id, callBack }, 'a call was missed');
}

/** The task this call opened or was added to. */
async function madeFor({ store }: MissedDeps, call: CallDoc): Promise<string | null> {
  const key = `${call._id}:call-back`;
  const conversation = conversationId({ channel: 'phone', account: call.account, user: call.caller });
  const [made] = await store.tickets.find({ conversation, $or: [{ key }, { 'events.id': key }] }, { limit: 1 });
  return made?._id ?? null;
}

/** The answer came so late that the task to call back stands already: whoever takes it must know. */
async function answeredAfterAll({ book, now }: MissedDeps, call: CallDoc, task: string): Promise<void> {
  const text = `这通来电后来已接听${call.agentName ? `（${call.agentName}）` : ''}，请先核对是否还需要回电。`;
  const event = { id: `${call._id}:answered`, kind: 'note', at: new Date(now()), by: 'phone', data: { name: '电话系统', text } } as const;
  await book.append(task, event);
}

/** The number of the task; doing it twice is once. */
async function callBackTask(deps: MissedDeps, call: CallDoc): Promise<string> {
  const { store, book, numbers, due, open, now } = deps;
  const conversation = conversationId({ channel: 'phone', account: call.account, user: call.caller });
  const key = `${call._id}:call-back`;
  const made = await madeFor(deps, call);
  if (made !== null) return made;
  const at = now();
  const [waiting] = await store.tickets.find({ conversation, status: { $in: OPEN_STATUSES } }, { sort: { createdAt: -1 }, limit: 1 });
  if (waiting) {
    const data = { text: '客户又来电一次，没有接通' };
    await book.append(waiting._id, { id: key, kind: 'message', at: new Date(at), by: 'customer', data });
    return waiting._id;
  }
  const [number = ''] = await numbers.reserve(1);
  const { nature, department } = forms.intake;
  const slot = (value: string) => ({ raw: value, value });
  const slots = { phone: slot(call.caller), issue: slot('来电没有接通，请回电') };
  const flags = open(call.startedAt.getTime()) ? [] : (['after-hours'] as const);
  const opening = { number, form: 'intake', nature, priority: 'high', department, slots, flags, handoff: false } as const;
  await book.open(newTicket(opening, { id: key, at, conversation, channel: 'phone', due: due('high', at) }));
  // Of two processes that saw it together, one opened it.
  const [opened] = await store.tickets.find({ key }, { limit: 1 });
  return opened?._id ?? number;
}

/** Looks again and again, one at a time; returns what ends it. */
export function watchMissed(deps: MissedDeps & Readonly<{ scheduler: Scheduler }>): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const cancel = deps.scheduler.every(LOOK_MS, () => {
    looking ??= lookForMissed(deps)
      .catch((error) => deps.log.warn({ err: error }, 'missed calls wait for the store'))
      .finally(() => {
        looking = null;
      });
  });
  return async () => {
    cancel();
    await looking;
  };
}
