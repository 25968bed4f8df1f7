/** Nothing in progress: greeting, menu, or whatever the customer begins with. */
import type { Heard } from '../heard';
import { maybeAgain } from '../moves/again';
import { amendRecent } from '../moves/amendRecent';
import { freely } from '../moves/freely';
import { greet } from '../moves/menu';
import type { Turn } from '../vocabulary';

export function idle(heard: Heard): Turn {
  const { memory, reads } = heard;
  if (!memory.greeted && reads.greeting) return greet(heard);
  const greeted = { ...heard, memory: { ...memory, greeted: true } };
  return amendRecent(greeted) ?? maybeAgain(greeted, memory.tickets.at(-1), memory.lastAt) ?? freely(greeted);
}
