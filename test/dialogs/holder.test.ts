/** The holder is derived from the phase. */
import { holderOf } from '../../dialogs/holder';
import { begin } from '../../dialogs/step';
import { stateOf } from '../../dialogs/turn';

const { memory } = begin(1);

describe('who may speak to the customer', () => {
  test('is the bot as long as no person is due', () => {
    expect(holderOf(begin(1))).toEqual({ kind: 'bot', reason: 'idle', since: 1 });
  });
  test('is the queue while the customer waits, with the reason and since when', () => {
    const state = stateOf(memory, { phase: 'waiting', ticket: 't', reason: 'asked', since: 5, slots: {} });
    expect(holderOf(state)).toEqual({ kind: 'queue', reason: 'asked', since: 5 });
  });
  test('is the agent who claimed the chat', () => {
    const state = stateOf(memory, { phase: 'withAgent', ticket: 't', agent: 'lin', agentName: '小林', since: 7, slots: {} });
    expect(holderOf(state)).toEqual({ kind: 'agent', agent: 'lin', reason: 'claimed', since: 7 });
  });
});
