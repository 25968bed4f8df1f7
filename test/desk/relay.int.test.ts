/** What desks are told, over the whole house with a scripted desk. */
import type { AgentEvent } from '../../adapters/desk';
import { createRelay } from '../../src/desk/relay';
import { createHouse, says, silent, visitor } from '../conversation/house';
import { away, createScriptedWorkplace } from '../support/scriptedWorkplace';
import { until } from '../support/until';

const NUMBER = '20261123-0001';
const by = (id: string) => ({ id, at: 0, ticket: NUMBER, agent: 'li', agentName: '李老师' });
const claim: AgentEvent = { ...by('c1'), kind: 'claim' };

async function withDesk(given: Readonly<{ worker?: string; exclusive?: boolean }> = {}) {
  const house = await createHouse();
  const workplace = createScriptedWorkplace();
  const relay = (worker = 'one', slow = (_: string) => false) =>
    createRelay({
      store: house.store,
      book: house.tickets,
      desks: [workplace.desk],
      latest: house.latest,
      now: house.clock.now,
      scheduler: house.clock.scheduler,
      log: silent,
      worker,
      slow,
      exclusive: given.exclusive ?? true,
    });
  const told = relay(given.worker);
  const stop = await told.start();
  const settled = async () => {
    await house.idle();
    await told.idle();
  };
  return { house, workplace, relay, told, stop, settled };
}

/** The next line gets through, and then whoever told it hears nothing until it is woken. */
function stopped(workplace: ReturnType<typeof createScriptedWorkplace>) {
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((slept) => {
    workplace.pauseOnce(() => {
      slept();
      return new Promise((resolve) => {
        wake = resolve;
      });
    });
  });
  return { asleep, wake: () => wake() };
}

