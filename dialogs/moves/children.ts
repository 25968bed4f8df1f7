/** Several children ordered for in one message: the first is filled in now, a form for each of the others waits behind it. */
import type { Extraction } from '../extract';
import { draftOf } from '../form';
import { forms } from '../forms';
import { type Heard, othersNoted, recall } from '../heard';
import type { FormName } from '../vocabulary';

const mostParked = 3;

/** The message with the other children put aside, instead of only noted as a remark; unchanged for a form that is not for one child. */
export function eachChild(heard: Heard, form: FormName, found: Extraction): Readonly<{ heard: Heard; found: Extraction; lead: string }> {
  const { another, slots } = found;
  if (!forms[form].perChild || !another) return { heard, found, lead: '' };
  const drafts = another.map((child) =>
    draftOf(form, { name: { raw: child.name, value: child.name }, class: { raw: child.class, value: child.class } }),
  );
  const { remark, ...others } = slots;
  const own = remark && remark.value !== othersNoted(heard, found) ? { ...others, remark } : others;
  const parked = [...heard.memory.parked, ...drafts.toReversed()].slice(-mostParked);
  const names = [slots.name?.value ?? '', ...another.map(({ name }) => name)].join(heard.copy.listed);
  return { heard: recall(heard, { parked }), found: { ...found, slots: own }, lead: heard.copy.eachChild(names) };
}
