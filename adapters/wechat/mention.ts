/** Whether a line in a group is meant for us, and what it says without our name. Pure. */

/** What phones put behind a name (U+2005), what computers put there, or the end of the line. */
const AFTER = '(?:[\\u2005\\u00a0 \\n]|$)';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const named = (name: string): RegExp => new RegExp(`@${escaped(name)}${AFTER}`, 'g');
const EVERYBODY = new RegExp(`@(?:所有人|All|all)${AFTER}`);

export type Us = Readonly<{ id: string; names: readonly string[] }>;

/** `ids` are those the gateway says are mentioned; many gateways say none, then only the name in the text tells. A call to everybody is no call to us. */
export function isMentioned(text: string, ids: readonly string[], us: Us): boolean {
  if (us.names.some((name) => named(name).test(text))) return true;
  return ids.includes(us.id) && !EVERYBODY.test(text);
}

export function withoutMention(text: string, us: Us): string {
  return us.names.reduce((rest, name) => rest.replace(named(name), ' '), text).trim();
}

/** As people write to one of a group. */
export const mentioning = (name: string, text: string): string => `@${name}\u2005${text}`;
