/** The telephone as the rest of the program sees it: what happens to calls, who calls, what is said, what becomes of it. */
import type { CallEvent, CallView, Heard } from '../../adapters/calls';
import type { Agent, Desk } from '../../adapters/desk';
import { maskPhone } from '../../adapters/mask';
import { validate } from '../../dialogs/extract/validate';
import type { FormName } from '../../dialogs/vocabulary';
import type { Conversations } from '../conversation/conversations';
import type { Log, Scheduler } from '../conversation/deps';
import type { Due } from '../desk/due';
import type { Numbers } from '../desk/numbers';
import type { CallDoc } from '../store/documents';
import type { Store } from '../store/store';
import { hear, stateOf } from './book';
import { type CallFigures, callFigures, waitedSeconds } from './figures';
import { knownUnder } from './known';
import { watchMissed } from './missed';
import { type RegisterDeps, type Registered, type Registration, register } from './register';
import { watchRinging } from './ring';
import { type CallScript, scriptOf } from './script';

/** Who looks: null for nobody in particular, who sees no number whole. */
export type Viewer = Pick<Agent, 'id' | 'supervisor'> | null;

export type Calls = Readonly<{
  hear(event: CallEvent): Promise<Heard>;
  /** The newest first. */
  list(asked: Readonly<{ agent?: string; since?: number; limit: number }>, viewer: Viewer): Promise<readonly CallView[]>;
  /** Null when there is no such call. */
  view(id: string, viewer: Viewer): Promise<CallView | null>;
  script(id: string, form: FormName, viewer: Viewer): Promise<CallScript | null>;
  register(id: string, given: Registration): Promise<Registered | null>;
  figures(from: number, until: number): Promise<CallFigures>;
  /** Begins to look for calls nobody answered, and to show calls to the desks that are watched; resolves to what ends it. */
  start(desks: readonly Desk[]): Promise<() => Promise<void>>;
}>;

export type CallsDeps = Readonly<{
  store: Store;
  conversations: Conversations;
  numbers: Numbers;
  due: Due;
  open: (at: number) => boolean;
  schools: RegisterDeps['schools'];
  place: () => Readonly<{ brand: string; answerWithinSeconds: number }>;
  now: () => number;
  scheduler: Scheduler;
  log: Log;
}>;

const MOST_COUNTED = 20_000;

export function createCalls(deps: CallsDeps): Calls {
  const { store, conversations, now } = deps;
  const around = { store, latest: conversations.latest, now };

  async function viewOf(call: CallDoc, viewer: Viewer): Promise<CallView> {
    const known = await knownUnder(around, call.account, call.caller);
    const waited = waitedSeconds(call);
    return {
      id: call._id,
      state: stateOf(call),
      caller: seesWhole(call, viewer) ? call.caller : call.caller && maskPhone(call.caller),
      called: call.called,
      ...(call.agent !== null && { agent: { id: call.agent, name: call.agentName ?? call.agent } }),
      ...(call.extension !== null && { extension: call.extension }),
      ...(call.ringingAt !== null && { ringingAt: call.ringingAt }),
      ...(call.answeredAt !== null && { answeredAt: call.answeredAt }),
      ...(call.endedAt !== null && { endedAt: call.endedAt }),
      ...(waited !== undefined && { waitedSeconds: waited }),
      ...known,
      registered: call.registered.map(({ ticket }) => ticket),
      ...(call.callBack !== null && { callBack: call.callBack }),
    };
  }

  return {
    hear: (event) => hear(store, event, now()),
    async list({ agent, since, limit }, viewer) {
      const filter = {
        ...(agent !== undefined && { agent }),
        ...(since !== undefined && { startedAt: { $gte: new Date(since) } }),
      };
      const found = await store.calls.find(filter, { sort: { startedAt: -1, _id: -1 }, limit });
      return Promise.all(found.map((call) => viewOf(call, viewer)));
    },
    async view(id, viewer) {
      const call = await store.calls.get(id);
      return call && viewOf(call, viewer);
    },
    async script(id, form, viewer) {
      const call = await store.calls.get(id);
      if (!call) return null;
      const number = validate('phone', call.caller, { schools: [], directory: false, at: 0 });
      // Whoever may not see the number whole asks for it, as the form does anyway.
      const slots = number.ok && seesWhole(call, viewer) ? { phone: number.slot } : {};
      return scriptOf(form, slots, deps.place());
    },
    async register(id, given) {
      const call = await store.calls.get(id);
      return call && register(deps, call, given);
    },
    async figures(from, until) {
      const within = { startedAt: { $gte: new Date(from), $lt: new Date(until) } };
      const found = await store.calls.find(within, { sort: { startedAt: -1 }, limit: MOST_COUNTED });
      return callFigures(found, deps.place().answerWithinSeconds);
    },
    async start(desks) {
      const stops = [watchMissed({ ...deps, book: conversations.tickets }), watchRinging({ ...deps, desks, viewOf })];
      return async () => {
        for (const stop of stops) await stop();
      };
    },
  };
}

const seesWhole = ({ agent }: CallDoc, viewer: Viewer): boolean => viewer !== null && (viewer.supervisor || viewer.id === agent);
