/** What is not said by the customer: agents' acts, the end of a ticket, clocks, and breakdowns. */
import { copyFor } from './copy';
import { draftOf, formOf, missing, unique } from './form';
import { draftIn } from './heard';
import { handOff } from './moves/handOff';
import { offerResume } from './moves/resume';
import { ticketSlots } from './moves/submit';
import { offerSurvey, surveyLater } from './moves/survey';
import { remember, ticketNumber } from './moves/tickets';
import { option } from './options';
import { enter, lines, say, stay } from './turn';
import type { Draft, Effect, Event, Memory, Reply, Rules, Slots, State, Turn } from './vocabulary';

type Of<K extends Event['kind']> = Extract<Event, { kind: K }>;

/** The memory with a form in progress put aside, so that it can be offered once the agent is done. */
function asideOf(state: State): Memory {
  const draft = draftIn(state);
  return draft ? { ...state.memory, parked: [...state.memory.parked, draft].slice(-3) } : state.memory;
}

function holds(state: State, ticket: string): boolean {
  return (state.phase === 'waiting' || state.phase === 'withAgent') && state.ticket === ticket;
}

/** Whether a person is due on this ticket, be another matter filled in meanwhile. */
function dueOn(state: State, ticket: string): boolean {
  return holds(state, ticket) || state.memory.queued?.ticket === ticket;
}

/** The same state once nobody is due on the ticket any more. */
function leftQueue(state: State, ticket: string): State {
  const { queued, ...memory } = state.memory;
  return queued?.ticket === ticket ? { ...state, memory } : state;
}

/** What is known of the matter at hand. */
function slotsOf(state: State): Slots {
  if (state.phase === 'waiting' || state.phase === 'withAgent') return state.slots;
  return state.memory.queued?.slots ?? draftIn(state)?.slots ?? state.memory.slots;
}

/** The agent of a waiting chat has it now; who claims any other ticket is only announced. */
function claimed(state: State, event: Of<'agentClaimed'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, agent, agentName, at } = event;
  if (dueOn(state, ticket))
    return enter(
      asideOf(state),
      { phase: 'withAgent', ticket, agent, agentName, since: at, slots: slotsOf(state) },
      say(copy.claimed(agentName)),
    );
  return state.phase === 'withAgent' ? stay(state) : stay(state, say(copy.accepted(ticket, agentName)));
}

/** What the agent wrote and attached, one after the other, and the mark that all of it went out. */
function wordsOf({ ticket, act: id, agentName: from, text, attachments, locale }: Of<'agentReplied'>): readonly Effect[] {
  const act = { ticket, id };
  const said: readonly Reply[] = [
    ...(text.trim() ? [{ kind: 'text', text, from } as const] : []),
    ...attachments.map((attachment) => ({ kind: 'file', text: copyFor(locale).attached(attachment.name), attachment, from }) as const),
  ];
  return [...said.map((reply): Effect => ({ kind: 'reply', reply, act })), { kind: 'confirmSent', act }];
}

/** An agent's words reach the customer; the agent who speaks takes the chat, unless it is due to or with another ticket. */
function replied(state: State, event: Of<'agentReplied'>): Turn {
  const { ticket, agent, agentName, at } = event;
  const words = wordsOf(event);
  const other = (state.phase === 'waiting' || state.phase === 'withAgent') && !holds(state, ticket);
  if (other || (state.phase === 'withAgent' && state.agent === agent)) return stay(state, ...words);
  return enter(asideOf(state), { phase: 'withAgent', ticket, agent, agentName, since: at, slots: slotsOf(state) }, ...words);
}

/** The bot speaks again; a form put aside is offered. */
function backToBot(memory: Memory, event: Event, lead: string): Turn {
  const copy = copyFor(event.locale);
  const draft = memory.parked.at(-1);
  const [rated] = memory.toSurvey ?? [];
  if (!draft && rated) return offerSurvey(memory, copy, rated, lines(lead, copy.surveyOf(rated)));
  if (!draft) return enter(memory, { phase: 'idle' }, say(lines(lead, copy.anythingElse), option(copy, 'nothingElse')));
  return offerResume({ memory: { ...memory, parked: memory.parked.slice(0, -1) }, copy, locale: event.locale }, draft, { lead });
}

function returned(state: State, event: Of<'agentReturned'>): Turn {
  if (!holds(state, event.ticket)) return stay(leftQueue(state, event.ticket));
  return backToBot(state.memory, event, copyFor(event.locale).returned(event.agentName));
}

function released(state: State, event: Of<'agentReleased'>): Turn {
  if (state.phase !== 'withAgent' || state.ticket !== event.ticket) return stay(state);
  const { memory, ticket, slots } = state;
  return enter(memory, { phase: 'waiting', ticket, reason: 'asked', since: event.at, slots }, say(copyFor(event.locale).released));
}

/** The result is always told; the survey comes once a ticket, after the matter going on. */
function resolved(before: State, event: Of<'ticketResolved'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, result, at } = event;
  const state = leftQueue(before, ticket);
  const busy = draftIn(state) !== undefined || ((state.phase === 'waiting' || state.phase === 'withAgent') && !holds(state, ticket));
  if (event.auto) {
    const told = say(copy.resultAuto(ticket, result));
    return busy ? stay(state, told) : enter(state.memory, { phase: 'closed', ticket, at }, told);
  }
  const told = copy.result(ticket, result);
  if (busy || state.memory.surveyed.includes(ticket)) {
    return busy
      ? stay({ ...state, memory: surveyLater(state.memory, ticket) }, say(told))
      : enter(state.memory, { phase: 'closed', ticket, at }, say(told));
  }
  return offerSurvey(state.memory, copy, ticket, told);
}

/** A draft left lying: what a person must follow up becomes an incomplete ticket, the rest waits for its customer. */
function abandoned(state: State, draft: Draft, event: Of<'timerFired'>): Turn {
  const form = formOf(draft);
  if (!form.followUp) return stay(state);
  const copy = copyFor(event.locale);
  const flags = missing(draft).length > 0 ? unique([...draft.flags, 'incomplete' as const]) : draft.flags;
  if (draft.ticket) {
    return stay(state, { kind: 'amendTicket', number: draft.ticket, slots: {}, flags, note: 'the customer fell silent; follow up' });
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

function timer(state: State, event: Of<'timerFired'>, rules: Rules): Turn {
  if (event.timer === 'surveyExpired') {
    if (state.phase !== 'survey') return stay(state);
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
    const note: Effect = { kind: 'tellDesk', ticket: state.ticket, text: `[${event.reason}]` };
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
    case 'agentReleased':
      return released(state, event);
    case 'ticketResolved':
      return resolved(state, event);
    case 'timerFired':
      return timer(state, event, rules);
    case 'broke':
      return broke(state, event, rules);
  }
}
