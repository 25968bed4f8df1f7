/** The end of a ticket: one survey at most, then it is closed; what belongs to the matter reopens it, thanks do not. */
import type { TicketSummary } from '../../dialogs/vocabulary';
import { given, inPhase } from '../support/given';
import { talk } from '../support/talk';
import { monday } from '../support/world';

const hour = 3_600_000;
const lin = { agent: 'lin', agentName: '客服小林' };
const resolved = { kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: false } as const;
const expired = { kind: 'timerFired', timer: 'surveyExpired', numbers: [], desk: { open: true, ahead: 0 } } as const;
const survey = inPhase({ phase: 'survey', ticket: 'T1' }, { tickets: ['T1'], surveyed: ['T1'] });
const withLin = inPhase({ phase: 'withAgent', ticket: 'T1', ...lin, since: monday, slots: {} });
const closed = inPhase({ phase: 'closed', ticket: 'T1', at: monday }, { tickets: ['T1'], surveyed: ['T1'] });
const settled: TicketSummary = {
  number: 'T1',
  form: 'intake',
  status: 'closed',
  issue: '短信收不到',
  createdAt: monday,
  dueAt: monday,
  result: '好了',
};
const closeT1 = { kind: 'closeTicket', ticket: 'T1' };

describe('a resolved ticket is closed', () => {
  test('once the survey is answered, in a word or with a comment on a low rating', () => {
    given(survey).whenChosen('rate:5').leadsTo('closed', 'recordSurvey', 'reply', 'closeTicket');
    const low = given(survey).whenChosen('rate:1').leadsTo('survey', 'raiseFlag', 'reply');
    given(low.turn.state).whenSaid('等太久').leadsTo('closed', 'recordSurvey', 'reply', 'closeTicket');
  });
  test.each(['跳过', '谢谢', '不用了'])('when the survey is passed over: %s', (words) => {
    given(survey).whenSaid(words).leadsTo('closed', 'reply', 'closeTicket');
  });
  test('when nobody answers the survey in time', () => {
    given(survey).when(expired).leadsTo('closed', 'closeTicket');
  });
  test('when the customer goes on to another matter instead', () => {
    expect(given(survey).whenSaid('怎么退订').turn.effects).toContainEqual(closeT1);
  });
  test('at once when it was surveyed before or closes by itself, without a survey', () => {
    given(inPhase({ phase: 'withAgent', ticket: 'T1', ...lin, since: monday, slots: {} }, { surveyed: ['T1'] }))
      .when(resolved)
      .leadsTo('closed', 'reply', 'closeTicket');
    given(withLin)
      .when({ ...resolved, auto: true })
      .leadsTo('closed', 'reply', 'closeTicket');
  });
  test('when the survey that waited for the end of another matter is never asked', () => {
    const draft = { form: 'repair', slots: {}, refused: [], tries: 0, flags: [] } as const;
    const busy = given(inPhase({ phase: 'form', draft, asking: 'place' }))
      .when(resolved)
      .leadsTo('form', 'reply');
    expect(busy.turn.effects).toContainEqual({ kind: 'wakeAt', timer: 'surveyExpired', at: monday + 24 * hour });
    const done = given(busy.turn.state).when(expired).leadsTo('form', 'closeTicket');
    expect(done.turn.state.memory.toSurvey).toBeUndefined();
  });
});

describe('whoever resolved hears whether the result went out', () => {
  const act = { ticket: 'T1', id: 'd1' };
  const done = { ...resolved, act: 'd1' };
  const draft = { form: 'repair', slots: {}, refused: [], tries: 0, flags: [] } as const;
  test.each([
    ['asked for a mark in the same breath', withLin],
    ['in a form', inPhase({ phase: 'form', draft, asking: 'place' })],
    ['offered a form put aside', inPhase({ ...lin, phase: 'withAgent', ticket: 'T1', since: monday, slots: {} }, { parked: [draft] })],
    ['asked before', inPhase({ phase: 'idle' }, { surveyed: ['T1'] })],
  ])('and nothing else is marked, when the customer is %s', (_, before) => {
    const { effects } = given(before).when(done).turn;
    const first = effects.findIndex(({ kind }) => kind === 'reply');
    expect(effects[first]).toMatchObject({ reply: { text: expect.stringContaining('好了') }, act });
    expect(effects[first + 1]).toEqual({ kind: 'confirmSent', act });
    expect(effects.filter((effect) => effect.kind === 'reply' && effect.act)).toHaveLength(1);
  });
  test('unless nobody did', () => {
    expect(
      given(withLin)
        .when({ ...resolved, auto: true })
        .turn.effects.map(({ kind }) => kind),
    ).not.toContain('confirmSent');
  });
});

