/** The buttons of the desk: what they carry and what they say. */
import type { Copy } from './copy';
import type { FormName, Option } from './vocabulary';

export type ButtonName = keyof Copy['buttons'];

/** What leaves or passes over a question rather than answers it: too much would be lost by a wrong digit. */
const said: readonly ButtonName[] = ['cancel', 'enough', 'skip'];

/** A button by its name; its value is the name. */
export function option(copy: Copy, name: ButtonName): Option {
  return { value: name, label: copy.buttons[name], ...(said.includes(name) && { said: true }) };
}

export function formOption(form: FormName, label: string): Option {
  return { value: `form:${form}`, label };
}

/** 「repair」 out of 「form:repair」 when the prefix is the one asked for. */
export function carried(choice: string | undefined, prefix: string): string | undefined {
  return choice?.startsWith(`${prefix}:`) ? choice.slice(prefix.length + 1) : undefined;
}
