/** The marks of a ticket as they hold now: what was missing when it was opened may have been told since. Pure. */
import { forms } from '../../dialogs/forms';
import type { Flag } from '../../dialogs/vocabulary';
import type { TicketDoc } from '../store/documents';

export function flagsOf({ form, slots, flags }: Pick<TicketDoc, 'form' | 'slots' | 'flags'>): readonly Flag[] {
  const complete = forms[form].fields.every(({ name, need }) => need !== 'required' || slots[name]);
  return complete ? flags.filter((flag) => flag !== 'incomplete') : flags;
}
