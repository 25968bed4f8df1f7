/** An unfinished form is offered again; a clear new matter is served first and the form waits. */

import { extract } from '../extract';
import { draftOf, hasField, titleOf } from '../form';
import { contextOf, extracted, type Heard } from '../heard';
import { sideAnswer } from '../moves/answer';
import { cancelAll } from '../moves/cancel';
import { answerCard } from '../moves/card';
import { chosen, stale } from '../moves/chosen';
import { goOn, take } from '../moves/goOn';
import { offerResume } from '../moves/resume';
import { secondMatter } from '../moves/secondMatter';
import type { SlotName, Slots, State, Turn } from '../vocabulary';

type Resuming = Extract<State, { phase: 'resuming' }>;

/** Goes on with what the customer wrote on coming back, as far as it answers the form. */
function proceed(heard: Heard, { draft, text }: Resuming): Turn {
  const { slots } = extract(text, contextOf(heard.event));
  return take(heard, draft, own(draft.form, slots));
}

function own(form: Resuming['draft']['form'], { issue: _, ...slots }: Slots): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([name]) => hasField(form, name as SlotName)));
}

export function resuming(heard: Heard, state: Resuming): Turn {
  const { draft } = state;
  const { choice, event, reads, copy, locale } = heard;
  if (event.content.kind === 'fields') return answerCard(heard, draft, event.content.values);
  if (choice === 'goOn') return proceed(heard, state);
  if (choice === 'startOver')
    return goOn(heard, { ...draftOf(draft.form, {}), ...(draft.ticket !== undefined && { ticket: draft.ticket }) });
  if (choice === 'drop') return cancelAll(heard);
  if (choice !== undefined) return chosen(heard) ?? stale(heard);
  if (reads.yes || reads.goOn) return proceed(heard, state);
  if (reads.no) return cancelAll(heard);
  const side = sideAnswer(heard);
  if (side) return offerResume(heard, draft, { lead: side.text, before: side.effects });
  const found = extracted(heard);
  const slots = own(draft.form, found.slots);
  if (Object.keys(slots).length > 0) return take(heard, draft, slots, copy.backToParked(titleOf(draft.form, locale)));
  return secondMatter(heard, undefined, found) ?? offerResume(heard, draft);
}
