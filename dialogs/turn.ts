/** Small words for building a turn: a state of one phase, and effects in order. */
import { type Effect, type Memory, type Option, type Phase, type Reply, STATE_SCHEMA, type State, type Turn } from './vocabulary';

export function stateOf(memory: Memory, phase: Phase): State {
  return { schema: STATE_SCHEMA, memory, ...phase };
}

/** A turn that ends in `phase`, with `effects` in order. */
export function enter(memory: Memory, phase: Phase, ...effects: readonly Effect[]): Turn {
  return { state: stateOf(memory, phase), effects };
}

/** A turn that changes nothing but what must be done. */
export function stay(state: State, ...effects: readonly Effect[]): Turn {
  return { state, effects };
}

export function say(text: string, ...options: readonly Option[]): Effect {
  return reply(options.length > 0 ? { kind: 'choices', text, options } : { kind: 'text', text });
}

export function reply(what: Reply): Effect {
  return { kind: 'reply', reply: what };
}

/** Parts that exist, one a line. */
export function lines(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter(Boolean).join('\n');
}
