/** Several children ordered for in one message: the first is filled in now, a form for each of the others waits behind it. */
import type { Extraction } from '../extract';
import { draftOf } from '../form';
import { forms } from '../forms';
import { type Heard, othersNoted, recall } from '../heard';
import type { FormName } from '../vocabulary';
import { mostParked } from './aside';

/** The message with the other children put aside, instead of only noted as a remark; unchanged for a form that is not for one child. */
export function eachChild(heard: Heard, form: FormName, found: Extraction): Readonly<{ heard: Heard; found: Extraction; lead: string }> {
  const { another, slots } = found;
  const { parked: before } = heard.memory;
  const unchanged = { heard, found, lead: '' };
  if (!forms[form].perChild || !another) return unchanged;
  // Told twice is ordered once.
  const waits = (name: string): boolean => before.some((draft) => draft.form === form && draft.slots.name?.value === name);
  const drafts = another
    .filter(({ name }) => !waits(name))
    .map((child) => draftOf(form, { name: { raw: child.name, value: child.name }, class: { raw: child.class, value: child.class } }));
  // More than can wait, with room for the form itself, are all told to the desk in the remark: none is dropped.
  if (before.length + drafts.length >= mostParked) return unchanged;
  const { remark, ...others } = slots;
  const own = remark && remark.value !== othersNoted(heard, found) ? { ...others, remark } : others;
  const parked = [...before, ...drafts.toReversed()];
  const names = [slots.name?.value ?? '', ...another.map(({ name }) => name)].join(heard.copy.listed);
  return { heard: recall(heard, { parked }), found: { ...found, slots: own }, lead: heard.copy.eachChild(names) };
}
