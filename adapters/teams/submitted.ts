/** What comes back from our cards: a filled form or a pressed button. Anything else in `value` is somebody else's card. Pure. */
import { z } from 'zod';
import { type Content, SLOT_NAMES, type SlotName } from '../../dialogs/vocabulary';

/** Longest value of a field, in UTF-16 units. */
export const MAX_FIELD = 500;

/** `for`: in a group a card speaks to one person, and only that person may answer it. */
const mine = { for: z.string().optional() };
const Submitted = z.discriminatedUnion('qiao', [
  z.looseObject({ qiao: z.literal('fields'), ...mine }),
  z.object({ qiao: z.literal('choice'), value: z.string().min(1).max(200), label: z.string().max(200).optional(), ...mine }),
]);

/** Null when the value is none of ours, or the card was put before somebody else. */
export function submitted(value: unknown, from: string): Content | null {
  const parsed = Submitted.safeParse(value);
  if (!parsed.success || (parsed.data.for ?? from) !== from) return null;
  if (parsed.data.qiao === 'fields') return { kind: 'fields', values: fieldsIn(parsed.data) };
  const { value: chosen, label } = parsed.data;
  return { kind: 'choice', value: chosen, ...(label && { label }) };
}

function fieldsIn(data: Readonly<Record<string, unknown>>): Readonly<Partial<Record<SlotName, string>>> {
  const told = SLOT_NAMES.flatMap((name) => {
    const value = data[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim().slice(0, MAX_FIELD)] as const] : [];
  });
  return Object.fromEntries(told);
}
