import type { AgentEvent } from '../../adapters/desk';
import type { TicketStatus } from '../../dialogs/vocabulary';
import { act, close, reopen, TRANSITIONS } from '../../src/desk/tickets';
import type { TicketDoc } from '../../src/store/documents';
import { anyTicket } from '../support/anyTicket';

type Act = Exclude<AgentEvent, { kind: 'reopen' | 'merge' | 'unmerge' }>;
const at = Date.parse('2026-11-23T10:00:00+08:00');

const ticket = (over: Partial<TicketDoc> = {}): TicketDoc => anyTicket({ createdAt: new Date(at), ...over });
const held = ticket({ status: 'assigned', assignee: 'li', assigneeName: '李老师', firstOwner: 'li' });
const by = (agent: string) => ({ id: 'e1', at, ticket: '20261123-0001', agent, agentName: agent });
const change = (of: TicketDoc, event: Act) => {
  const outcome = act(of, event, 'e1');
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.change;
};
const again = { by: 'wang', at: new Date(at), id: 'e1', reason: '又坏了', dueAt: new Date(at + 8 * 3_600_000) };
const refusal = (of: TicketDoc, event: Act) => {
  const outcome = act(of, event, 'e1');
  return outcome.ok ? null : outcome.refusal.reason;
};

describe('taking a ticket', () => {
  test('the first agent to claim it holds it and stays its first owner (S4-34)', () => {
    expect(change(ticket(), { ...by('li'), kind: 'claim' }).set).toEqual({
      status: 'assigned',
      assignee: 'li',
      assigneeName: 'li',
      firstOwner: 'li',
      firstOwnerName: 'li',
    });
  });
  test('the second agent hears who holds it', () => {
    const outcome = act(held, { ...by('chen'), kind: 'claim' }, 'e1');
    expect(outcome).toEqual({ ok: false, refusal: { reason: 'held', message: '工单 20261123-0001 正由李老师处理；需要时请先接手。' } });
  });
  test('whoever answers a ticket nobody holds takes it', () => {
    expect(change(ticket(), { ...by('li'), kind: 'reply', text: '您好' }).set).toMatchObject({ status: 'assigned', assignee: 'li' });
  });
  test('after a release the first owner stays the same (S4-34)', () => {
    const { set } = change(ticket({ firstOwner: 'li' }), { ...by('chen'), kind: 'claim' });
    expect(set).toMatchObject({ assignee: 'chen' });
    expect(set).not.toHaveProperty('firstOwner');
  });
  test.each(['reply', 'return', 'resolve'] as const)('only the holder may %s', (kind) => {
    expect(refusal(held, { ...by('chen'), kind, text: '您好', result: '好了' } as Act)).toBe('held');
  });
  test('a note may be left by everybody', () => {
    expect(change(held, { ...by('chen'), kind: 'note', text: '请看记录' }).event).toMatchObject({ id: 'e1', kind: 'note', by: 'chen' });
  });
});

describe('resolving a ticket', () => {
  test('keeps the result the customer will read', () => {
    expect(change(held, { ...by('li'), kind: 'resolve', result: '已修好' }).set).toMatchObject({
      status: 'resolved',
      result: '已修好',
      resolvedAt: new Date(at),
    });
  });
  test('needs a result', () => {
    expect(refusal(held, { ...by('li'), kind: 'resolve', result: ' ' })).toBe('incomplete');
  });
  test('needs the cause as well when it is a complaint', () => {
    const complaint = { ...held, nature: '投诉' as const };
    expect(refusal(complaint, { ...by('li'), kind: 'resolve', result: '已退费' })).toBe('incomplete');
    expect(refusal(complaint, { ...by('li'), kind: 'resolve', result: '已退费', cause: '重复扣费' })).toBeNull();
  });
  test('is not possible twice', () => {
    expect(refusal({ ...held, status: 'resolved' }, { ...by('li'), kind: 'resolve', result: '已修好' })).toBe('not-possible');
  });
});

describe('closing a ticket', () => {
  const told = { id: 'e0', kind: 'resolved' as const, at: new Date(at), by: 'li', data: {} };
  test('is not possible before the customer was answered (S4-35)', () => {
    expect(close(ticket({ status: 'resolved' }), 'li', new Date(at), 'e1')).toMatchObject({ ok: false, refusal: { reason: 'incomplete' } });
  });
  test('is possible once the result was told', () => {
    expect(close(ticket({ status: 'resolved', events: [told] }), 'li', new Date(at), 'e1')).toMatchObject({ ok: true });
  });
  test('is not possible while it is open', () => {
    expect(close(held, 'li', new Date(at), 'e1')).toMatchObject({ ok: false, refusal: { reason: 'not-possible' } });
  });
  test('a closed ticket that is reopened goes back to whoever held it (S4-34)', () => {
    expect(reopen({ ...held, status: 'closed' }, again)).toMatchObject({ ok: true, change: { set: { status: 'assigned' } } });
    expect(reopen(held, again)).toMatchObject({ ok: false });
  });
  test('a ticket that is reopened is due anew, and its log says until when', () => {
    expect(reopen({ ...held, status: 'resolved' }, again)).toMatchObject({
      change: { set: { dueAt: again.dueAt }, event: { kind: 'reopened', by: 'wang', data: { reason: '又坏了', dueAt: again.dueAt } } },
    });
  });
});

test('from every status a ticket can come to its end', () => {
  const reach = (from: TicketStatus): ReadonlySet<TicketStatus> => {
    const reached = new Set([from]);
    // A set that grows while it is walked is walked to its end.
    for (const status of reached) for (const row of Object.values(TRANSITIONS)) if (row[status]) reached.add(row[status]);
    return reached;
  };
  for (const status of ['open', 'assigned', 'waiting', 'resolved', 'closed'] as const) expect(reach(status).has('closed')).toBe(true);
});
