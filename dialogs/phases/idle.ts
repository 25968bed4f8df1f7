/** Nothing in progress: greeting, menu, or whatever the customer begins with. */
import type { Heard } from '../heard';
import { chosen, stale } from '../moves/chosen';
import { greet } from '../moves/menu';
import { courtesy, route } from '../moves/route';
import type { Turn } from '../vocabulary';

export function idle(heard: Heard): Turn {
  const { memory, reads, choice } = heard;
  if (!memory.greeted && reads.greeting) return greet(heard);
  const greeted = { ...heard, memory: { ...memory, greeted: true } };
  return chosen(greeted) ?? courtesy(greeted) ?? (choice === undefined ? route(greeted) : stale(greeted));
}
