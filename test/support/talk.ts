/** A conversation in a test: talk('zh').says('…').hears('…'). Runs the real engine over a scripted world. */
import type { Locale, PhaseName, Turn } from '../../dialogs/vocabulary';
import { createWorld, happen, type Occasion, pass, receive, type World, type WorldOptions } from './world';

export type Talk = Readonly<{
  world: World;
  says(text: string): Talk;
  presses(label: string): Talk;
  happens(occasion: Occasion): Talk;
  waits(ms: number): Talk;
  /** Something in what was said last. */
  hears(words: string | RegExp): Talk;
  hearsNothing(): Talk;
  isIn(phase: PhaseName): Talk;
  /** The turns of what happened last, in order. */
  lastTurns(): readonly Turn[];
}>;

function heardIn(turns: readonly Turn[]): string {
  return turns.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply.text] : []))).join('\n');
}

export function talk(locale: Locale = 'zh', options: WorldOptions = {}): Talk {
  const world = createWorld({ locale, ...options });
  let last: readonly Turn[] = [];
  const self: Talk = {
    world,
    says(text) {
      last = [receive(world, { kind: 'text', text })];
      return self;
    },
    presses(label) {
      const option = world.state.memory.offered.find((one) => one.label === label);
      if (!option) throw new Error(`no button 「${label}」 among ${world.state.memory.offered.map((one) => one.label).join(', ')}`);
      last = [receive(world, { kind: 'choice', ...option })];
      return self;
    },
    happens(occasion) {
      last = [happen(world, occasion)];
      return self;
    },
    waits(ms) {
      last = pass(world, ms);
      return self;
    },
    hears(words) {
      expect(heardIn(last)).toMatch(words);
      return self;
    },
    hearsNothing() {
      expect(heardIn(last)).toBe('');
      return self;
    },
    lastTurns: () => last,
    isIn(phase) {
      expect(world.state.phase).toBe(phase);
      return self;
    },
  };
  return self;
}
