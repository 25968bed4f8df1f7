/** Agents' acts as the conversation sees them: who comes, who goes, what they say. The customer is told each by name. */
import { copyFor } from './copy';
import { identityIn, unique } from './form';
import { draftIn } from './heard';
import { offerResume } from './moves/resume';
import { offerSurvey } from './moves/survey';
import { remember } from './moves/tickets';
import { option } from './options';
import { enter, lines, say, stay } from './turn';
import type { Effect, Event, Memory, Reply, Slots, State, Turn, Waiting, WithAgent } from './vocabulary';

type Of<K extends Event['kind']> = Extract<Event, { kind: K }>;
type Who = Readonly<{ agent: string; agentName: string }>;

/** The memory with a form in progress put aside, so that it can be offered once the agent is done. */
function asideOf(state: State): Memory {
  const draft = draftIn(state);
  return draft ? { ...state.memory, parked: [...state.memory.parked, draft].slice(-3) } : state.memory;
}

/** Whether a person has or is due to take the chat on this ticket. */
export function holds(state: State, ticket: string): state is State & (Waiting | WithAgent) {
  return (state.phase === 'waiting' || state.phase === 'withAgent') && state.ticket === ticket;
}

/** Whether a person is due on this ticket, be another matter filled in meanwhile. */
function dueOn(state: State, ticket: string): boolean {
  return holds(state, ticket) || state.memory.queued?.ticket === ticket;
}

/** The same state once nobody is due on the ticket any more, and nobody listens on it. */
export function leftQueue(state: State, ticket: string): State {
  const { queued, hearing, ...memory } = state.memory;
  const others = hearing?.filter((one) => one !== ticket) ?? [];
  return {
    ...state,
    memory: { ...memory, ...(queued && queued.ticket !== ticket && { queued }), ...(others.length > 0 && { hearing: others }) },
  };
}

/** The customer's words for every agent who is in this talk: the one who has or is due to have the chat, and who wrote meanwhile. */
export function tellAgents({ memory, ticket }: State & (Waiting | WithAgent), said: Omit<Tell, 'kind' | 'ticket'>): readonly Tell[] {
  return unique([ticket, ...(memory.hearing ?? [])]).map((one) => ({ kind: 'tellDesk', ticket: one, ...said }));
}
type Tell = Extract<Effect, { kind: 'tellDesk' }>;
/** Agents who listen besides the one who has the chat. */
const LISTENERS = 3;

/** What is known of the matter at hand. */
function slotsOf(state: State): Slots {
  if (state.phase === 'waiting' || state.phase === 'withAgent') return state.slots;
  return state.memory.queued?.slots ?? draftIn(state)?.slots ?? state.memory.slots;
}

/** How the customer came to wait for a person, kept while one is there: a place in the queue is never lost. */
function placeOf(state: State): WithAgent['from'] {
  if (state.phase === 'withAgent') return state.from;
  const waiting = state.phase === 'waiting' ? state : state.memory.queued;
  return waiting && { reason: waiting.reason, since: waiting.since };
}

/** The chat in the hands of an agent. */
function taken(state: State, ticket: string, { agent, agentName }: Who, at: number, ...effects: readonly Effect[]): Turn {
  const from = placeOf(state);
  const owed = { agentName, since: at };
  const phase: WithAgent = { phase: 'withAgent', ticket, agent, agentName, since: at, slots: slotsOf(state), ...(from && { from }), owed };
  const { returned, ...memory } = asideOf(state);
  return enter({ ...memory, ...(returned !== undefined && returned !== ticket && { returned }) }, phase, ...effects);
}

/** The chat in the queue again, where it stood before. */
export function requeued(state: State & WithAgent, at: number, ...effects: readonly Effect[]): Turn {
  const { memory, ticket, slots, from } = state;
  return enter(memory, { phase: 'waiting', ticket, reason: from?.reason ?? 'asked', since: from?.since ?? at, slots }, ...effects);
}

