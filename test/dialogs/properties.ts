/** What holds for every turn of any conversation; each of these throws where it does not. Played briefly among the unit tests, at length beside them. */
import { isDeepStrictEqual } from 'node:util';
import { transitions } from '../../dialogs/phases';
import { step } from '../../dialogs/step';
import type { Turn } from '../../dialogs/vocabulary';
import type { Seen } from '../support/anyConversation';
import { createWorld, receive, rules } from '../support/world';

function opened(turn: Turn): readonly string[] {
  return turn.effects.flatMap((effect) => (effect.kind === 'openTicket' ? [effect.number] : []));
}

export const properties: readonly (readonly [title: string, holds: Seen])[] = [
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
    'the bot never answers a customer whom an agent holds, and passes every word on',
    (before, event, turn) => {
      if (before.phase !== 'withAgent' || event.kind !== 'received') return;
      expect(turn.effects.filter(({ kind }) => kind !== 'tellDesk')).toEqual([]);
      if (event.content.kind === 'text' && event.content.text.trim()) expect(turn.effects).toHaveLength(1);
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
