import { deskHealth } from '../../src/desk/health';
import { createEmbeddedStore } from '../../src/store/embedded';
import { anyTicket, happened } from '../support/anyTicket';

const at = Date.parse('2026-11-23T10:00:00+08:00');
const MINUTE = 60_000;

async function withTickets() {
  const store = await createEmbeddedStore({ memory: true });
  const dueAt = new Date(at + 60 * MINUTE);
  const createdAt = new Date(at - 60 * MINUTE);
  const events = [happened('opened', at - 60 * MINUTE), happened('message', at - 7 * MINUTE), happened('message', at - 5 * MINUTE)];
  const put = (number: string, over: Partial<Parameters<typeof anyTicket>[0]>) =>
    store.tickets.insert(anyTicket({ _id: number, key: number, createdAt, dueAt, events, ...over }));
  await put('1', { deskAt: at + MINUTE, boards: { slack: { refs: ['a'], told: 1, attempts: 3 } } });
  await put('2', { deskAt: null, boards: { slack: { refs: ['b'], told: 3, attempts: 0 } }, handoff: false });
  await put('3', { status: 'assigned', assignee: 'li', dueAt: createdAt });
  await put('4', { status: 'resolved', dueAt: createdAt });
  return store;
}

describe('how the desk stands', () => {
  test('counts what a desk was not told, from the first thing it does not know', async () => {
    const store = await withTickets();
    expect(await deskHealth(store, ['slack'], at)).toEqual({ untold: 1, untoldAgeMs: 7 * MINUTE, openNotices: 0, waiting: 1, overdue: 1 });
  });

  test('a desk that shows the store itself is never behind', async () => {
    const store = await withTickets();
    const notice = { id: 'n', at, to: 'supervisors' as const, title: '', text: '', page: false };
    await store.notices.insert({ _id: 'n', notice, told: [], open: true, tries: 0, notBefore: at, at: new Date(at) });
    expect(await deskHealth(store, [], at)).toMatchObject({ untold: 0, untoldAgeMs: 0, openNotices: 1 });
  });
});
