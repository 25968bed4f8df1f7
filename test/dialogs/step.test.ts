/** Single turns: what one event does to one state. */
import { begin } from '../../dialogs/step';
import type { Draft, TicketSummary } from '../../dialogs/vocabulary';
import { given, inPhase } from '../support/given';
import { talk } from '../support/talk';
import { monday } from '../support/world';

const lin = { agent: 'lin', agentName: '客服小林' };
const waiting = inPhase({ phase: 'waiting', ticket: 'T1', reason: 'asked', since: monday, slots: {} });
const withLin = inPhase({ phase: 'withAgent', ticket: 'T1', ...lin, since: monday, slots: {} });
const slot = (value: string) => ({ raw: value, value });
const repairDraft: Draft = { form: 'repair', slots: { issue: slot('考勤机坏了') }, refused: [], tries: 0, flags: [] };
const complaintDraft: Draft = { form: 'complaint', slots: { issue: slot('乱扣费') }, refused: [], tries: 0, flags: ['supervisor'] };
const minute = 60_000;

describe('greeting', () => {
  test('comes once: opening the chat again says nothing', () => {
    const first = given(begin(monday))
      .when({ ...opening() })
      .leadsTo('idle', 'reply');
    given(first.turn.state)
      .when({ ...opening() })
      .leadsTo('idle');
  });
  test('a known role gets the menu of that role at once', () => {
    talk('zh', { role: 'teacher' }).says('您好').hears('请问有什么可以帮到您').presses('设备报修').isIn('form');
  });
  test('who begins with a question gets the answer, not the menu', () => {
    talk().says('收不到短信怎么办').hears(/106/).isIn('answering');
  });
});

describe('a typed number', () => {
  test('means the button it counts', () => {
    talk().says('您好').says('2').hears('常办的事项').says('1').isIn('form');
  });
  test('is an answer where the field asked for takes it', () => {
    const state = inPhase({ phase: 'form', draft: repairDraft, asking: 'since' }, { offered: [{ value: 'cancel', label: '取消' }] });
    given(state).whenSaid('1').leadsTo('form', 'reply');
  });
});

describe('an answer that does not help', () => {
  test('brings the next best, then registering or a person, then a person', () => {
    talk().says('收不到短信怎么办').presses('没帮助').hears('再看看这条').presses('没帮助').hears('转人工').says('没用').isIn('waiting');
  });
});

describe('agents', () => {
  test('who claims the waiting ticket takes the chat, and the customer is told who it is', () => {
    const done = given(waiting)
      .when({ kind: 'agentClaimed', ticket: 'T1', ...lin })
      .leadsTo('withAgent', 'reply');
    expect(done.reply().text).toContain('客服小林');
  });
  test('who claims another ticket does not take the chat', () => {
    given(waiting)
      .when({ kind: 'agentClaimed', ticket: 'T2', ...lin })
      .leadsTo('waiting', 'reply');
    given(withLin).when({ kind: 'agentClaimed', ticket: 'T2', agent: 'wu', agentName: '客服小吴' }).leadsTo('withAgent');
  });
  test("an agent's words carry the agent's name", () => {
    const done = given(withLin)
      .when({ kind: 'agentReplied', act: 'a1', ticket: 'T1', ...lin, text: '您好', attachments: [] })
      .leadsTo('withAgent', 'reply', 'confirmSent');
    expect(done.reply()).toEqual({ kind: 'text', text: '您好', from: '客服小林' });
  });
  test('words and files of an agent go out in order, each known as that act, and then the mark that all went', () => {
    const attachment = { name: '说明.pdf', url: '/files/1', type: 'application/pdf', size: 9 };
    const act = { ticket: 'T1', id: 'a1' };
    const said = { kind: 'agentReplied', act: 'a1', ticket: 'T1', ...lin } as const;
    const both = given(withLin).when({ ...said, text: '请看附件', attachments: [attachment] });
    expect(both.turn.effects).toEqual([
      { kind: 'reply', reply: { kind: 'text', text: '请看附件', from: '客服小林' }, act },
      { kind: 'reply', reply: { kind: 'file', text: '[附件] 说明.pdf', attachment, from: '客服小林' }, act },
      { kind: 'confirmSent', act },
    ]);
    given(withLin)
      .when({ ...said, text: ' ', attachments: [attachment] })
      .leadsTo('withAgent', 'reply', 'confirmSent');
  });
  test('an agent who writes into a form puts it aside, and it is offered again afterwards', () => {
    const asked = inPhase({ phase: 'form', draft: repairDraft, asking: 'place' });
    const taken = given(asked)
      .when({ kind: 'agentReplied', act: 'a1', ticket: 'T9', ...lin, text: '您好', attachments: [] })
      .leadsTo('withAgent', 'reply', 'confirmSent');
    given(taken.turn.state)
      .when({ kind: 'agentReturned', ticket: 'T9', ...lin })
      .leadsTo('resuming', 'reply');
  });
  test('who leaves puts the customer back into the queue', () => {
    given(withLin).when({ kind: 'agentReleased', ticket: 'T1', reason: 'away' }).leadsTo('waiting', 'reply');
  });
});

