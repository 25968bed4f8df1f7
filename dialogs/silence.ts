/** The clock of an agent who owes the customer a word: first the agent is warned, then the chat goes back to the queue, oldest first. */
import { requeued } from './agents';
import { copyFor } from './copy';
import { say, stay } from './turn';
import type { Effect, Event, Instant, Owed, Rules, State, Turn } from './vocabulary';

const minute = 60_000;
type Limits = Pick<Rules, 'agentWarnMinutes' | 'agentReturnMinutes'>;

const owedIn = (state: State): Owed | undefined => (state.phase === 'waiting' || state.phase === 'withAgent' ? state.owed : undefined);

/** When the clock runs out next; undefined while nobody in particular owes a word. */
export function silenceDue(state: State, { agentWarnMinutes: warn, agentReturnMinutes: back }: Limits): Instant | undefined {
  const owed = owedIn(state);
  if (!owed) return undefined;
  return owed.warnedAt === undefined ? owed.since + Math.min(warn, back) * minute : owed.warnedAt + (back - warn) * minute;
}

function withOwed(state: State, owed: Owed): State {
  return state.phase === 'waiting' || state.phase === 'withAgent' ? { ...state, owed } : state;
}

function withoutOwed(state: State): State {
  if (state.phase !== 'waiting' && state.phase !== 'withAgent') return state;
  const { owed: _, ...rest } = state;
  return rest;
}

/** The ticket is anybody's again. Who waits for a colleague who has the chat is told; who is in the queue anyway is not. */
function givenBack(state: State, owed: Owed, event: Event, { agentReturnMinutes }: Limits): Turn {
  if (state.phase !== 'withAgent' && state.phase !== 'waiting') return stay(state);
  const release: Effect = { kind: 'releaseTicket', ticket: state.ticket, agentName: owed.agentName, minutes: agentReturnMinutes };
  if (state.phase === 'withAgent') return requeued(state, event.at, release, say(copyFor(event.locale).released(owed.agentName)));
  return stay(withoutOwed(state), release);
}

/** Outside desk hours the clock begins anew when somebody comes in. */
export function agentSilent(state: State, event: Extract<Event, { kind: 'timerFired' }>, rules: Rules): Turn {
  const owed = owedIn(state);
  const due = silenceDue(state, rules);
  if (!owed || due === undefined || event.at < due) return stay(state);
  const { desk, at } = event;
  const { agentWarnMinutes: warn, agentReturnMinutes: back } = rules;
  // A desk that never opens has no hours to count.
  if (!desk.open) {
    return stay(desk.opensAt === undefined ? withoutOwed(state) : withOwed(state, { agentName: owed.agentName, since: desk.opensAt }));
  }
  if (owed.warnedAt !== undefined || back <= warn) return givenBack(state, owed, event, rules);
  const { agentName, since } = owed;
  const ticket = 'ticket' in state && state.ticket;
  const warning: readonly Effect[] = ticket ? [{ kind: 'warnAgent', ticket, agentName, waited: warn, left: back - warn }] : [];
  return stay(withOwed(state, { agentName, since, warnedAt: at }), ...warning);
}
