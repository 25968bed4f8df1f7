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

describe('once the one who had the chat is done, whoever is still in the talk goes on', () => {
  const { state } = given(withLin).when(words).turn;
  const answer = given(withLin).whenSaid('在的').turn.state;
  test.each([
    [
      'has resolved the matter',
      state,
      { kind: 'ticketResolved', ticket: 'T1', result: '已补发', auto: false } as const,
      /已补发.*小赵还在.*T2/s,
    ],
    ['has left', state, { kind: 'agentReturned', ticket: 'T1', ...lin } as const, /小赵已接替客服小林/],
  ])('when that one %s', (_, before, done, says) => {
    const next = given(before).when(done).leadsTo('withAgent', 'reply');
    expect(next.reply().text).toMatch(says);
    expect(next.turn.state).toMatchObject({ ticket: 'T2', agent: 'zhao', agentName: '客服小赵' });
    expect(toldTo(next.turn.state, '卡号是尾号1234')).toEqual(['T2 卡号是尾号1234']);
  });

  test('the survey of what was resolved comes after them', () => {
    const both = given(state).when({ kind: 'ticketResolved', ticket: 'T1', result: '已补发', auto: false }).turn.state;
    const done = given(both).when({ kind: 'ticketResolved', ticket: 'T2', result: '已退费', auto: false });
    expect(done.turn.state).toMatchObject({ phase: 'survey', ticket: 'T2', memory: { toSurvey: ['T1'] } });
  });

  test('when the customer leaves the queue', () => {
    const waiting = given(queued).when(words).turn.state;
    const left = given(waiting).whenSaid('取消').leadsTo('withAgent', 'amendTicket', 'tellDesk', 'reply');
    expect(left.turn.state).toMatchObject({ ticket: 'T2', agent: 'zhao' });
    expect(left.reply().text).toMatch(/退出排队.*小赵还在/s);
  });

  test('and owes the word the customer was waiting for, and no other', () => {
    const resolved = { kind: 'ticketResolved', ticket: 'T1', result: '已补发', auto: false } as const;
    const asked = given(given(answer).when(words).turn.state).when(resolved).turn.state;
    expect(asked).toMatchObject({ agentName: '客服小赵', owed: { agentName: '客服小赵' } });
    expect(given(state).when(resolved).turn.state).not.toHaveProperty('owed');
  });

  test('a colleague who took their ticket over goes on instead, and nobody when it went back to a queue', () => {
    const resolved = { kind: 'ticketResolved', ticket: 'T1', result: '已补发', auto: false } as const;
    const wu = { agent: 'wu', agentName: '客服小吴' };
    const passed = given(state).when({ kind: 'agentAssigned', ticket: 'T2', ...zhao, to: wu }).turn.state;
    expect(given(passed).when(resolved).turn.state).toMatchObject({ phase: 'withAgent', ...wu });
    const claimed = given(state).when({ kind: 'agentClaimed', ticket: 'T2', ...wu }).turn.state;
    expect(given(claimed).when(resolved).turn.state).toMatchObject({ phase: 'withAgent', ...wu });
    const back = given(state).when({ kind: 'agentAssigned', ticket: 'T2', ...zhao, to: { department: '财务组' } }).turn.state;
    given(back).when(resolved).leadsTo('survey', 'reply');
  });
});
