import type { TicketCard } from '../../../adapters/desk';
import { isUrgent, place } from '../../../console/desk/lists';
import { cardOf } from '../../../src/desk/card';
import { anyTicket } from '../../support/anyTicket';

const at = new Date('2026-11-23T10:00:00+08:00');
const card = (over: Partial<Parameters<typeof anyTicket>[0]> = {}): TicketCard =>
  cardOf(anyTicket({ createdAt: at, ...over }), at.getTime());
const none = { queue: [], mine: [] };

describe('the lists of an agent', () => {
  test('a ticket nobody holds waits in the queue, by due time', () => {
    const soon = card({ _id: '20261123-0002', dueAt: new Date(at.getTime() - 1) });
    expect(place(place(none, card(), 'li', ''), soon, 'li', '').queue.map(({ number }) => number)).toEqual([
      '20261123-0002',
      '20261123-0001',
    ]);
  });

  test('a ticket I hold is mine, one a colleague holds is in neither list', () => {
    const queued = place(none, card(), 'li', '');
    const held = (assignee: string) => place(queued, card({ status: 'assigned', assignee }), 'li', '');
    expect([held('li').queue.length, held('li').mine.length]).toEqual([0, 1]);
    expect([held('zhao').queue.length, held('zhao').mine.length]).toEqual([0, 0]);
  });

  test('what is settled leaves both', () => {
    const mine = place(none, card({ status: 'assigned', assignee: 'li' }), 'li', '');
    expect(place(mine, card({ status: 'resolved', assignee: 'li' }), 'li', '')).toEqual(none);
  });

  test('the queue of one department holds no ticket of another', () => {
    expect(place(none, card({ department: '技术部' }), 'li', '客服部')).toEqual(none);
  });

  test('what cannot wait is urgent, by priority or by what was said', () => {
    expect([card({ priority: 'urgent' }), card({ flags: ['self-harm'] }), card()].map(isUrgent)).toEqual([true, true, false]);
  });
});