describe('a resolved ticket', () => {
  test('is surveyed once, even when it is resolved twice', () => {
    const resolved = { kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: false } as const;
    const first = given(withLin).when(resolved).leadsTo('survey', 'reply');
    const rated = given(first.turn.state).whenChosen('rate:5').leadsTo('closed', 'recordSurvey', 'reply');
    given(rated.turn.state).when(resolved).leadsTo('closed', 'reply');
  });
  test('is not surveyed when it closed by itself', () => {
    given(inPhase({ phase: 'idle' }))
      .when({ kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: true })
      .leadsTo('closed', 'reply');
  });
  test('is only told of in the middle of another matter', () => {
    const asked = inPhase({ phase: 'form', draft: repairDraft, asking: 'place' });
    given(asked).when({ kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: false }).leadsTo('form', 'reply');
  });
  test('a low rating given before the customer fell silent is kept', () => {
    const state = inPhase({ phase: 'survey', ticket: 'T1', rating: 1 });
    const done = given(state).when({ kind: 'timerFired', timer: 'surveyExpired', numbers: [] }).leadsTo('closed', 'recordSurvey');
    expect(done.effect('recordSurvey')).toEqual({ kind: 'recordSurvey', ticket: 'T1', rating: 1 });
  });
});

describe('a form left lying', () => {
  const fired = { kind: 'timerFired', timer: 'formAbandoned', numbers: ['N1', 'N2'] } as const;
  test('becomes an incomplete ticket when a person must follow it up', () => {
    const state = inPhase({ phase: 'form', draft: complaintDraft, asking: 'phone' });
    const done = given(state)
      .after(30 * minute)
      .when(fired)
      .leadsTo('form', 'openTicket', 'reply');
    expect(done.effect('openTicket')).toMatchObject({ number: 'N1', flags: ['supervisor', 'incomplete'], handoff: false });
  });
  test('waits for its customer otherwise', () => {
    const state = inPhase({ phase: 'form', draft: repairDraft, asking: 'place' });
    given(state)
      .after(30 * minute)
      .when(fired)
      .leadsTo('form');
  });
  test('is left alone by a clock that was set before the last message', () => {
    const state = inPhase({ phase: 'form', draft: complaintDraft, asking: 'phone' });
    given(state)
      .after(5 * minute)
      .when(fired)
      .leadsTo('form');
  });
});

describe('a breakdown', () => {
  const broke = { kind: 'broke', reason: 'boom', numbers: ['N1', 'N2'], desk: { open: true, ahead: 0 } } as const;
  test('is told, and a person has what was known', () => {
    const state = inPhase({ phase: 'form', draft: repairDraft, asking: 'place' });
    const done = given(state).when(broke).leadsTo('waiting', 'openTicket', 'reply');
    expect(done.effect('openTicket')).toMatchObject({ number: 'N1', form: 'repair', handoff: true, slots: repairDraft.slots });
  });
  test('with an agent in the chat tells the agent and nobody else', () => {
    given(withLin).when(broke).leadsTo('withAgent', 'tellDesk');
  });
});

describe('the ticket of somebody else', () => {
  test('is unknown here, whatever number is named', () => {
    const mine: TicketSummary = {
      number: '20261120-0001',
      form: 'repair',
      status: 'open',
      issue: '考勤机',
      createdAt: monday,
      dueAt: monday,
    };
    talk('zh', { tickets: [mine] })
      .says('查一下工单20261120-0002的进度')
      .hears('没有查到')
      .hears(/人工/);
  });
});

describe('consent', () => {
  const slots = {
    school: slot('实验小学'),
    class: slot('三年级2班'),
    name: slot('王小明'),
    relation: slot('妈妈'),
    phone: slot('13800138000'),
  };
  const state = inPhase({ phase: 'confirming', draft: { form: 'join', slots, refused: [], tries: 0, flags: [] } });
  test('to join is not given by 「嗯」', () => {
    given(state).whenSaid('嗯').leadsTo('confirming', 'reply');
  });
  test('to join goes into the log of the ticket with its time', () => {
    const done = given(state).whenSaid('同意').leadsTo('idle', 'openTicket', 'amendTicket', 'rememberCustomer', 'reply');
    expect(done.effect('amendTicket').note).toContain('2026-11-23 10:00');
  });
});

function opening() {
  const gathered = {
    knowledge: { decision: 'none', hits: [] },
    schools: [],
    directory: false,
    classified: [],
    tickets: [],
    desk: { open: true, ahead: 0 },
    incidents: [],
    profile: { slots: {} },
    numbers: ['N1', 'N2'],
  } as const;
  return { kind: 'received', content: { kind: 'hello' }, gathered } as const;
}
