/** Greeting and menu, by the role of the customer (S1-6, S1-12, S4-28). */
import { type Heard, recall } from '../heard';
import { enter, lines, say } from '../turn';
import type { Effect, Option, Role, Turn } from '../vocabulary';

/** Who are you, or the matters common for who you are. */
export function menuOptions({ copy, memory, gathered }: Heard): readonly Option[] {
  const role = memory.role ?? gathered.profile.role;
  if (role) return copy.menus[role];
  return Object.entries(copy.roles).map(([name, label]) => ({ value: `role:${name}`, label }));
}

export function greet(heard: Heard): Turn {
  const { copy, rules, memory, gathered } = heard;
  const role = memory.role ?? gathered.profile.role;
  const greeted = { ...memory, greeted: true, ...(role && { role }) };
  return enter(
    greeted,
    { phase: 'idle' },
    say(lines(copy.greeting(rules.brand), role ? copy.matters : copy.whoAreYou), ...menuOptions(heard)),
  );
}

const remembered = (role: Role): Effect => ({ kind: 'rememberCustomer', slots: {}, role });

/** The customer said who they are: remembered, and the menu shows what such people mostly need. */
export function knowRole({ copy, memory }: Heard, role: Role): Turn {
  return enter({ ...memory, role, greeted: true }, { phase: 'idle' }, remembered(role), say(copy.matters, ...copy.menus[role]));
}

/** The same while something else goes on with it. */
export function withRole(heard: Heard, role: Role, goOn: (heard: Heard) => Turn): Turn {
  const turn = goOn(recall(heard, { role, greeted: true }));
  return { ...turn, effects: [remembered(role), ...turn.effects] };
}
