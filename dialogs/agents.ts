/** Agents' acts as the conversation sees them: who comes, who goes, what they say. The customer is told each by name. */
import { copyFor } from './copy';
import { identityIn, unique } from './form';
import { draftIn } from './heard';
import { offerResume } from './moves/resume';
import { offerSurvey } from './moves/survey';
import { remember } from './moves/tickets';
import { option } from './options';
import { enter, lines, say, stay } from './turn';
import {
  type Effect,
  type Event,
  type Joined,
  type Memory,
  type Reply,
  type Slots,
  STATE_SCHEMA,
  type State,
  type Turn,
  type Waiting,
  type WithAgent,
} from './vocabulary';

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

/** The memory with other agents in the talk. */
function withJoined({ joined: _, ...memory }: Memory, joined: readonly Joined[]): Memory {
  return { ...memory, ...(joined.length > 0 && { joined }) };
}

/** The same memory without whoever was in the talk on that ticket. */
function unjoined(memory: Memory, ticket: string): Memory {
  return withJoined(memory, memory.joined?.filter((one) => one.ticket !== ticket) ?? []);
}

/** The same state once nobody is due on the ticket any more, and nobody listens on it. */
export function leftQueue(state: State, ticket: string): State {
  const { queued, ...memory } = unjoined(state.memory, ticket);
  return { ...state, memory: { ...memory, ...(queued && queued.ticket !== ticket && { queued }) } };
}

/**
 * Whoever wrote last on another ticket has the chat once the ticket at hand is done; undefined when nobody did. A word the customer
 * waits for is owed by them now.
 */
export function passedOver(state: State, at: number): (State & WithAgent) | undefined {
  if (state.phase !== 'waiting' && state.phase !== 'withAgent') return undefined;
  const next = state.memory.joined?.findLast(({ ticket }) => ticket !== state.ticket);
  if (!next) return undefined;
  const { agentName } = next;
  const memory = unjoined(asideOf(state), next.ticket);
  const owed = state.owed && { owed: { agentName, since: at } };
  return { schema: STATE_SCHEMA, memory, phase: 'withAgent', ...next, since: at, slots: {}, ...owed };
}

/** The customer's words for every agent who is in this talk: the one who has or is due to have the chat, and who wrote meanwhile. */
export function tellAgents({ memory, ticket }: State & (Waiting | WithAgent), said: Omit<Tell, 'kind' | 'ticket'>): readonly Tell[] {
  return unique([ticket, ...(memory.joined ?? []).map((one) => one.ticket)]).map((one) => ({ kind: 'tellDesk', ticket: one, ...said }));
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
  const { returned, ...memory } = unjoined(asideOf(state), ticket);
  return enter({ ...memory, ...(returned !== undefined && returned !== ticket && { returned }) }, phase, ...effects);
}

/** The chat in the queue again, where it stood before. */
export function requeued(state: State & WithAgent, at: number, ...effects: readonly Effect[]): Turn {
  const { memory, ticket, slots, from } = state;
  return enter(memory, { phase: 'waiting', ticket, reason: from?.reason ?? 'asked', since: from?.since ?? at, slots }, ...effects);
}

/** Another agent has a ticket on which somebody is in the talk: they are in it instead. */
function joinedBy(state: State, ticket: string, { agent, agentName }: Who): State {
  const { joined } = state.memory;
  if (!joined?.some((one) => one.ticket === ticket)) return state;
  return {
    ...state,
    memory: { ...state.memory, joined: joined.map((one) => (one.ticket === ticket ? { ticket, agent, agentName } : one)) },
  };
}

/** The agent of a waiting chat has it now, and whoever takes back what was given to the bot; who claims any other ticket is only announced. */
export function claimed(state: State, event: Of<'agentClaimed'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, agent, agentName, at, again } = event;
  const back = state.memory.returned === ticket && state.phase !== 'waiting' && state.phase !== 'withAgent';
  if (!dueOn(state, ticket) && !back)
    return stay(joinedBy(state, ticket, event), ...(state.phase === 'withAgent' || again ? [] : [say(copy.accepted(ticket, agentName))]));
  if (state.phase !== 'withAgent') return taken(state, ticket, event, at, say(copy.claimed(agentName)));
  return state.agent === agent ? stay(state) : taken(state, ticket, event, at, say(copy.tookOver(state.agentName, agentName)));
}

/** To a colleague, who has the chat at once; or to a department, whose queue the customer joins at their old place. */
export function assigned(state: State, event: Of<'agentAssigned'>): Turn {
  const copy = copyFor(event.locale);
  const { ticket, agentName, to, at } = event;
  if ('department' in to) {
    if (!holds(state, ticket)) return stay({ ...state, memory: unjoined(state.memory, ticket) });
    if (state.phase === 'waiting') return stay(state, say(copy.queuedAt(to.department)));
    return requeued(state, at, say(copy.passedToDepartment(agentName, to.department)));
  }
  if (!dueOn(state, ticket))
    return stay(joinedBy(state, ticket, to), ...(state.phase === 'withAgent' ? [] : [say(copy.accepted(ticket, to.agentName))]));
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
  const { ticket, agent, agentName, at } = event;
  const { memory } = state;
  const words = wordsOf(event);
  if ((state.phase === 'waiting' || state.phase === 'withAgent') && state.ticket !== ticket) {
    const others = memory.joined?.filter((one) => one.ticket !== ticket) ?? [];
    const joined = [...others, { ticket, agent, agentName }].slice(-LISTENERS);
    return stay({ ...state, memory: { ...memory, joined } }, ...words);
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
  const next = passedOver({ ...state, memory }, event.at);
  if (next) return stay(next, say(copyFor(locale).tookOver(agentName, next.agentName)));
  return backToBot(memory, event, copyFor(locale).returned(agentName));
}
