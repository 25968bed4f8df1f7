/** Greeting and menu, by the role of the customer (S1-6, S1-12, S4-28). */
import type { Heard } from '../heard';
import { enter, lines, say } from '../turn';
import type { Option, Role, Turn } from '../vocabulary';

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

/** The customer said who they are: remembered, and the menu shows what such people mostly need. */
export function knowRole(heard: Heard, role: Role): Turn {
  const { copy, memory } = heard;
  const effect = { kind: 'rememberCustomer', slots: {}, role } as const;
  return enter({ ...memory, role, greeted: true }, { phase: 'idle' }, effect, say(copy.matters, ...copy.menus[role]));
}
