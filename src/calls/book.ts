/** Calls as the store has them, put together from events in whatever order they come: each event of a call counts once. */
import type { CallEvent, CallState, Heard } from '../../adapters/calls';
import { messageId } from '../conversation/ids';
import { findAgent } from '../people/agents';
import type { CallDoc } from '../store/documents';
import type { Store } from '../store/store';

/** How long an end without an answer may still be overtaken by the answer it came before. */
export const OVERTAKEN_MS = 10_000;
/** A call of which nothing more is heard was not answered. */
export const SILENT_MS = 10 * 60_000;

type Stores = Pick<Store, 'calls' | 'agents'>;

export const callId = (account: string, call: string): string => messageId({ channel: 'phone', account, user: '' }, call);

/** An end counts as missed only once it cannot be overtaken any more; until then the call is over and nothing is said of it. */
export function stateOf({ answeredAt, endedAt, checkAt }: Pick<CallDoc, 'answeredAt' | 'endedAt' | 'checkAt'>): CallState {
  if (answeredAt !== null) return endedAt === null ? 'answered' : 'ended';
  if (checkAt === null) return 'missed';
  return endedAt === null ? 'ringing' : 'ended';
}

function fresh(id: string, event: CallEvent, at: Date): CallDoc {
  return {
    _id: id,
    account: event.account,
    call: event.call,
    version: 0,
    caller: '',
    called: '',
    agent: null,
    agentName: null,
    extension: null,
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    events: [],
    checkAt: at.getTime() + SILENT_MS,
    callBack: null,
    registered: [],
    startedAt: at,
    updatedAt: at,
  };
}

/** What an event says besides its hour. Who answers has the call; at whom it rang last only as long as nobody has. */
async function saidIn(store: Stores, event: CallEvent, doc: CallDoc): Promise<Partial<CallDoc>> {
  const { agent, caller, called, extension, kind } = event;
  const takes = kind === 'answered' || doc.answeredAt === null;
  const known = agent === undefined || !takes ? null : await agentNamed(store, agent);
  return {
    ...(caller && doc.caller === '' && { caller }),
    ...(called && doc.called === '' && { called }),
    ...(extension !== undefined && takes && { extension }),
    ...(agent !== undefined && takes && { agent: known?.id ?? agent, agentName: known?.name ?? agent }),
  };
}

async function agentNamed(store: Stores, agent: string) {
  const found = await store.agents.get(agent);
  return found ? { id: found._id, name: found.name } : findAgent(store, { email: agent });
}

/** When to look at the call the next time; null when nothing more is to be known. */
function checkAfter(event: CallEvent, doc: CallDoc, now: number): number | null {
  if (event.kind === 'answered') {
    // Of a call that was held for missed, or is being so just now, the task to call back must say so.
    const late = doc.callBack !== null || (doc.checkAt !== null && doc.checkAt <= now);
    return late ? now : null;
  }
  if (doc.answeredAt !== null) return doc.checkAt;
  if (event.kind === 'ended') return now + OVERTAKEN_MS;
  if (doc.endedAt === null) return now + SILENT_MS;
  // A ring that comes late changes nothing of what was decided, unless nobody knew whom to call back.
  return doc.checkAt === null && doc.caller === '' && event.caller ? now : doc.checkAt;
}

/** Resolves once the event is stored; the same event of the same call again changes nothing. */
export async function hear(store: Stores, event: CallEvent, now: number): Promise<Heard> {
  const id = callId(event.account, event.call);
  const at = new Date(now);
  const entry = { kind: event.kind, at: event.at, receivedAt: at };
  for (;;) {
    const known = await store.calls.get(id);
    if (known?.events.some(({ kind }) => kind === event.kind)) return { id, duplicate: true };
    const doc = known ?? fresh(id, event, at);
    const set = {
      ...(await saidIn(store, event, doc)),
      [`${event.kind}At`]: event.at,
      checkAt: checkAfter(event, doc, now),
      updatedAt: at,
    };
    // A call is inserted with its first event in it: a kill leaves none of which nothing is known.
    const written = known
      ? await store.calls.change({ _id: id, version: doc.version }, { $set: set, $push: { events: entry }, $inc: { version: 1 } })
      : (await store.calls.insert({ ...doc, ...set, events: [entry], version: 1 })).inserted;
    if (written) return { id, duplicate: false };
  }
}
