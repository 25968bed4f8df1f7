import { pickUpMinutes } from '../../src/desk/pickUp';
import type { TicketDoc, TicketEvent } from '../../src/store/documents';

const MINUTE = 60_000;
const calendar = { workingMinutes: (from: number, to: number) => (to - from) / MINUTE };
const event = (kind: TicketEvent['kind'], minutes: number, data: Record<string, unknown> = {}): TicketEvent => ({
  id: kind,
  kind,
  at: new Date(minutes * MINUTE),
  by: 'li',
  data,
});
const ticket = (...events: readonly TicketEvent[]): Pick<TicketDoc, 'events' | 'createdAt'> => ({
  createdAt: new Date(0),
  events: [event('opened', 0), ...events],
});

describe('how long customers lately waited for a person', () => {
  test('is the middle of the last, however one of them was taken and however long one waited', () => {
    const taken = [
      ticket(event('claimed', 3)),
      ticket(event('replied', 4)),
      ticket(event('assigned', 500, { to: { agent: 'li', agentName: '李老师' } })),
    ];
    expect(pickUpMinutes(taken, calendar)).toBe(4);
  });

  test('counts from when a person was asked for, not from when the ticket was opened', () => {
    const later = ticket(event('amended', 100, { handoff: true }), event('claimed', 102));
    expect(pickUpMinutes([later, later, later], calendar)).toBe(2);
  });

  test('is not known from two, nor from tickets nobody took', () => {
    const passed = ticket(event('assigned', 5, { to: { department: '客服部' } }));
    expect(pickUpMinutes([ticket(event('claimed', 3)), ticket(event('claimed', 3)), passed], calendar)).toBeUndefined();
  });
});