describe('what a desk is told', () => {
  test('a new ticket is put up once, with what was said before it', async () => {
    const { house, workplace, settled } = await withDesk();
    await house.accept(says('ticket 收不到短信', 'm1'));
    await settled();
    const shown = workplace.shown(NUMBER);
    expect(shown?.card).toMatchObject({ number: NUMBER, status: 'open', holder: 'queue' });
    expect(shown?.transcript.map(({ author }) => author)).toContain('customer');
    expect(await house.store.tickets.get(NUMBER)).toMatchObject({ deskAt: null, relay: null, boards: { slack: { told: 1, attempts: 0 } } });
  });

  test('everything that happens afterwards follows in order, and the card is as the ticket is', async () => {
    const { house, workplace, settled } = await withDesk();
    await house.accept(says('ticket 收不到短信', 'm1'));
    await house.idle();
    await house.deliver(claim);
    await house.deliver({ ...by('r1'), kind: 'reply', text: '请重启手机' });
    await house.idle();
    await house.deliver({ ...by('n1'), kind: 'note', text: '疑似停机' });
    await house.accept(says('还是不行', 'm2'));
    await settled();
    expect(workplace.shown(NUMBER)?.lines).toEqual(['李老师认领了工单', '请重启手机', 'delivered', '疑似停机', '还是不行']);
    expect(workplace.shown(NUMBER)?.card).toMatchObject({
      status: 'assigned',
      assignee: { name: '李老师' },
      firstOwner: { name: '李老师' },
    });
  });

  test('a desk that is away hears everything once when it is back', async () => {
    const { house, workplace, settled } = await withDesk();
    workplace.refuse(away);
    await house.accept(says('ticket 收不到短信', 'm1'));
    await house.idle();
    await house.deliver(claim);
    await settled();
    expect(workplace.shown(NUMBER)).toBeUndefined();
    expect((await house.store.tickets.get(NUMBER))?.boards.slack).toMatchObject({ attempts: 1, error: 'the platform does not answer' });
    workplace.refuse(null);
    house.clock.advance(60_000);
    await settled();
    expect(workplace.shown(NUMBER)?.lines).toEqual(['李老师认领了工单']);
  });

  test('a desk that takes one line at a time is asked again soon each time', async () => {
    const { house, workplace, settled } = await withDesk();
    await house.accept(says('ticket 收不到短信', 'm1'));
    await settled();
    let calls = 0;
    workplace.refuse(() => (calls++ % 2 === 0 ? null : away()));
    const words = ['一', '二', '三', '四', '五', '六'];
    for (const [n, text] of words.entries()) await house.deliver({ ...by(`n${n}`), kind: 'note', text });
    for (const _ of words) {
      await settled();
      house.clock.advance(1_000);
    }
    await settled();
    expect(workplace.shown(NUMBER)?.lines).toEqual(words);
  });

  test('a desk that took it and could not say so is not shown it twice', async () => {
    const { house, workplace, settled } = await withDesk();
    workplace.refuse(away, true);
    await house.accept(says('ticket 收不到短信', 'm1'));
    await settled();
    workplace.refuse(null);
    house.clock.advance(60_000);
    await house.deliver(claim);
    await settled();
    expect(workplace.shown(NUMBER)?.lines).toEqual(['李老师认领了工单']);
  });

  test('what another worker left half told is told by the next', async () => {
    const first = await withDesk({ worker: 'dead' });
    await first.house.accept(says('ticket 收不到短信', 'm1'));
    await first.settled();
    await first.stop();
    // It died after it took the lease and before it wrote what it had told.
    await first.house.store.tickets.update(
      { _id: NUMBER },
      { $set: { relay: { owner: 'dead', until: first.house.clock.now() + 60_000 } } },
    );
    await first.house.deliver(claim);
    await first.house.idle();
    const next = first.relay('alive');
    const stop = await next.start();
    await next.idle();
    await stop();
    expect(first.workplace.shown(NUMBER)?.lines).toEqual(['李老师认领了工单']);
    expect(await first.house.store.tickets.get(NUMBER)).toMatchObject({ deskAt: null, relay: null });
  });

  test('what was settled after a worker was cut off at the first telling is told to its end', async () => {
    const { house, workplace, relay, stop } = await withDesk({ worker: 'dead' });
    await stop();
    await house.accept(says('ticket 收不到短信', 'm1'));
    await house.idle();
    // It had put the card up and died before it wrote that down.
    await house.store.tickets.update({ _id: NUMBER }, { $set: { relay: { owner: 'dead', until: house.clock.now() + 60_000 } } });
    await house.deliver({ ...by('r1'), kind: 'resolve', result: '重启后恢复' });
    await house.idle();
    const next = relay('alive');
    const stopNext = await next.start();
    await next.idle();
    await stopNext();
    expect(workplace.shown(NUMBER)?.lines).toEqual(['李老师已解决：重启后恢复']);
  });

  test('what a worker is slow to tell is left to it while it lives, although its lease ran out', async () => {
    const { house, workplace, relay, settled, stop } = await withDesk({ worker: 'slow', exclusive: false });
    await house.accept(says('ticket 收不到短信', 'm1'));
    await settled();
    const first = stopped(workplace);
    await house.deliver({ ...by('n1'), kind: 'note', text: '请重启手机' });
    await first.asleep;
    house.clock.advance(61_000);
    let lives = true;
    const other = relay('other', () => lives);
    const stopOther = await other.start();
    await other.idle();
    expect(await house.store.tickets.get(NUMBER)).toMatchObject({ relay: { owner: 'slow' } });
    lives = false;
    await other.idle();
    expect(await house.store.tickets.get(NUMBER)).toMatchObject({ relay: null });
    first.wake();
    await Promise.all([stop(), stopOther()]);
    expect(workplace.shown(NUMBER)?.lines).toEqual(['请重启手机']);
  });

  test('a worker that slept past its lease says nothing that another has said meanwhile', async () => {
    const { house, workplace, relay, settled, stop } = await withDesk({ worker: 'sleeper', exclusive: false });
    await house.accept(says('ticket 收不到短信', 'm1'));
    await settled();
    const first = stopped(workplace);
    await house.deliver({ ...by('n1'), kind: 'note', text: '请重启手机' });
    await first.asleep;
    await house.deliver({ ...by('n2'), kind: 'note', text: '好了吗' });
    await house.deliver({ ...by('n3'), kind: 'note', text: '在吗' });
    // Two lines are to be told next; after the one of them it is stopped for longer than the lease.
    const second = stopped(workplace);
    first.wake();
    await second.asleep;
    await house.idle();
    house.clock.advance(61_000);
    const other = relay('other');
    const stopOther = await other.start();
    await other.idle();
    second.wake();
    await settled();
    expect(workplace.shown(NUMBER)?.lines).toEqual(['请重启手机', '好了吗', '在吗']);
    expect(await house.store.tickets.get(NUMBER)).toMatchObject({ deskAt: null, relay: null, boards: { slack: { told: 4, attempts: 0 } } });
    await Promise.all([stop(), stopOther()]);
  });

  test('who asks for a person is put up before what happens to the tickets of others', async () => {
    const { house, workplace, settled } = await withDesk();
    const others = Array.from({ length: 80 }, (_, n) => n + 1);
    for (const n of others) await house.accept(says('ticket 收不到短信', `m${n}`, visitor(`u${n}`)));
    await settled();
    const order: string[] = [];
    const { offer, relay } = workplace.desk;
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    workplace.desk.offer = (card, said, again) => {
      order.push(`card ${card.number}`);
      return offer(card, said, again);
    };
    workplace.desk.relay = async (ref, card, line, again) => {
      await opened;
      order.push(`line ${card.number}`);
      return relay(ref, card, line, again);
    };
    for (const ticket of (await house.store.tickets.find({})).map(({ _id }) => _id))
      await house.deliver({ ...by(`n-${ticket}`), ticket, kind: 'note', text: '疑似停机' });
    await house.accept(says('ticket 很急', 'new', visitor('new')));
    await house.idle();
    open();
    await settled();
    const card = order.findIndex((one) => one.startsWith('card'));
    expect(order).toHaveLength(81);
    expect(card).toBeLessThan(60);
  });

  test('a notice is shown once by every desk, however often one of them fails', async () => {
    const { house, workplace, told } = await withDesk();
    const notice = { id: 'queue@1', at: 0, to: 'supervisors' as const, title: '排队过长', text: '12 人在等', page: true };
    await house.store.notices.insert({ _id: notice.id, notice, told: [], open: true, tries: 0, notBefore: 0, at: new Date(0) });
    workplace.refuse(away);
    await told.idle();
    workplace.refuse(null);
    house.clock.advance(60_000);
    await told.idle();
    await told.idle();
    expect(workplace.notices).toEqual([notice]);
    expect(await house.store.notices.get(notice.id)).toMatchObject({ open: false, told: ['slack'] });
  });

  test('where the only desk is a page, a notice waits until somebody looks', async () => {
    const house = await createHouse();
    const { desk, notices } = createScriptedWorkplace('page');
    let looking = false;
    const relay = createRelay({
      store: house.store,
      book: house.tickets,
      desks: [{ ...desk, watched: () => looking }],
      latest: house.latest,
      now: house.clock.now,
      scheduler: house.clock.scheduler,
      log: silent,
      worker: 'one',
      exclusive: true,
    });
    const notice = { id: 'queue@1', at: 0, to: 'supervisors' as const, title: '排队过长', text: '12 人在等', page: true };
    await house.store.notices.insert({ _id: notice.id, notice, told: [], open: true, tries: 0, notBefore: 0, at: new Date(0) });
    await relay.idle();
    expect([notices, (await house.store.notices.get(notice.id))?.open]).toEqual([[], true]);
    looking = true;
    house.clock.advance(60_000);
    await relay.idle();
    expect([notices, (await house.store.notices.get(notice.id))?.open]).toEqual([[notice], false]);
  });

  test('a desk that does not answer keeps nobody from starting, and nobody from stopping for longer than what it is being told', async () => {
    const house = await createHouse();
    const { desk } = createScriptedWorkplace('slack');
    let asked = 0;
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const relay = createRelay({
      store: house.store,
      book: house.tickets,
      desks: [
        {
          ...desk,
          notify() {
            asked += 1;
            return answered;
          },
        },
      ],
      latest: house.latest,
      now: house.clock.now,
      scheduler: house.clock.scheduler,
      log: silent,
      worker: 'one',
      exclusive: true,
    });
    for (const id of ['queue@1', 'queue@2', 'queue@3']) {
      const notice = { id, at: 0, to: 'supervisors' as const, title: '排队过长', text: '12 人在等', page: true };
      await house.store.notices.insert({ _id: id, notice, told: [], open: true, tries: 0, notBefore: 0, at: new Date(0) });
    }
    const stop = await relay.start();
    await until(() => asked === 1, 'the first of them is told');
    const stopped = stop();
    answer();
    await stopped;
    expect(asked).toBe(1);
  });
});
