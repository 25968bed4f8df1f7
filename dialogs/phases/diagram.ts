/** The table of transitions as a Mermaid state diagram. */
import type { PhaseName } from '../vocabulary';
import { transitions } from './index';

export function diagram(): string {
  const names = Object.keys(transitions) as PhaseName[]; // the keys of a Record by PhaseName
  const arrows = names.flatMap((from) => Object.entries(transitions[from]).map(([to, why]) => `  ${from} --> ${to}: ${why}`));
  return ['stateDiagram-v2', '  [*] --> idle', ...arrows].join('\n');
}
