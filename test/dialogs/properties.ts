/** What holds for every turn of any conversation; each of these throws where it does not. Played briefly among the unit tests, at length beside them. */
import { isDeepStrictEqual } from 'node:util';
import { zh } from '../../dialogs/copy/zh';
import { transitions } from '../../dialogs/phases';
import { step } from '../../dialogs/step';
import type { State, TimerName, Turn } from '../../dialogs/vocabulary';
import { everyTurn, type Seen } from '../support/anyConversation';
import { createWorld, receive, rules } from '../support/world';

function opened(turn: Turn): readonly string[] {
  return turn.effects.flatMap((effect) => (effect.kind === 'openTicket' ? [effect.number] : []));
}

/** A sentence of the desk with anything in its places. */
function sentence(say: (...words: string[]) => string): RegExp {
  const [start, ...rest] = say('\u0001', '\u0001')
    .split('\u0001')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${[start, ...rest].join('.+')}`, 's');
}
const told = [zh.result, zh.resultAuto].map(sentence);
const whileHeld = [...told, ...[zh.tookOver, zh.passedOn].map(sentence)];
const whenLeft = [...told, ...[zh.returned, zh.passedToDepartment, zh.released].map(sentence)];

/** What each clock is for. */
const clocks: Readonly<Record<TimerName, (state: State) => boolean>> = {
  formAbandoned: (state) => 'draft' in state && state.draft !== undefined,
  choiceAbandoned: (state) => state.phase === 'clarifying',
  surveyExpired: (state) => state.phase === 'survey' || (state.memory.toSurvey ?? []).length > 0,
  agentSilent: (state) => (state.phase === 'withAgent' || state.phase === 'waiting') && state.owed !== undefined,
};

const properties: readonly (readonly [title: string, holds: Seen])[] = [
  [
    'every change of phase stands in the table',
    (before, _, { state }) => {
      if (before.phase === state.phase || state.phase in transitions[before.phase]) return;
      throw new Error(`not in the table: ${before.phase} → ${state.phase}`);
    },
  ],
  [
    'state and effects are plain JSON, and the same event gives the same turn',
    (before, event, turn) => {
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(turn)), turn)) throw new Error(`not plain JSON: ${JSON.stringify(turn)}`);
      if (!isDeepStrictEqual(step(before, event, rules), turn)) throw new Error(`another turn on replay: ${JSON.stringify(event)}`);
    },
  ],
  [
    'the bot never answers a customer whom an agent holds, and passes every word on to each agent in the talk once',
    (before, event, turn) => {
      if (before.phase !== 'withAgent' || event.kind !== 'received') return;
      const done = turn.effects.filter(({ kind }) => kind !== 'wakeAt');
      expect(done.filter(({ kind }) => kind !== 'tellDesk')).toEqual([]);
      if (event.content.kind !== 'text' || !event.content.text.trim()) return;
      const others = (before.memory.joined ?? []).map(({ ticket }) => ticket);
      expect(done.map((effect) => effect.kind === 'tellDesk' && effect.ticket)).toEqual([before.ticket, ...others]);
    },
  ],
  [
    'while an agent has the chat the bot says who comes and goes and what became of a ticket, and nothing else',
    (before, event, { state, effects }) => {
      if (before.phase !== 'withAgent') return;
      const allowed = state.phase === 'withAgent' ? whileHeld : whenLeft;
      let over = false;
      for (const effect of effects) {
        if (effect.kind !== 'reply') continue;
        // Once the result is told the chat is the bot's again: a form put aside is offered in the same turn.
        if (over && state.phase !== 'withAgent') continue;
        over ||= told.some((sentence) => sentence.test(effect.reply.text));
        // An agent's own words are of an agent's reply, and of no other event.
        if (event.kind === 'agentReplied' ? effect.act : allowed.some((sentence) => sentence.test(effect.reply.text))) continue;
        throw new Error(`${event.kind}: ${effect.reply.text}`);
      }
    },
  ],
  [
    'a clock is set when what it is for begins, and stopped when that ends',
    (before, event, { state, effects }) => {
      for (const [timer, lasts] of Object.entries(clocks)) {
        const fired = event.kind === 'timerFired' && event.timer === timer;
        const [set, stopped] = (['wakeAt', 'cancelWake'] as const).map((kind) =>
          effects.some((effect) => effect.kind === kind && effect.timer === timer),
        );
        if (!lasts(before) && lasts(state) && !set) throw new Error(`${timer} was not set by ${event.kind} in ${before.phase}`);
        if (lasts(before) && !lasts(state) && !stopped && !fired) throw new Error(`${timer} was not stopped by ${event.kind}`);
        if (set && !lasts(state)) throw new Error(`${timer} was set for nothing`);
      }
    },
  ],
  [
    'ticket numbers come only from those reserved for the turn, and only in order',
    (_, event, turn) => {
      const used = opened(turn);
      if (used.length === 0) return;
      const numbers = event.kind === 'received' ? event.gathered.numbers : 'numbers' in event ? event.numbers : [];
      expect(numbers.slice(0, used.length)).toEqual(used);
    },
  ],
  [
    '人工 reaches a person from every phase the bot holds',
    (before, event) => {
      const world = createWorld();
      world.state = { ...before, memory: { ...before.memory, lastAt: event.at } };
      world.now = event.at;
      receive(world, { kind: 'text', text: '转人工' });
      if (!['waiting', 'withAgent'].includes(world.state.phase)) throw new Error(`人工 led from ${before.phase} to ${world.state.phase}`);
    },
  ],
  [
    'every message is answered, relayed or both, save one picture after another',
    (before, event, turn) => {
      if (event.kind !== 'received' || event.content.kind === 'hello' || before.phase === 'withAgent') return;
      if (before.memory.files && (event.content.kind === 'image' || event.content.kind === 'file')) return;
      if (!turn.effects.some(({ kind }) => kind === 'reply' || kind === 'tellDesk')) throw new Error(`silent: ${JSON.stringify(event)}`);
    },
  ],
];

/** Plays so many conversations once and looks at each turn of them with every property; what fails is told with the shortest conversation that fails. */
export function testProperties(conversations: number): void {
  const turns: Parameters<Seen>[] = [];
  beforeAll(() => everyTurn(conversations, (...turn) => turns.push(turn)));

  test.each(properties)('%s', (_, holds) => {
    try {
      for (const turn of turns) holds(...turn);
    } catch (cause) {
      everyTurn(conversations, holds);
      throw cause;
    }
  });
}