describe('what waits while a ticket is resolved is not forgotten', () => {
  const agent = { ticket: '20261123-0001', ...lin };
  const done = { ...resolved, ticket: '20261123-0001' };
  test('a form put aside for the agent is offered, and the survey comes after it', () => {
    const offered = talk()
      .says('短信收不到，已经三天了，转人工')
      .says('还有一件事，我要报修')
      .happens({ kind: 'agentClaimed', ...agent })
      .happens(done)
      .hears('「设备报修」还没办完')
      .isIn('resuming');
    offered.presses('不办了').hears('工单 20261123-0001').isIn('survey').presses('满意').isIn('closed');
  });
  test('the mark asked for another ticket is asked for again', () => {
    const asked = given(survey).when({ ...resolved, ticket: 'T2', auto: true });
    asked.leadsTo('survey', 'reply', 'closeTicket', 'reply');
    expect(asked.effect('closeTicket')).toEqual({ kind: 'closeTicket', ticket: 'T2' });
    given(asked.turn.state).whenSaid('5').leadsTo('closed', 'recordSurvey', 'reply', 'closeTicket');
  });
});

describe('a resolved ticket is not closed', () => {
  test.each(['没解决', '转人工'])('when the customer says 「%s」 to the survey: the same ticket goes on with a person', (words) => {
    const done = given(survey).whenSaid(words).leadsTo('waiting', 'amendTicket', 'reply');
    expect(done.effect('amendTicket')).toMatchObject({ number: 'T1', handoff: true });
  });
  test.each(['没有啊，还是收不到', '又收不到了'])('nor when the survey is told that it goes on: 「%s」', (words) => {
    given(survey).whenSaid(words).leadsTo('waiting', 'amendTicket', 'reply');
  });
  test('when the word on a bad mark says that it goes on: the mark and the word are kept', () => {
    const low = given(survey).whenChosen('rate:1');
    const done = given(low.turn.state).whenSaid('还是收不到！').leadsTo('waiting', 'recordSurvey', 'amendTicket', 'reply');
    expect(done.effect('recordSurvey')).toMatchObject({ rating: 1, comment: '还是收不到！' });
    expect(done.effect('amendTicket')).toMatchObject({ number: 'T1', handoff: true, note: '还是收不到！' });
  });
  test('when its agent writes again during the survey', () => {
    given(survey)
      .when({ kind: 'agentReplied', act: 'a1', ticket: 'T1', ...lin, text: '还有一点', attachments: [] })
      .leadsTo('withAgent', 'reply', 'confirmSent');
  });
});

describe('after the end', () => {
  test.each(['谢谢', '好的谢谢', '谢谢你们', '非常感谢'])('「%s」 reopens nothing', (words) => {
    given(closed, { tickets: [settled] })
      .whenSaid(words)
      .leadsTo('closed', 'reply');
  });
  test('「又收不到了」 within the hours set asks whether it is that matter, and reopens its ticket', () => {
    const asked = given(closed, { tickets: [settled] })
      .after(23 * hour)
      .whenSaid('短信又收不到了')
      .leadsTo('closed', 'reply');
    expect(asked.reply().text).toContain('T1');
    const again = given(asked.turn.state, { tickets: [settled] })
      .whenChosen('sameMatter')
      .leadsTo('waiting', 'amendTicket', 'reply');
    expect(again.effect('amendTicket')).toMatchObject({ number: 'T1', handoff: true });
  });
  test.each(['是的，同一件事', '同一个问题', '就是那件事', '还是收不到啊'])('「%s」 to that question is a yes', (words) => {
    const asked = given(closed, { tickets: [settled] }).whenSaid('短信又收不到了');
    given(asked.turn.state, { tickets: [settled] })
      .whenSaid(words)
      .leadsTo('waiting', 'amendTicket', 'reply');
  });
  test.each(['不是同一件事', '不是', '另外一件事'])('「%s」 to that question is a no: the words before it are looked at', (words) => {
    const asked = given(closed, { tickets: [settled] }).whenSaid('短信又收不到了');
    const said = given(asked.turn.state, { tickets: [settled] }).whenSaid(words);
    expect(said.turn.state.phase).not.toBe('closed');
    expect(said.turn.effects).not.toContainEqual(expect.objectContaining({ kind: 'amendTicket' }));
  });
  test('the same words later are a new matter', () => {
    const later = given(closed, { tickets: [settled] })
      .after(25 * hour)
      .whenSaid('短信又收不到了');
    expect(later.reply().text).not.toContain('T1');
  });
  test('a second resolution of the same ticket asks for no second rating', () => {
    const again = talk()
      .says('短信收不到，转人工')
      .happens({ ...resolved, ticket: '20261123-0001' })
      .presses('满意')
      .happens({ kind: 'agentReplied', act: 'a1', ticket: '20261123-0001', ...lin, text: '补充一下', attachments: [] })
      .happens({ ...resolved, ticket: '20261123-0001' })
      .isIn('closed');
    expect(again.world.state.memory.surveyed).toEqual(['20261123-0001']);
  });
});
