import { createNews } from '../../src/channels/news';
import { createHouse, says, visitor } from '../conversation/house';

async function withReply(text: string) {
  const house = await createHouse();
  await house.accept(says(text, 'm1'));
  await house.idle();
  const key = house.web.sent[0]?.key ?? '';
  const tell = createNews(house.store, house.tickets);
  const events = async () => (await house.store.tickets.find({})).flatMap(({ events: all }) => all);
  return { house, key, tell, events, news: { kind: 'undelivered', key, of: visitor(), reason: '客户拒收', at: 5 } as const };
}

describe('a reply that the platform took and that did not arrive after all', () => {
  test('stands on the customer’s ticket and on its line, told twice or once', async () => {
    const { house, key, tell, events, news } = await withReply('ticket 收不到短信');
    await tell(news);
    await tell(news);
    expect((await events()).map(({ kind }) => kind)).toEqual(['opened', 'dead-lettered']);
    const [ticket] = await house.store.tickets.find({});
    expect(await house.store.messages.get(key)).toMatchObject({ status: 'failed', owner: ticket?._id, error: '客户拒收' });
  });

  test('calls for the telephone where nothing else is left', async () => {
    const { house, tell, news } = await withReply('ticket 收不到短信');
    await tell({ ...news, callBack: true });
    expect((await house.store.tickets.find({}))[0]?.flags).toEqual(['call-back']);
  });

  test('opens no ticket: its line says it', async () => {
    const { house, key, tell, news } = await withReply('你好');
    await tell(news);
    expect(await house.store.tickets.count({})).toBe(0);
    expect(await house.store.messages.get(key)).toMatchObject({ error: '客户拒收' });
  });

  test('words of an agent that were said to be delivered are said not to be', async () => {
    const { house, tell, events } = await withReply('ticket 收不到短信');
    const [open] = await house.store.tickets.find({});
    const act = { ticket: open?._id ?? '', agent: 'li', agentName: '李老师', at: house.clock.now() };
    await house.deliver({ ...act, id: 'c1', kind: 'claim' });
    await house.deliver({ ...act, id: 'r1', kind: 'reply', text: '请重启手机' });
    await house.idle();
    const key = house.web.sent.find(({ reply }) => reply.text === '请重启手机')?.key ?? '';
    await tell({ kind: 'undelivered', key, of: visitor(), reason: '超过 5 条限制', at: house.clock.now() });
    const outcomes = (await events()).filter(({ kind }) => kind === 'delivered' || kind === 'undelivered');
    expect(outcomes.map(({ kind, data }) => [kind, data.act])).toEqual([
      ['delivered', 'r1'],
      ['undelivered', 'r1'],
    ]);
  });

  test('a key nobody knows, or of another customer, changes nothing', async () => {
    const { house, key, tell, events, news } = await withReply('ticket 收不到短信');
    await tell({ ...news, key: 'web:main:other:0' });
    await tell({ ...news, of: visitor('li') });
    expect([(await events()).length, (await house.store.messages.get(key))?.status]).toEqual([1, 'sent']);
  });
});

describe('what agents should know of a conversation', () => {
  const remark = (text: string) => ({ kind: 'remark', of: visitor(), id: 'e1', text, at: 5 }) as const;

  test('stands on the customer’s open ticket, once', async () => {
    const { tell, events } = await withReply('ticket 收不到短信');
    await tell(remark('客户撤回了一条消息'));
    await tell(remark('客户撤回了一条消息'));
    const written = (await events()).filter(({ kind }) => kind === 'note');
    expect(written.map(({ data }) => data.text)).toEqual(['客户撤回了一条消息']);
  });

  test('opens nothing where nobody is at work', async () => {
    const { house, tell } = await withReply('你好');
    await tell(remark('客户撤回了一条消息'));
    expect(await house.store.tickets.count({})).toBe(0);
  });
});
