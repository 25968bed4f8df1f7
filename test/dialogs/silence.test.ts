/** An agent who has the chat and says nothing: warned, then the customer is back in the queue where they stood. */
import type { Effect, EffectKind, TicketSummary } from '../../dialogs/vocabulary';
import { given, inPhase } from '../support/given';
import { type Talk, talk } from '../support/talk';
import { monday } from '../support/world';

const minute = 60_000;
const number = '20261123-0001';
const lin = { ticket: number, agent: 'lin', agentName: '客服小林' };
const claim = { kind: 'agentClaimed', ...lin } as const;
const word = { kind: 'agentReplied', act: 'a1', ...lin, text: '您好', attachments: [] } as const;

const queued = (): Talk => talk().says('短信收不到，已经三天了，转人工').isIn('waiting');
const done = <K extends EffectKind>({ lastTurns }: Talk, kind: K) =>
  lastTurns().flatMap(({ effects }) => effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind));
const clock = ({ world }: Talk) => world.timers.get('agentSilent');

describe('a customer who waits for the word of the agent', () => {
  test('from the claim on: the agent is warned, then the chat goes back to the queue with its old place', () => {
    const back = queued()
      .waits(5 * minute)
      .happens(claim)
      .waits(9 * minute);
    expect(done(back, 'warnAgent')).toEqual([]);
    expect(done(back.waits(minute), 'warnAgent')).toEqual([
      { kind: 'warnAgent', ticket: number, agentName: '客服小林', waited: 10, left: 5 },
    ]);
    back
      .isIn('withAgent')
      .waits(5 * minute)
      .isIn('waiting')
      .hears('客服小林暂时走不开');
    expect(done(back, 'releaseTicket')).toEqual([{ kind: 'releaseTicket', ticket: number, agentName: '客服小林', minutes: 15 }]);
    expect(back.world.state).toMatchObject({ since: monday, reason: 'asked' });
    expect(clock(back)).toBeUndefined();
  });

  test('from the first message without an answer on, not from the last', () => {
    const asked = queued()
      .happens(claim)
      .happens(word)
      .waits(60 * minute);
    expect(clock(asked)).toBeUndefined();
    asked
      .says('还在吗')
      .waits(6 * minute)
      .says('有人吗');
    expect(clock(asked)).toBe(monday + 70 * minute);
    expect(done(asked.waits(4 * minute), 'warnAgent')).toHaveLength(1);
  });

  test('is not counted any longer once the agent says a word, and is counted anew after it', () => {
    const warned = queued()
      .happens(claim)
      .waits(12 * minute)
      .happens(word)
      .waits(60 * minute)
      .isIn('withAgent');
    expect(clock(warned)).toBeUndefined();
    warned
      .says('好的，那我试试')
      .waits(14 * minute)
      .isIn('withAgent')
      .waits(minute)
      .isIn('waiting');
  });

  test('thanks for an answer wait for nothing', () => {
    expect(clock(queued().happens(claim).happens(word).says('谢谢'))).toBeUndefined();
  });

  test('waits for the colleague who has it now when it was passed on', () => {
    const passed = queued()
      .happens(claim)
      .waits(12 * minute)
      .happens({ kind: 'agentAssigned', ...lin, to: { agent: 'wang', agentName: '王老师' } })
      .waits(10 * minute);
    expect(done(passed, 'warnAgent')).toMatchObject([{ agentName: '王老师' }]);
  });

  test('is counted in desk hours: what begins or runs out outside waits for the next opening', () => {
    const opensAt = monday + 22 * 60 * minute;
    const evening = talk('zh', { deskOpen: false, opensAt })
      .says('短信收不到，转人工')
      .happens(claim)
      .waits(60 * minute)
      .isIn('withAgent');
    expect(clock(evening)).toBe(opensAt + 10 * minute);
    expect(done(evening, 'warnAgent')).toEqual([]);
  });

  test('at a desk that never opens is not counted', () => {
    const never = talk('zh', { deskOpen: false })
      .says('短信收不到，转人工')
      .happens(claim)
      .waits(24 * 60 * minute)
      .isIn('withAgent');
    expect(clock(never)).toBeUndefined();
  });

  test('a question after thanks is a question', () => {
    expect(clock(queued().happens(claim).happens(word).says('谢谢，那还要交费吗'))).toBe(monday + 10 * minute);
  });

  test('who leaves, resolves or gives the chat back ends the count', () => {
    const ends = [
      { kind: 'agentReturned', ...lin },
      { kind: 'agentAssigned', ...lin, to: { department: '客服部' } },
      { kind: 'ticketResolved', ticket: number, result: '好了', auto: false },
    ] as const;
    for (const end of ends) expect(clock(queued().happens(claim).happens(end))).toBeUndefined();
  });

  test('a ticket asked for again that its agent does not take up is free for others, and the customer keeps their place', () => {
    const theirs: TicketSummary = {
      number: 'T1',
      form: 'intake',
      status: 'assigned',
      issue: '短信收不到',
      assignee: '李老师',
      createdAt: monday,
      dueAt: monday,
    };
    const state = inPhase({ phase: 'idle' }, { tickets: ['T1'], returned: 'T1' });
    const asked = given(state, { tickets: [theirs] })
      .whenSaid('转人工')
      .leadsTo('waiting', 'amendTicket', 'reply');
    expect(asked.turn.effects.at(-1)).toEqual({ kind: 'wakeAt', timer: 'agentSilent', at: monday + 10 * minute });
    const fired = { kind: 'timerFired', timer: 'agentSilent', numbers: [], desk: { open: true, ahead: 0 } } as const;
    const warned = given(asked.turn.state)
      .after(10 * minute)
      .when(fired)
      .leadsTo('waiting', 'warnAgent');
    const free = given(warned.turn.state)
      .after(15 * minute)
      .when(fired)
      .leadsTo('waiting', 'releaseTicket');
    expect(free.turn.state).toMatchObject({ since: monday });
    expect('owed' in free.turn.state).toBe(false);
  });
});
