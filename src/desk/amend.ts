/** What an agent writes into a ticket's fields: checked like a customer's answer where a form has one, taken as written elsewhere. Pure. */
import { explain } from '../../dialogs/copy/reasons';
import { validate } from '../../dialogs/extract/validate';
import type { Slot, SlotName, Slots } from '../../dialogs/vocabulary';

export type Values = Readonly<Partial<Record<SlotName, string>>>;

const checked: ReadonlySet<SlotName> = new Set(['phone', 'newPhone', 'class']);
const context = { schools: [], directory: false, at: 0 };

/** The slots to set, and what is wrong with the others in words for the agent. Empty values change nothing. */
export function amended(values: Values): Readonly<{ slots: Slots; problems: Values }> {
  const slots: Partial<Record<SlotName, Slot>> = {};
  const problems: Partial<Record<SlotName, string>> = {};
  // Object.entries() forgets that the keys are names of slots.
  for (const [name, value] of Object.entries(values) as [SlotName, string][]) {
    const text = value.trim();
    if (text === '') continue;
    const read = checked.has(name) ? validate(name, text, context) : { ok: true as const, slot: { raw: text, value: text } };
    if (read.ok) slots[name] = read.slot;
    else problems[name] = explain(read.rejection, 'zh');
  }
  return { slots, problems };
}
