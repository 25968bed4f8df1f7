/** A message where nothing is being asked for: a button, a courtesy, or free talk. */
import type { Heard } from '../heard';
import type { Turn } from '../vocabulary';
import { chosen, stale } from './chosen';
import { courtesy, route } from './route';

export function freely(heard: Heard): Turn {
  return chosen(heard) ?? courtesy(heard) ?? (heard.choice === undefined ? route(heard) : stale(heard));
}
