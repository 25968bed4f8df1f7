/** A confirmed form becomes a ticket: number, promise, hours, and the question for anything else (S4-30, S4-32). */
import { dated, spoken } from '../clock';
import { notes } from '../copy/notes';
import { fill, formOf, identityIn, missing, titleOf, unique } from '../form';
import { forms } from '../forms';
import type { Heard } from '../heard';
import { option } from '../options';
import { enter, lines, say } from '../turn';
import type { Draft, Effect, Flag, SlotName, Slots, Turn } from '../vocabulary';
import { goOn, promise } from './goOn';
import { mayMerge, mergeOption } from './merging';
import { offerSurvey } from './survey';
import { remember, ticketNumber } from './tickets';

/** Flags the ticket goes out with: the draft's, and what the desk must know of the hour and the school. */
function flagsOf(draft: Draft, heard: Heard): readonly Flag[] {
  const more: Flag[] = [];
  if (!heard.desk.open) more.push('after-hours');
  if (draft.slots.school?.verified === false) more.push('unverified-school');
  if (missing(draft).length > 0) more.push('incomplete');
  return unique([...draft.flags, ...more]);
}

/** The draft's slots with something to call the matter by: a business order is named after its form. */
export function ticketSlots(draft: Draft): Slots {
  const title = forms[draft.form].title.zh;
  return draft.slots.issue ? draft.slots : { ...draft.slots, issue: { raw: title, value: title } };
}

function ticketEffects(draft: Draft, number: string, heard: Heard): readonly Effect[] {
  const { nature, priority, department, consent } = formOf(draft);
  const flags = flagsOf(draft, heard);
  const given = dated(heard.at, heard.rules.timeZone);
  const note: readonly Effect[] = consent
    ? [{ kind: 'amendTicket', number, slots: {}, flags: [], note: `${heard.copy.joinNotice}\n${heard.copy.consentGiven(given)}` }]
    : [];
  if (draft.ticket) return [{ kind: 'amendTicket', number, slots: draft.slots, flags, note: notes.completed }, ...note];
  const slots = ticketSlots(draft);
  const to = draft.department ?? department;
  return [{ kind: 'openTicket', number, form: draft.form, nature, priority, department: to, slots, flags, handoff: false }, ...note];
}

function hoursWords({ desk, copy, rules, at }: Heard): string {
  if (desk.open) return '';
  const opens = desk.opensAt === undefined ? '' : spoken(desk.opensAt, at, rules.timeZone, copy);
  return copy.afterHours(rules.hoursText[copy.locale], opens);
}

export function submit(heard: Heard, draft: Draft): Turn {
  const { copy, locale } = heard;
  const number = draft.ticket ?? ticketNumber(heard);
  const identity = identityIn(draft.slots);
  const memory = remember({ ...heard.memory, slots: { ...heard.memory.slots, ...identity } }, number);
  const done = lines(
    draft.ticket ? copy.completed(number) : copy.submitted(titleOf(draft.form, locale), number),
    promise(heard, formOf(draft).priority === 'urgent'),
    hoursWords(heard),
  );
  const effects: readonly Effect[] = [...ticketEffects(draft, number, heard), { kind: 'rememberCustomer', slots: identity }];
  return takeUp({ ...heard, memory }, done, effects);
}

/** After a matter is done or dropped: the one put aside before goes on, the queue, a survey put off comes, or the desk asks for anything else. */
export function takeUp(heard: Heard, said: string, before: readonly Effect[] = []): Turn {
  const { copy, memory, locale } = heard;
  const draft = memory.parked.at(-1);
  const [rated] = memory.toSurvey ?? [];
  if (!draft && memory.queued) return enter(memory, memory.queued, ...before, say(lines(said, copy.stillQueued(memory.queued.ticket))));
  if (!draft && rated) return offerSurvey(memory, copy, rated, copy.surveyOf(rated), [...before, say(said)]);
  if (!draft && mayMerge(heard)) {
    const asked = { ...memory, merging: 'offered' } as const;
    const options = [mergeOption(heard), option(copy, 'nothingElse')];
    return enter(asked, { phase: 'idle' }, ...before, say(lines(said, copy.mergeOffer, copy.anythingElse), ...options));
  }
  if (!draft) return enter(memory, { phase: 'idle' }, ...before, say(lines(said, copy.anythingElse), option(copy, 'nothingElse')));
  const rest = { ...heard, memory: { ...memory, parked: memory.parked.slice(0, -1) } };
  // What was told in the meantime is not asked for once more.
  const known = Object.fromEntries(Object.entries(identityIn(memory.slots)).filter(([name]) => !draft.slots[name as SlotName])); // names come from Slots
  return goOn(rest, fill(draft, known), copy.backToParked(titleOf(draft.form, locale)), [...before, say(said)]);
}