/** The agent of a waiting chat has it now, and whoever takes back what was given to the bot; who claims any other ticket is only announced. */
export function claimed(state: State, event: Of<'agentClaimed'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, agent, agentName, at, again } = event;
  const back = state.memory.returned === ticket && state.phase !== 'waiting' && state.phase !== 'withAgent';
  if (!dueOn(state, ticket) && !back)
    return state.phase === 'withAgent' || again ? stay(state) : stay(state, say(copy.accepted(ticket, agentName)));
  if (state.phase !== 'withAgent') return taken(state, ticket, event, at, say(copy.claimed(agentName)));
  return state.agent === agent ? stay(state) : taken(state, ticket, event, at, say(copy.tookOver(state.agentName, agentName)));
}

/** To a colleague, who has the chat at once; or to a department, whose queue the customer joins at their old place. */
export function assigned(state: State, event: Of<'agentAssigned'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, agentName, to, at } = event;
  if ('department' in to) {
    if (!holds(state, ticket)) return stay(state);
    if (state.phase === 'waiting') return stay(state, say(copy.queuedAt(to.department)));
    return requeued(state, at, say(copy.passedToDepartment(agentName, to.department)));
  }
  if (!dueOn(state, ticket)) return state.phase === 'withAgent' ? stay(state) : stay(state, say(copy.accepted(ticket, to.agentName)));
  if (state.phase !== 'withAgent') return taken(state, ticket, to, at, say(copy.arranged(to.agentName)));
  if (state.agent === to.agent) return stay(state);
  // A supervisor may pass on what somebody else holds.
  const words = state.agent === event.agent ? copy.passedOn : copy.tookOver;
  return taken(state, ticket, to, at, say(words(state.agentName, to.agentName)));
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

/** The agent spoke last: nobody waits for a word. */
function answered({ state, effects }: Turn): Turn {
  if (state.phase !== 'withAgent') return { state, effects };
  const { owed: _, ...rest } = state;
  return { state: rest, effects };
}

/** An agent's words reach the customer; the agent who speaks takes the chat, unless it is due to or with another ticket. */
export function replied(state: State, event: Of<'agentReplied'>): Turn {
  const { ticket, agent, at } = event;
  const { memory } = state;
  const words = wordsOf(event);
  if ((state.phase === 'waiting' || state.phase === 'withAgent') && state.ticket !== ticket) {
    const hearing = unique([...(memory.hearing ?? []), ticket]).slice(-LISTENERS);
    return stay({ ...state, memory: { ...memory, hearing } }, ...words);
  }
  const held = state.phase === 'withAgent' && state.agent === agent ? stay(state, ...words) : taken(state, ticket, event, at, ...words);
  return answered(held);
}

/** The bot speaks again, knowing what the matter was; a form put aside is offered. */
function backToBot(memory: Memory, event: Event, lead: string): Turn {
  const copy = copyFor(event.locale);
  const draft = memory.parked.at(-1);
  const [rated] = memory.toSurvey ?? [];
  if (!draft && rated) return offerSurvey(memory, copy, rated, lines(lead, copy.surveyOf(rated)));
  if (!draft) return enter(memory, { phase: 'idle' }, say(lines(lead, copy.anythingElse), option(copy, 'nothingElse')));
  return offerResume({ memory: { ...memory, parked: memory.parked.slice(0, -1) }, copy, locale: event.locale }, draft, { lead });
}

export function returned(state: State, event: Of<'agentReturned'>): Turn {
  const { ticket, agentName, locale } = event;
  if (!holds(state, ticket)) return stay(leftQueue(state, ticket));
  const known = remember(state.memory, ticket);
  const memory = { ...known, slots: { ...known.slots, ...identityIn(state.slots) }, returned: ticket };
  return backToBot(memory, event, copyFor(locale).returned(agentName));
}
