/** The engine: one event in, the next state and what must be done out. Pure and deterministic; global words first, then the phase. */
import { hush } from './files';
import { draftOf, fieldOf } from './form';
import { askedBefore, draftIn, extracted, type Heard, hear } from './heard';
import { spokenAfter } from './language';
import { sameAgain } from './moves/again';
import { alarm, alarmIn } from './moves/alarm';
import { cancelAll, restart } from './moves/cancel';
import { handOff } from './moves/handOff';
import { greet } from './moves/menu';
import { merging } from './moves/merging';
import { askedAbout } from './moves/ongoing';
import { comeBack } from './moves/resume';
import { unspoken } from './moves/unspoken';
import { notice } from './notices';
import { answerIn } from './phases';
import { settle } from './settle';
import { stateOf, stay } from './turn';
import type { Draft, Event, Instant, Received, Rules, Slots, State, Step, Turn } from './vocabulary';

/** A conversation nobody has said anything in yet. */
export function begin(at: Instant): State {
  const memory = { greeted: false, slots: {}, misses: 0, tickets: [], lastAt: at, abuse: 0, offered: [], parked: [], surveyed: [] };
  return stateOf(memory, { phase: 'idle' });
}

/** 「不用了」 to a field that need not be given, or to a survey, drops that and nothing else. */
function skipsField({ state, reads }: Heard): boolean {
  if (state.phase === 'survey') return true;
  const optional = state.phase === 'form' && fieldOf(state.draft, state.asking)?.need !== 'required';
  return optional && (reads.skip || reads.no);
}

/** What was told along with the wish for a person: who they are, and the matter unless it is known. */
function toldBeside(heard: Heard, draft: Draft | undefined): Slots {
  const { issue, ...slots } = extracted(heard).slots;
  const matter = issue ? { issue } : askedBefore(heard);
  return { ...slots, ...(!draft?.slots.issue && matter) };
}

/** Words that mean the same in every phase the bot holds. */
function globalWord(heard: Heard): Turn | undefined {
  const { reads, choice, state, copy } = heard;
  const queued = state.phase === 'waiting';
  if (!queued && (reads.human || choice === 'human')) {
    // Asked whether it is the same matter: who wants a person for an answer, wants one for that.
    if (state.phase === 'closed' && state.ticket !== undefined && state.about !== undefined)
      return sameAgain(heard, state.ticket, state.about);
    if (state.phase === 'survey') return handOff(heard, 'asked', { ticket: state.ticket, lead: copy.reopened(state.ticket) });
    const form = draftIn(state) ? undefined : alarmIn(heard);
    if (form) return handOff(heard, form === 'urgent' ? 'urgent' : 'asked', { draft: draftOf(form, toldBeside(heard, undefined)) });
    const draft = draftIn(state);
    const open = askedAbout(heard);
    if (open !== undefined) return handOff(heard, 'asked', { ticket: open, ...(draft && { slots: draft.slots }) });
    return handOff(heard, 'asked', { ...(draft && { draft }), slots: toldBeside(heard, draft) });
  }
  if (reads.restart) return restart(heard);
  if ((reads.cancel && !skipsField(heard)) || choice === 'cancel') return cancelAll(heard);
  return queued ? undefined : alarm(heard);
}

function received(state: State, event: Received, rules: Rules): Turn {
  const heard = hear(state, event, rules);
  if (state.phase === 'withAgent') return answerIn(state, heard);
  if (event.content.kind === 'hello') return comeBack(heard) ?? (state.memory.greeted ? stay(state) : greet(heard));
  return merging(heard) ?? globalWord(heard) ?? comeBack(heard) ?? unspoken(heard) ?? answerIn(state, heard);
}

/** The event and what is remembered, in the language the customer speaks. */
function inTheirLanguage(state: State, event: Event): Readonly<{ state: State; event: Event }> {
  const { spoken: before, ...memory } = state.memory;
  const spoken = spokenAfter(state.memory, event);
  if (spoken === before) return { state, event: spoken ? { ...event, locale: spoken } : event };
  return { state: { ...state, memory: { ...memory, ...(spoken && { spoken }) } }, event: { ...event, locale: spoken ?? event.locale } };
}

export const step: Step = (before, heard, rules) => {
  const { state, event } = inTheirLanguage(before, heard);
  const turn = event.kind === 'received' ? hush(state, event, received(state, event, rules)) : notice(state, event, rules);
  return settle(state, event, rules, turn);
};
