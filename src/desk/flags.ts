/** The marks of a ticket as they hold now: what was missing when it was opened may have been told since, and who could not be reached may have written. Pure. */
import { forms } from '../../dialogs/forms';
import type { Flag } from '../../dialogs/vocabulary';
import type { TicketDoc, TicketEvent } from '../store/documents';

export function flagsOf({ form, slots, flags, events }: Pick<TicketDoc, 'form' | 'slots' | 'flags' | 'events'>): readonly Flag[] {
  const complete = forms[form].fields.every(({ name, need }) => need !== 'required' || slots[name]);
  return flags.filter((flag) => !(flag === 'incomplete' && complete) && !(flag === 'call-back' && isReachedAgain(events)));
}

/** The customer wrote, or an agent's words arrived, after the last that did not. */
function isReachedAgain(events: readonly TicketEvent[]): boolean {
  const failed = events.findLastIndex(({ data }) => Array.isArray(data.flags) && data.flags.includes('call-back'));
  return failed >= 0 && events.slice(failed + 1).some(({ kind }) => kind === 'message' || kind === 'delivered');
}
