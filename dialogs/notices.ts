/** What is not said by the customer: agents' acts, the end of a ticket, clocks, and breakdowns. */
import { assigned, claimed, holds, leftQueue, passedOver, replied, returned } from './agents';
import { copyFor } from './copy';
import { notes } from './copy/notes';
import { draftOf, formOf, missing, unique } from './form';
import { draftIn } from './heard';
import { handOff } from './moves/handOff';
import { offerResume } from './moves/resume';
import { ticketSlots } from './moves/submit';
import { offerSurvey, surveyLater } from './moves/survey';
import { remember, ticketNumber } from './moves/tickets';
import { choiceLeft } from './passedOver';
import { agentSilent } from './silence';
import { enter, lines, say, stay } from './turn';
import type { Draft, Effect, Event, Rules, State, Turn } from './vocabulary';

type Of<K extends Event['kind']> = Extract<Event, { kind: K }>;

/** The result is always told; the survey comes once a ticket, after the matter going on or put aside for the person. */
function told(before: State, event: Of<'ticketResolved'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, result, at } = event;
  const state = leftQueue(before, ticket);
  const busy = draftIn(state) !== undefined || ((state.phase === 'waiting' || state.phase === 'withAgent') && !holds(state, ticket));
  const words = event.auto ? copy.resultAuto(ticket, result) : copy.result(ticket, result);
  const asks = !event.auto && !state.memory.surveyed.includes(ticket);
  const close: readonly Effect[] = asks ? [] : [{ kind: 'closeTicket', ticket }];
  const memory = asks ? surveyLater(state.memory, ticket) : state.memory;
  if (busy) return stay({ ...state, memory }, say(words), ...close);
  const next = passedOver({ ...state, memory }, at);
  if (next) return stay(next, say(lines(words, copy.staysOn(next.agentName, next.ticket))), ...close);
  const draft = memory.parked.at(-1);
  if (draft) {
    const rest = { ...memory, parked: memory.parked.slice(0, -1) };
    return offerResume({ memory: rest, copy, locale: event.locale }, draft, { before: [say(words), ...close] });
  }
  if (asks) return offerSurvey(state.memory, copy, ticket, words);
  // The mark another ticket was just asked for is still wanted.
  if (state.phase === 'survey' && state.ticket !== ticket && state.rating === undefined)
    return offerSurvey(memory, copy, state.ticket, copy.surveyOf(state.ticket), [say(words), ...close]);
  return enter(memory, { phase: 'closed', ticket, at }, say(words), ...close);
}

/** Whoever wrote the result hears whether it went out: it is the first thing said. */
function resolved(before: State, event: Of<'ticketResolved'>): Turn {
  const turn = told(before, event);
  if (event.act === undefined) return turn;
  const act = { ticket: event.ticket, id: event.act };
  const first = turn.effects.findIndex(({ kind }) => kind === 'reply');
  const effects = turn.effects.flatMap((effect, n): readonly Effect[] =>
    n === first && effect.kind === 'reply'
      ? [
          { ...effect, act },
          { kind: 'confirmSent', act },
        ]
      : [effect],
  );
  return { ...turn, effects };
}

/** A draft left lying: what a person must follow up becomes an incomplete ticket, the rest waits for its customer. */
function abandoned(state: State, draft: Draft, event: Of<'timerFired'>): Turn {
  const form = formOf(draft);
  if (!form.followUp) return stay(state);
  const copy = copyFor(event.locale);
  const flags = missing(draft).length > 0 ? unique([...draft.flags, 'incomplete' as const]) : draft.flags;
  if (draft.ticket) {
    return stay(state, { kind: 'amendTicket', number: draft.ticket, slots: {}, flags, note: notes.fellSilent });
  }
  const number = ticketNumber(event);
  const { nature, priority, department } = form;
  const to = draft.department ?? department;
  const opened: Effect = {
    kind: 'openTicket',
    number,
    form: draft.form,
    nature,
    priority,
    department: to,
    slots: ticketSlots(draft),
    flags,
    handoff: false,
  };
  const memory = remember(state.memory, number);
  return { state: { ...withTicket(state, number), memory }, effects: [opened, say(copy.keptOpen(number))] };
}

/** The same phase, its draft now standing for an open ticket. */
function withTicket(state: State, ticket: string): State {
  return 'draft' in state && state.draft ? { ...state, draft: { ...state.draft, ticket } } : state;
}

/** Surveys put off for a matter that never ended: nobody is asked any more. */
function neverAsked(state: State): Turn {
  const { toSurvey = [], ...memory } = state.memory;
  return stay({ ...state, memory }, ...toSurvey.map((ticket): Effect => ({ kind: 'closeTicket', ticket })));
}

function timer(state: State, event: Of<'timerFired'>, rules: Rules): Turn {
  if (event.timer === 'agentSilent') return agentSilent(state, event, rules);
  if (event.timer === 'choiceAbandoned') return choiceLeft(state, event, rules);
  if (event.timer === 'surveyExpired') {
    if (state.phase !== 'survey') return neverAsked(state);
    const { ticket, rating } = state;
    const record: readonly Effect[] = rating === undefined ? [] : [{ kind: 'recordSurvey', ticket, rating }];
    return enter(state.memory, { phase: 'closed', ticket, at: event.at }, ...record);
  }
  const draft = draftIn(state);
  const silent = event.at - state.memory.lastAt >= rules.formIdleMinutes * 60_000;
  return draft && silent ? abandoned(state, draft, event) : stay(state);
}

/** The machine failed: the customer is told, and a person has the matter, on the ticket at hand or a new one. */
function broke(state: State, event: Of<'broke'>, rules: Rules): Turn {
  const copy = copyFor(event.locale);
  if (state.phase === 'waiting' || state.phase === 'withAgent') {
    const note: Effect = { kind: 'tellDesk', ticket: state.ticket, text: notes.failed(event.reason) };
    return state.phase === 'withAgent' ? stay(state, note) : stay(state, note, say(copy.connectingFor.broke));
  }
  const { at, locale, desk, numbers } = event;
  const scene = { memory: state.memory, at, locale, rules, copy, desk, numbers, tickets: [] };
  const draft = draftIn(state) ?? draftOf('intake', state.memory.slots);
  return handOff(scene, 'broke', { draft, note: event.reason });
}

export function notice(state: State, event: Exclude<Event, { kind: 'received' }>, rules: Rules): Turn {
  switch (event.kind) {
    case 'agentClaimed':
      return claimed(state, event);
    case 'agentReplied':
      return replied(state, event);
    case 'agentReturned':
      return returned(state, event);
    case 'agentAssigned':
      return assigned(state, event);
    case 'ticketResolved':
      return resolved(state, event);
    case 'timerFired':
      return timer(state, event, rules);
    case 'broke':
      return broke(state, event, rules);
  }
}
