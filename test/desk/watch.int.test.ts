/** The clocks of tickets, over the whole house with time in the test's hands. */
import type { AgentEvent } from '../../adapters/desk';
import type { Flag } from '../../dialogs/vocabulary';
import { createCalendar } from '../../src/desk/calendar';
import { createWatch } from '../../src/desk/watch';
import { Settings } from '../../src/settings';
import { createHouse, type House, says, silent } from '../conversation/house';

const NUMBER = '20261123-0001';
const MINUTE = 60_000;
const by = (id: string) => ({ id, at: 0, ticket: NUMBER, agent: 'li', agentName: '李老师' });
const claim: AgentEvent = { ...by('c1'), kind: 'claim' };
const settings = Settings.parse({});
const calendar = createCalendar(settings);

const watchOver = (house: House) =>
  createWatch({
    store: house.store,
    book: house.tickets,
    terms: () => ({ calendar, ackMinutes: settings.ackMinutes, timeZone: settings.timeZone }),
    rounds: async () => undefined,
    now: house.clock.now,
    scheduler: house.clock.scheduler,
    log: silent,
  });

/** A ticket opened at ten on a Monday morning. */
async function withTicket() {
  const house = await createHouse();
  await house.accept(says('ticket 收不到短信', 'm1'));
  await house.idle();
  const watch = watchOver(house);
  const alarms = async () =>
    ((await house.store.tickets.get(NUMBER))?.events ?? []).flatMap(({ kind, data }) => (kind === 'alarmed' ? [data.kind] : []));
  const later = async (minutes: number) => {
    house.clock.advance(minutes * MINUTE);
    await watch.look();
    return alarms();
  };
  const flag = (name: Flag, id: string) =>
    house.tickets.append(
      NUMBER,
      { id, kind: 'flagged', at: new Date(house.clock.now()), by: 'bot', data: { flag: name, reason: '群里有人骂老师' } },
      { $addToSet: { flags: name } },
    );
  return { house, watch, alarms, later, flag };
}

describe('the clocks of a ticket', () => {
  test('stand in the ticket from its opening, and go off when they are due', async () => {
    const { house, later } = await withTicket();
    const opened = await house.store.tickets.get(NUMBER);
    expect(opened?.alarmAt).toBe(Date.parse('2026-11-23T14:00:00+08:00'));
    expect(await later(239)).toEqual([]);
    expect(await later(1)).toEqual(['half']);
    expect(await later(24 * 60)).toEqual(['half', 'overdue']);
    expect(await house.store.tickets.get(NUMBER)).toMatchObject({ alarmAt: null, status: 'open' });
  });

  test('a grave flag pages at once, with the words that raised it, and again while nobody answers', async () => {
    const { house, later, flag } = await withTicket();
    await flag('quarantine', 'f1');
    expect(await later(0)).toEqual(['page']);
    expect((await house.store.tickets.get(NUMBER))?.events.at(-1)).toMatchObject({
      by: 'clock',
      data: { page: true, text: '请主管查看并确认收到：不良信息。「群里有人骂老师」' },
    });
    expect(await later(14)).toEqual(['page']);
    expect(await later(1)).toEqual(['page', 'second']);
  });

  test('whoever claims it stops the second page', async () => {
    const { house, later, flag } = await withTicket();
    await flag('supervisor', 'f1');
    await later(0);
    await house.deliver(claim);
    expect(await later(60)).toEqual(['page']);
  });

  test('two who watch the same store tell once', async () => {
    const { house, watch, alarms, flag } = await withTicket();
    await flag('quarantine', 'f1');
    const other = watchOver(house);
    await Promise.all([watch.look(), other.look(), watch.look(), other.look()]);
    expect(await alarms()).toEqual(['page']);
  });

  test('a restart forgets nothing: what fell due meanwhile goes off afterwards, once', async () => {
    const { house, alarms, flag } = await withTicket();
    await flag('quarantine', 'f1');
    house.clock.advance(120 * MINUTE);
    const stop = await watchOver(house).start();
    house.clock.advance(1_000);
    await stop();
    expect(await alarms()).toEqual(['page']);
    house.clock.advance(120 * MINUTE);
    const again = await watchOver(house).start();
    house.clock.advance(1_000);
    await again();
    expect(await alarms()).toEqual(['page', 'second', 'half']);
  });

  test('tickets of before there were clocks are watched from the next start on', async () => {
    const { house, alarms } = await withTicket();
    await house.store.tickets.update({ _id: NUMBER }, { $unset: { alarmAt: 1 } });
    house.clock.advance(240 * MINUTE);
    const stop = await watchOver(house).start();
    house.clock.advance(1_000);
    await stop();
    expect(await alarms()).toEqual(['half']);
  });
});
