/** Who may speak to the customer, derived from the phase so that the two cannot disagree. */
import type { Holder, State } from './vocabulary';

export function holderOf(state: State): Holder {
  switch (state.phase) {
    case 'waiting':
      return { kind: 'queue', reason: state.reason, since: state.since };
    case 'withAgent':
      return { kind: 'agent', agent: state.agent, reason: 'claimed', since: state.since };
    default:
      return { kind: 'bot', reason: state.phase, since: state.memory.lastAt };
  }
}
