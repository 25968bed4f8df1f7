/** The card of a ticket says who may speak to its customer. */
import { cardOf } from '../../src/desk/card';
import { anyTicket, happened } from '../support/anyTicket';

const at = Date.parse('2026-11-23T10:00:00+08:00');
const held = { assignee: 'li', assigneeName: '李老师', status: 'assigned' } as const;
const holder = (...events: ReturnType<typeof happened>[]) => cardOf(anyTicket({ createdAt: new Date(at), ...held, events }), at).holder;
const [opened, claimed, returned] = [happened('opened', at), happened('claimed', at), happened('returned', at)];

describe('the word belongs', () => {
  test('to the queue while nobody took the ticket, and to the bot once it is settled', () => {
    expect(cardOf(anyTicket({ createdAt: new Date(at) }), at).holder).toBe('queue');
    expect(cardOf(anyTicket({ createdAt: new Date(at), ...held, status: 'resolved' }), at).holder).toBe('bot');
  });
  test('to the bot when the agent gave the chat back to it, though the ticket stays theirs', () => {
    expect(holder(opened, claimed)).toBe('agent');
    expect(holder(opened, claimed, returned)).toBe('bot');
    expect(holder(opened, claimed, returned, happened('note', at), happened('amended', at))).toBe('bot');
  });
  test.each([
    ['the agent takes it back', claimed],
    ['the agent writes to the customer', happened('replied', at)],
    ['a colleague gets it', happened('assigned', at, { to: { agent: 'wang' } })],
    ['the customer asks for a person again', happened('amended', at, { handoff: true })],
  ])('to the agent again when %s', (_, event) => {
    expect(holder(opened, claimed, returned, event)).toBe('agent');
  });
});
