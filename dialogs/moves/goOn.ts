/** The next step of a form: ask, choose among schools, read back, or hand the urgent ticket to a person. */
import { spokenMinutes } from '../clock';
import type { Copy } from '../copy';
import { ask, fieldOf, fill, formOf, identityIn, nextField, rowsOf, titleOf } from '../form';
import type { Heard } from '../heard';
import { option } from '../options';
import { enter, lines, reply, say } from '../turn';
import type { Draft, Effect, Option, Slots, Turn } from '../vocabulary';
import { handOff } from './handOff';

export function confirmOptions(draft: Draft, copy: Copy): readonly Option[] {
  const label = formOf(draft).consent ? copy.buttons.consent : copy.buttons.confirm;
  return [{ value: 'confirm', label }, option(copy, 'change'), option(copy, 'cancel')];
}

/** Reads everything back and asks for a word of confirmation (S4-32); joining asks for consent as well (S0-13). */
export function readBack(draft: Draft, heard: Heard, lead = ''): Effect {
  const { copy, locale } = heard;
  const title = titleOf(draft.form, locale);
  const rows = rowsOf(draft, copy);
  const told = rows.map(({ label, value }) => copy.row(label, value)).join('\n');
  const text = formOf(draft).consent ? copy.readBackJoin(title, told, copy.joinNotice) : copy.readBack(title, told);
  return reply({
    kind: 'card',
    text: lines(lead, text),
    title: copy.readBackTitle(title),
    rows,
    options: confirmOptions(draft, copy),
  });
}

/** Goes on with a draft from wherever it stands. `lead` is said before the question, `before` is done before it. */
export function goOn(heard: Heard, draft: Draft, lead = '', before: readonly Effect[] = []): Turn {
  const memory = { ...heard.memory, slots: { ...heard.memory.slots, ...identityIn(draft.slots) } };
  const field = nextField(draft);
  if (field) return enter(memory, { phase: 'form', draft, asking: field.name }, ...before, ask(draft, field, heard.copy, lead));
  if (formOf(draft).ticketFirst && draft.ticket) {
    const { copy } = heard;
    return handOff({ ...heard, memory }, 'urgent', {
      draft,
      lead: lines(copy.urgentDone(draft.ticket), !draft.refused.includes('recipients') && copy.urgentMeanwhile),
      before,
    });
  }
  return enter(memory, { phase: 'confirming', draft }, ...before, readBack(draft, heard, lead));
}

/** Takes what a message gave into the draft, and into its ticket when that is open already; then goes on. */
export function take(heard: Heard, draft: Draft, slots: Slots, lead = '', before: readonly Effect[] = []): Turn {
  const filled = fill(draft, slots);
  const news = Object.fromEntries(Object.entries(slots).filter(([name]) => formOf(draft).fields.some((field) => field.name === name)));
  const amend: readonly Effect[] =
    draft.ticket && Object.keys(news).length > 0 ? [{ kind: 'amendTicket', number: draft.ticket, slots: news, flags: [] }] : [];
  return goOn(heard, filled, lead, [...before, ...amend]);
}

/** Several schools answer to the name: the customer chooses. */
export function chooseSchool(heard: Heard, draft: Draft, schools: readonly string[], lead = '', before: readonly Effect[] = []): Turn {
  const { copy, memory } = heard;
  const offered = schools.slice(0, 5);
  const options = [...offered.map((school) => ({ value: `school:${school}`, label: school })), option(copy, 'noneOfThese')];
  return enter(memory, { phase: 'choosingSchool', draft, schools: offered }, ...before, say(lines(lead, copy.whichSchool), ...options));
}

/** Asks once more for what the phase was about: after a side question, a file, an unclear word. */
export function askAgain(heard: Heard, lead: string, before: readonly Effect[] = []): Turn {
  const { state, copy, memory } = heard;
  switch (state.phase) {
    case 'form': {
      const field = fieldOf(state.draft, state.asking);
      return field
        ? enter(memory, { phase: 'form', draft: state.draft, asking: state.asking }, ...before, ask(state.draft, field, copy, lead))
        : goOn(heard, state.draft, lead, before);
    }
    case 'confirming':
      return enter(memory, { phase: 'confirming', draft: state.draft }, ...before, readBack(state.draft, heard, lead));
    case 'choosingSchool':
      return chooseSchool(heard, state.draft, state.schools, lead, before);
    case 'clarifying':
    case 'resuming':
      if (state.draft) return goOn(heard, state.draft, lead, before);
      return { state: { ...state, memory }, effects: [...before, ...(lead ? [say(lead)] : [])] };
    default:
      return { state: { ...state, memory }, effects: [...before, ...(lead ? [say(lead)] : [])] };
  }
}

/** When an answer may be expected, and what the hour means for it. */
export function promise(heard: Heard, urgent: boolean): string {
  const { copy, rules } = heard;
  return urgent ? copy.promiseUrgent : copy.promise(spokenMinutes(rules.resolutionMinutes, copy));
}
