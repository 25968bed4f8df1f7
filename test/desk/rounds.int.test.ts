/** What desks are told of the desk as a whole, over stores in memory. */
import type { Effect } from '../../dialogs/vocabulary';
import { createCalendar } from '../../src/desk/calendar';
import { createRounds } from '../../src/desk/rounds';
import { Settings } from '../../src/settings';
import { StoreError } from '../../src/store/collection';
import { createEmbeddedStore } from '../../src/store/embedded';
import { createClock } from '../conversation/clock';
import type { step } from '../conversation/engine';
import { createHouse, says, visitor } from '../conversation/house';
import { anyTicket } from '../support/anyTicket';

const MINUTE = 60_000;
const settings = Settings.parse({});
const calendar = createCalendar(settings);

async function withRounds() {
  const store = await createEmbeddedStore({ memory: true });
  const clock = createClock();
  const make = () => createRounds({ store, settings: () => settings, calendar: () => calendar, now: clock.now });
  const rounds = make();
  const later = async (minutes: number, run = rounds) => {
    clock.advance(minutes * MINUTE);
    await run();
    return (await store.notices.find({}, { sort: { at: 1, _id: 1 } })).map(({ _id }) => _id);
  };
  const wait = (number: string) => store.tickets.insert(anyTicket({ _id: number, key: number, createdAt: new Date(clock.now()) }));
  return { store, clock, make, rounds, later, wait };
}

describe('the rounds', () => {
  test('warn once an hour while somebody waits, however many processes look', async () => {
    const { later, wait, make } = await withRounds();
    await wait('20261123-0001');
    expect(await later(9)).toEqual([]);
    expect(await later(36)).toEqual(['queue-wait/2026-11-23T02']);
    expect(await later(1, make())).toHaveLength(1);
    // The next hour of the clock has begun, an hour since the warning has not passed.
    expect(await later(30)).toHaveLength(1);
    expect(await later(30)).toEqual(['queue-wait/2026-11-23T02', 'queue-wait/2026-11-23T03']);
  });

  test('tell each department of its day once, also when the hour was slept through', async () => {
    const { store, later, wait, make, rounds } = await withRounds();
    await wait('20261123-0001');
    await wait('20261123-0002');
    await store.tickets.update({ _id: '20261123-0002' }, { $set: { department: '技术支持部', handoff: false } });
    await Promise.all([later(11 * 60), make()(), rounds()]);
    const told = await later(0, make());
    expect(told.filter((id) => id.startsWith('summary/'))).toEqual(['summary/2026-11-23/客服部', 'summary/2026-11-23/技术支持部']);
    expect(await store.notices.get('summary/2026-11-23/技术支持部')).toMatchObject({
      open: true,
      notice: { to: { department: '技术支持部' }, page: false, text: expect.stringContaining('新增 1 件') },
    });
  });
});

describe('notices of single conversations', () => {
  const raising = (...flags: ('quarantine' | 'supervisor' | 'abuse')[]): typeof step => {
    const effects = flags.map((flag): Effect => ({ kind: 'raiseFlag', flag, reason: '群里有人骂老师' }));
    return (state) => ({ state, effects });
  };

  test('supervisors hear at once of what is grave, before there is a ticket, and once for one message', async () => {
    const { accept, idle, store } = await createHouse({ deps: { step: raising('quarantine', 'supervisor') } });
    await accept(says('群里有人骂老师', 'm1', visitor('13800138000')));
    await idle();
    const [notice, ...others] = await store.notices.find({});
    expect(others).toEqual([]);
    expect(notice?.notice).toMatchObject({ to: 'supervisors', page: true, title: '请主管关注：不良信息' });
    expect(notice?.notice.text).toBe('「群里有人骂老师」\n会话 web:main:138****8000，客户还在填写资料，随后会有工单。');
  });

  test('a complaint is called by its name', async () => {
    const { accept, idle, store } = await createHouse({ deps: { step: raising('supervisor') } });
    await accept(says('我要投诉', 'm1'));
    await idle();
    expect((await store.notices.find({})).map(({ notice }) => notice.title)).toEqual(['请主管关注：客户投诉']);
  });

  test('they do not hear of every harsh word', async () => {
    const { accept, idle, store } = await createHouse({ deps: { step: raising('abuse') } });
    await accept(says('!!!', 'm1'));
    await idle();
    expect(await store.notices.find({})).toEqual([]);
  });

  test('what could not even be made a ticket is shown to supervisors with its reason', async () => {
    const store = await createEmbeddedStore({ memory: true });
    const insert = async () => {
      throw new StoreError('refused', 'the disk is full', { retryable: false });
    };
    const { accept, idle } = await createHouse({ store: { ...store, tickets: { ...store.tickets, insert } } });
    await accept(says('ticket 收不到短信', 'm1'));
    await idle();
    const notices = await store.notices.find({});
    expect(notices.map(({ notice }) => [notice.to, notice.title, notice.page])).toContainEqual(['supervisors', '系统未能处理的消息', true]);
    expect(notices[0]?.notice.text).toContain('the disk is full');
  });
});
