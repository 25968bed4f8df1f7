/** Two agents on two tickets of one customer: neither writes into the dark. */
import type { State } from '../../dialogs/vocabulary';
import { given, inPhase } from '../support/given';
import { monday } from '../support/world';

const lin = { agent: 'lin', agentName: '客服小林' };
const zhao = { agent: 'zhao', agentName: '客服小赵' };
const withLin = inPhase({ phase: 'withAgent', ticket: 'T1', ...lin, since: monday, slots: {} }, { tickets: ['T1', 'T2'] });
const queued = inPhase({ phase: 'waiting', ticket: 'T1', reason: 'asked', since: monday, slots: {} }, { tickets: ['T1', 'T2'] });
const words = { kind: 'agentReplied', ticket: 'T2', act: 'z1', ...zhao, text: '退费的事我来办，请问卡号？', attachments: [] } as const;
const toldTo = (state: State, text: string) =>
  given(state)
    .whenSaid(text)
    .turn.effects.flatMap((effect) => (effect.kind === 'tellDesk' ? [`${effect.ticket} ${effect.text}`] : []));

test.each([
  ['another has the chat', withLin],
  ['the customer waits for another', queued],
])('who wrote while %s hears what is answered, and so does the other', (_, before) => {
  const { state } = given(before).when(words).turn;
  expect(state.phase).toBe(before.phase);
  expect(toldTo(state, '卡号是尾号1234')).toEqual(['T1 卡号是尾号1234', 'T2 卡号是尾号1234']);
});

test('before anybody else wrote only the ticket at hand hears it', () => {
  expect(toldTo(withLin, '你好')).toEqual(['T1 你好']);
});

test('once their matter is resolved they hear no more', () => {
  const { state } = given(withLin).when(words).turn;
  const done = given(state).when({ kind: 'ticketResolved', ticket: 'T2', result: '已退费', auto: false }).turn.state;
  expect(toldTo(done, '好的，还有短信的事')).toEqual(['T1 好的，还有短信的事']);
});

test('who then takes the chat over is told once', () => {
  const { state } = given(withLin).when(words).turn;
  const taken = given(given(state).when({ kind: 'agentReturned', ticket: 'T1', ...lin }).turn.state).when({ ...words, act: 'z2' }).turn
    .state;
  expect(toldTo(taken, '卡号是尾号1234')).toEqual(['T2 卡号是尾号1234']);
});
