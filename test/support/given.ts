/** One event on one state: given(state).when(event).leadsTo(phase, …effects). */
import { begin, step } from '../../dialogs/step';
import { stateOf } from '../../dialogs/turn';
import type { Effect, EffectKind, Memory, Phase, PhaseName, Reply, State, Turn } from '../../dialogs/vocabulary';
import { createWorld, happen, monday, type Occasion, receive, rules, type WorldOptions } from './world';

export { rules, step };

/** A state of the phase given, with nothing remembered but what is given. */
export function inPhase(phase: Phase, memory: Partial<Memory> = {}): State {
  return stateOf({ ...begin(monday).memory, greeted: true, ...memory }, phase);
}

export type Outcome = Readonly<{
  turn: Turn;
  /** The phase reached, and the kinds of effects in order, clocks aside. */
  leadsTo(phase: PhaseName, ...kinds: readonly EffectKind[]): Outcome;
  effect<K extends EffectKind>(kind: K): Extract<Effect, { kind: K }>;
  reply(): Reply;
}>;

function outcome(turn: Turn): Outcome {
  const self: Outcome = {
    turn,
    leadsTo(phase, ...kinds) {
      const done = turn.effects.map(({ kind }) => kind).filter((kind) => kind !== 'wakeAt' && kind !== 'cancelWake');
      expect({ phase: turn.state.phase, effects: done }).toEqual({ phase, effects: kinds });
      return self;
    },
    effect(kind) {
      const found = turn.effects.find((effect): effect is Extract<Effect, { kind: typeof kind }> => effect.kind === kind);
      if (!found) throw new Error(`no ${kind} among ${turn.effects.map((effect) => effect.kind).join(', ')}`);
      return found;
    },
    reply: () => self.effect('reply').reply,
  };
  return self;
}

export function given(state: State, options: WorldOptions = {}) {
  const world = createWorld(options);
  world.state = state;
  return {
    when: (occasion: Occasion): Outcome => outcome(happen(world, occasion)),
    whenSaid: (text: string): Outcome => outcome(receive(world, { kind: 'text', text })),
    whenChosen: (value: string): Outcome => outcome(receive(world, { kind: 'choice', value })),
    after(ms: number) {
      world.now += ms;
      return this;
    },
  };
}
