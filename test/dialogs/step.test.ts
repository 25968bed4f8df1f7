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
  test('who claims what is theirs already says it again only to a customer who waits', () => {
    const claim = { kind: 'agentClaimed', ticket: 'T1', ...lin, again: true } as const;
    given(waiting).when(claim).leadsTo('withAgent', 'reply');
    given(withLin).when(claim).leadsTo('withAgent');
    given(inPhase({ phase: 'idle' }))
      .when(claim)
      .leadsTo('idle');
  });
  test('who takes back what was given to the bot has the chat again', () => {
    const back = given(withLin).when({ kind: 'agentReturned', ticket: 'T1', ...lin });
    const again = given(back.turn.state)
      .when({ kind: 'agentClaimed', ticket: 'T1', ...lin })
      .leadsTo('withAgent', 'reply');
    expect(again.turn.state.memory.returned).toBeUndefined();
  });
  test('who takes over from a colleague is named together with that colleague', () => {
    const done = given(withLin)
      .when({ kind: 'agentClaimed', ticket: 'T1', agent: 'wu', agentName: '客服小吴' })
      .leadsTo('withAgent', 'reply');
    expect(done.turn.state).toMatchObject({ agent: 'wu' });
    expect(done.reply().text).toBe('客服小吴已接替客服小林，由客服小吴继续为您服务。');
  });
  test('who passes the chat on says to whom', () => {
    const passed = { kind: 'agentAssigned', ticket: 'T1', ...lin, to: { agent: 'wang', agentName: '王老师' } } as const;
    const done = given(withLin).when(passed).leadsTo('withAgent', 'reply');
    expect(done.turn.state).toMatchObject({ agent: 'wang', agentName: '王老师' });
    expect(done.reply().text).toBe('客服小林已把您转给王老师，由王老师继续为您服务。');
    expect(given(waiting).when(passed).leadsTo('withAgent', 'reply').reply().text).toBe('已为您安排王老师，由王老师为您服务。');
    given(done.turn.state).when(passed).leadsTo('withAgent');
    given(inPhase({ phase: 'idle' }))
      .when(passed)
      .leadsTo('idle', 'reply');
  });
  test('who passes the chat to a department puts the customer back where they stood in the queue, and says which department', () => {
    const passed = { kind: 'agentAssigned', ticket: 'T1', ...lin, to: { department: '设备维修组' } } as const;
    const taken = given(waiting)
      .after(20 * minute)
      .when({ kind: 'agentClaimed', ticket: 'T1', ...lin });
    const done = given(taken.turn.state)
      .after(40 * minute)
      .when(passed)
      .leadsTo('waiting', 'reply');
    expect(done.turn.state).toMatchObject({ since: monday, reason: 'asked' });
    expect(done.reply().text).toContain('客服小林已把您转到设备维修组');
    expect(given(waiting).when(passed).leadsTo('waiting', 'reply').reply().text).toContain('设备维修组');
  });
  test('who gives the chat back to the bot is named, and a person on the same ticket is offered when it still does not work', () => {
    talk()
      .says('短信收不到，已经三天了，转人工')
      .happens({ kind: 'agentClaimed', ticket: '20261123-0001', ...lin })
      .happens({ kind: 'agentReturned', ticket: '20261123-0001', ...lin })
      .hears('客服小林先离开了，由我继续为您服务')
      .waits(2 * 3_600_000)
      .says('还是不行')
      .hears('工单 20261123-0001 还在处理，要请同事接着为您服务吗')
      .presses('转人工')
      .hears('20261123-0001')
      .isIn('waiting');
  });
  test('asked for again by 人工 after one gave the chat back, the person comes on the same ticket', () => {
    const back = talk()
      .says('短信收不到，已经三天了，转人工')
      .happens({ kind: 'agentClaimed', ticket: '20261123-0001', ...lin })
      .happens({ kind: 'agentReturned', ticket: '20261123-0001', ...lin })
      .waits(2 * 3_600_000)
      .says('转人工')
      .isIn('waiting');
    expect(back.world.opened).toBe(1);
  });
});

describe('a resolved ticket', () => {
  test('is surveyed once, even when it is resolved twice', () => {
    const resolved = { kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: false } as const;
    const first = given(withLin).when(resolved).leadsTo('survey', 'reply');
    const rated = given(first.turn.state).whenChosen('rate:5').leadsTo('closed', 'recordSurvey', 'reply', 'closeTicket');
    given(rated.turn.state).when(resolved).leadsTo('closed', 'reply', 'closeTicket');
  });
  test('is not surveyed when it closed by itself', () => {
    given(inPhase({ phase: 'idle' }))
      .when({ kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: true })
      .leadsTo('closed', 'reply', 'closeTicket');
  });
  test('is only told of in the middle of another matter', () => {
    const asked = inPhase({ phase: 'form', draft: repairDraft, asking: 'place' });
    given(asked).when({ kind: 'ticketResolved', ticket: 'T1', result: '好了', auto: false }).leadsTo('form', 'reply');
  });
  test('a low rating given before the customer fell silent is kept', () => {
    const state = inPhase({ phase: 'survey', ticket: 'T1', rating: 1 });
    const done = given(state)
      .when({ kind: 'timerFired', timer: 'surveyExpired', numbers: [], desk: { open: true, ahead: 0 } })
      .leadsTo('closed', 'recordSurvey', 'closeTicket');
    expect(done.effect('recordSurvey')).toEqual({ kind: 'recordSurvey', ticket: 'T1', rating: 1 });
  });
});

describe('a form left lying', () => {
  const fired = { kind: 'timerFired', timer: 'formAbandoned', numbers: ['N1', 'N2'], desk: { open: true, ahead: 0 } } as const;
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
