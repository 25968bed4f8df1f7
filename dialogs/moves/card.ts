/** A whole form card, filled in and sent at once. */
import { explain } from '../copy/reasons';
import { validate } from '../extract';
import { fill, formOf } from '../form';
import { contextOf, type Heard } from '../heard';
import type { Draft, Effect, FieldPrompt, SlotName, Slots, Turn } from '../vocabulary';
import { goOn, take } from './goOn';

type Wrong = ReadonlyMap<SlotName, NonNullable<FieldPrompt['wrong']>>;

/** Every value is checked as if it had been answered; the first wrong one is asked again, on a card that shows each with its reason. */
export function answerCard(heard: Heard, draft: Draft, values: Readonly<Partial<Record<SlotName, string>>>): Turn {
  let slots: Slots = {};
  const wrong = new Map<SlotName, NonNullable<FieldPrompt['wrong']>>();
  for (const { name } of formOf(draft).fields) {
    const value = values[name]?.trim();
    if (!value || value === draft.slots[name]?.value) continue;
    const checked = validate(name, value, contextOf(heard.event, name));
    if (checked.ok) slots = { ...slots, [name]: checked.slot };
    else wrong.set(name, { value, reason: explain(checked.rejection, heard.copy.locale) });
  }
  const [first] = wrong;
  if (!first) return take(heard, draft, slots);
  const [asking, { reason }] = first;
  const { [asking]: _, ...rest } = fill(draft, slots).slots;
  const turn = goOn(heard, { ...draft, slots: rest, tries: draft.tries + 1 }, reason);
  return { ...turn, effects: turn.effects.map((effect) => showing(effect, wrong)) };
}

function showing(effect: Effect, wrong: Wrong): Effect {
  if (effect.kind !== 'reply' || effect.reply.kind !== 'form') return effect;
  const fields = effect.reply.fields.map((field) => {
    const found = wrong.get(field.name);
    return found ? { ...field, wrong: found } : field;
  });
  return { ...effect, reply: { ...effect.reply, fields } };
}
