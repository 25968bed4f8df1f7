/** Who has the chat, over the real engine and the store: what the conversation says and what the ticket says are one. */
import type { AgentEvent } from '../../adapters/desk';
import { holderOf } from '../../dialogs/holder';
import { begin, step } from '../../dialogs/step';
import { createClock, MONDAY } from './clock';
import { createHouse, type House, says, visitor } from './house';

const NUMBER = '20261123-0001';
const MINUTE = 60_000;
const by = (id: string, agent = 'li') => ({ id, at: MONDAY, ticket: NUMBER, agent, agentName: `${agent}老师` });
const claim: AgentEvent = { ...by('c1'), kind: 'claim' };
const reply: AgentEvent = { ...by('r1'), kind: 'reply', text: '您好' };

async function claimed(at = MONDAY) {
  const house = await createHouse({ clock: createClock(at), deps: { step, begin, holderOf } });
  const stop = await house.start();
  await house.accept(says('短信收不到，已经三天了，转人工', 'm1'));
  await house.idle();
  await house.deliver(claim);
  await house.idle();
  return { house, stop };
}

/** Time passes, with the sweeper looking every second as it does. */
async function pass(house: House, minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 1) {
    house.clock.advance(MINUTE);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await house.idle();
  }
}

const standing = async (house: House) => {
  const [ticket, conversation] = await Promise.all([house.store.tickets.get(NUMBER), house.store.conversations.get('web:main:wang')]);
  return {
    status: ticket?.status,
    assignee: ticket?.assignee,
    holder: conversation?.holder.kind,
    kinds: ticket?.events.map(({ kind }) => kind),
  };
};

describe('an agent who claimed and says nothing', () => {
  test('is warned on the ticket, then the ticket is anybody’s again and the first owner stays', async () => {
    const { house, stop } = await claimed();
    await pass(house, 11);
    expect(await standing(house)).toMatchObject({ status: 'assigned', holder: 'agent', kinds: ['opened', 'claimed', 'alarmed'] });
    await pass(house, 6);
    await stop();
    expect(await standing(house)).toMatchObject({ status: 'open', assignee: null, holder: 'queue' });
    const ticket = await house.store.tickets.get(NUMBER);
    expect(ticket).toMatchObject({ firstOwner: 'li', handoff: true });
    expect(ticket?.events.slice(-2).map(({ kind, data }) => [kind, data.text ?? data.reason])).toEqual([
      ['alarmed', '客户已等待 10 分钟，请li老师尽快回复；再过 5 分钟没有回复，对话将回到队列。'],
      ['released', 'li老师 15 分钟没有回复客户'],
    ]);
    expect(house.web.texts().at(-1)).toContain('li老师暂时走不开');
    expect((await house.store.conversations.get('web:main:wang'))?.wakes).toEqual({});
  });

  test('has until the next opening when the desk closes meanwhile', async () => {
    const { house, stop } = await claimed(Date.parse('2026-11-23T17:25:00+08:00'));
    await pass(house, 30);
    expect(await standing(house)).toMatchObject({ status: 'assigned', kinds: ['opened', 'claimed'] });
    expect((await house.store.conversations.get('web:main:wang'))?.wakes.agentSilent).toBe(Date.parse('2026-11-24T08:40:00+08:00'));
    await stop();
  });

  test('and answers in the very moment the chat goes back: ticket and conversation agree on who has it', async () => {
    for (const late of [false, true]) {
      const { house, stop } = await claimed();
      await pass(house, 14);
      house.clock.advance(2 * MINUTE);
      if (late) await new Promise(setImmediate);
      await house.deliver(reply);
      await house.idle();
      await pass(house, 1);
      await stop();
      expect(await standing(house)).toMatchObject({ status: 'assigned', assignee: 'li', holder: 'agent' });
    }
  });
});

test('a customer who asks again for the agent who gave the chat back is told when that agent is there', async () => {
  const { house, stop } = await claimed();
  await house.deliver({ ...by('b1'), kind: 'return' });
  await house.accept(says('还是要找人工', 'm2'));
  await house.idle();
  expect(await standing(house)).toMatchObject({ assignee: 'li', holder: 'queue' });
  await house.deliver({ ...by('c2'), kind: 'claim' });
  await house.idle();
  await stop();
  expect(house.web.texts().at(-1)).toBe('li老师已接入，由li老师继续为您服务。');
  expect(await standing(house)).toMatchObject({ holder: 'agent' });
});

describe('a ticket that was resolved', () => {
  const resolved = async () => {
    const { house, stop } = await claimed();
    await house.deliver({ ...by('x1'), kind: 'resolve', result: '重启后正常' });
    await house.idle();
    return { house, stop };
  };

  test('is closed once its customer rated it, and opened again by the customer who comes back within a day', async () => {
    const { house, stop } = await resolved();
    await house.accept({ ...says('', 'm2'), content: { kind: 'choice', value: 'rate:5' } });
    await house.idle();
    expect(await house.store.tickets.get(NUMBER)).toMatchObject({ status: 'closed', rating: 5 });
    await house.accept(says('谢谢', 'm3'));
    await house.accept(says('短信又收不到了', 'm4'));
    await house.accept(says('是的', 'm5'));
    await house.idle();
    await stop();
    expect(await standing(house)).toMatchObject({ status: 'assigned', assignee: 'li', holder: 'queue' });
  });

  test('is closed when nobody answers the survey', async () => {
    const { house, stop } = await resolved();
    house.clock.advance(49 * 60 * MINUTE);
    await pass(house, 3);
    await stop();
    expect(await standing(house)).toMatchObject({ status: 'closed', kinds: ['opened', 'claimed', 'resolved', 'delivered', 'closed'] });
  });
});

test('the place in the queue counts those who have waited longer, also after one of them was given back', async () => {
  const { house, stop } = await claimed();
  house.clock.advance(MINUTE);
  await house.accept(says('转人工', 'a1', visitor('zhang')));
  await house.idle();
  house.clock.advance(MINUTE);
  await house.accept(says('转人工', 'b1', visitor('zhao')));
  await house.idle();
  const placeOf = async (user: string, id: string) => {
    await house.accept(says('前面还有几个人', id, visitor(user)));
    await house.idle();
    const [last] = house.web.sent.filter(({ to }) => to.user === user).slice(-1);
    return /前面还有 (\d+) 位/.exec(last?.reply.text ?? '')?.[1] ?? 0;
  };
  expect([await placeOf('zhang', 'a2'), await placeOf('zhao', 'b2')]).toEqual([0, '1']);
  await pass(house, 16);
  await stop();
  expect([await placeOf('wang', 'm2'), await placeOf('zhang', 'a3'), await placeOf('zhao', 'b3')]).toEqual([0, '1', '2']);
});
