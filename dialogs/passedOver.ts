/** Choices nobody picked from: the customer went on, or never came back. What they had asked is a question without an answer (S3-47). */
import { gapIn } from './learnt';
import type { Effect, Event, Instant, Rules, State } from './vocabulary';

const minute = 60_000;

type Clarifying = Extract<State, { phase: 'clarifying' }>;

/** Choices still on the screen whose question is not kept as a gap yet. */
const openChoice = (state: State): Clarifying | undefined => (state.phase === 'clarifying' && !state.left ? state : undefined);

function gap({ memory, question, hits }: Clarifying): Effect {
  return { ...gapIn(memory, question, 'left-choice'), offered: hits.map(({ article }) => article) };
}

/** The gap a turn leaves behind when it answers, refuses and repeats nothing of the choices before it. */
export function passedOver(before: State, after: State, effects: readonly Effect[]): readonly Effect[] {
  const choice = openChoice(before);
  if (!choice || (after.phase === 'clarifying' && after.question === choice.question)) return [];
  const dealtWith = effects.some((one) => (one.kind === 'recordAnswer' || one.kind === 'recordGap') && one.question === choice.question);
  return dealtWith ? [] : [gap(choice)];
}

/** When silence counts as having left the choices where they are; undefined while there are none. */
export function choiceDue(state: State, at: Instant, { formIdleMinutes }: Pick<Rules, 'formIdleMinutes'>): Instant | undefined {
  return openChoice(state) && at + formIdleMinutes * minute;
}

/** Silence: the gap is kept, and the choices stay as they are for whoever comes back. */
export function choiceLeft(
  state: State,
  event: Event,
  { formIdleMinutes }: Pick<Rules, 'formIdleMinutes'>,
): Readonly<{ state: State; effects: readonly Effect[] }> {
  const choice = openChoice(state);
  if (!choice || event.at - state.memory.lastAt < formIdleMinutes * minute) return { state, effects: [] };
  return { state: { ...choice, left: true }, effects: [gap(choice)] };
}
