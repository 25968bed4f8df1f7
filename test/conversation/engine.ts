/** An engine whose answers are easy to foresee, for tests of what happens around it. */
import type { Effect, Event, Flag, Holder, Reply, Slots, State, Step, Turn } from '../../dialogs/vocabulary';
import { STATE_SCHEMA } from '../../dialogs/vocabulary';

export const begin = (at: number): State => ({
  schema: STATE_SCHEMA,
  memory: { greeted: false, slots: {}, misses: 0, tickets: [], lastAt: at, abuse: 0, offered: [], parked: [], surveyed: [] },
  phase: 'idle',
});

export const holderOf = (state: State): Holder => {
  if (state.phase === 'waiting') return { kind: 'queue', reason: state.reason, since: state.since };
  if (state.phase === 'withAgent') return { kind: 'agent', agent: state.agent, reason: 'claimed', since: state.since };
  return { kind: 'bot', reason: 'nothing to hand over', since: state.memory.lastAt };
};

const say = (text: string, from?: string): Effect => ({ kind: 'reply', reply: { kind: 'text', text, ...(from && { from }) } });

function open(number: string, issue: string, flags: readonly Flag[] = []): Effect {
  const slots: Slots = { issue: { raw: issue, value: issue } };
  return {
    kind: 'openTicket',
    number,
    form: 'intake',
    nature: '申告',
    priority: 'normal',
    department: '客服部',
    slots,
    flags,
    handoff: true,
  };
}

/**
 * `ticket X` opens one and hands over, `wake` sets a timer of 30 minutes, `flag` raises one, `again N` asks for a person on ticket N, `boom` throws,
 * `quiet` says nothing, `twice` says two things, anything else is repeated.
 */
export const step: Step = (state, event) => {
  const remembered = { ...state, memory: { ...state.memory, lastAt: event.at, greeted: true } };
  switch (event.kind) {
    case 'received':
      return event.content.kind === 'text' ? onText(remembered, event, event.content.text) : { state: remembered, effects: [say('收到')] };
    case 'agentClaimed': {
      const { ticket, agent, agentName, again } = event;
      if (again) return { state: remembered, effects: [] };
      return {
        state: { ...remembered, phase: 'withAgent', ticket, agent, agentName, since: event.at, slots: {} },
        effects: [say(`${agentName}为您服务`)],
      };
    }
    case 'agentReplied': {
      const act = { ticket: event.ticket, id: event.act };
      const from = event.agentName;
      const said: readonly Reply[] = [
        { kind: 'text', text: event.text, from },
        ...event.attachments.map((attachment): Reply => ({ kind: 'file', text: attachment.name, attachment, from })),
      ];
      return {
        state: remembered,
        effects: [...said.map((reply): Effect => ({ kind: 'reply', reply, act })), { kind: 'confirmSent', act }],
      };
    }
    case 'agentReturned':
      return { state: idle(remembered), effects: [] };
    case 'agentAssigned':
      return {
        state: remembered,
        effects: ['agent' in event.to ? say(`${event.to.agentName}为您服务`) : say(`已转${event.to.department}`)],
      };
    case 'ticketResolved':
      return { state: idle(remembered), effects: [say(`处理结果:${event.result}`)] };
    case 'timerFired':
      return { state: remembered, effects: [say(`timer ${event.timer}`)] };
    case 'broke': {
      const [number = 'none'] = event.numbers;
      if (state.phase === 'waiting') return { state, effects: [say('已转人工')] };
      return waiting(remembered, event, number, open(number, '系统故障', ['dead-letter']));
    }
  }
};

function onText(state: State, event: Extract<Event, { kind: 'received' }>, text: string): Turn {
  const [word, ...rest] = text.split(' ');
  if (word === 'boom') throw new Error('the engine has a bug');
  if (word === 'quiet') return { state, effects: [] };
  if (word === 'twice') return { state, effects: [say('one'), say('two')] };
  if (word === 'flag') return { state, effects: [{ kind: 'raiseFlag', flag: 'abuse', reason: 'test' }, say('flagged')] };
  if (word === 'wake') return { state, effects: [{ kind: 'wakeAt', timer: 'formAbandoned', at: event.at + 30 * 60_000 }, say('waiting')] };
  if (word === 'calm') return { state, effects: [{ kind: 'cancelWake', timer: 'formAbandoned' }, say('calm')] };
  if (word === 'name')
    return { state, effects: [{ kind: 'rememberCustomer', slots: { name: { raw: rest.join(' '), value: rest.join(' ') } } }] };
  if (word === 'tickets') return { state, effects: [say(event.gathered.tickets.map(({ number }) => number).join(','))] };
  if (word === 'ticket') {
    const [number = 'none'] = event.gathered.numbers;
    return waiting(state, event, number, open(number, rest.join(' ')));
  }
  if (word === 'again') {
    const [number = 'none'] = rest;
    return waiting(state, event, number, { kind: 'amendTicket', number, slots: {}, flags: [], note: 'still broken', handoff: true });
  }
  if (state.phase === 'waiting' || state.phase === 'withAgent')
    return { state, effects: [{ kind: 'tellDesk', ticket: state.ticket, text }] };
  return { state, effects: [say(`echo ${text}`)] };
}

const idle = ({ schema, memory }: State): State => ({ schema, memory, phase: 'idle' });

function waiting(state: State, event: Event, ticket: string, opening: Effect): Turn {
  const memory = { ...state.memory, tickets: [...state.memory.tickets, ticket] };
  const next: State = { schema: state.schema, memory, phase: 'waiting', ticket, reason: 'asked', since: event.at, slots: {} };
  return { state: next, effects: [opening, say(`opened ${ticket}`)] };
}
