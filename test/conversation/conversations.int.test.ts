import { PassThrough } from 'node:stream';
import { ChannelError } from '../../adapters/channel';
import { auditCommand } from '../../src/cli/audit';
import { lineOf } from '../../src/desk/lines';
import { asideNotice, deadLetterNotice, post } from '../../src/desk/notices';
import { StoreError } from '../../src/store/collection';
import { createEmbeddedStore } from '../../src/store/embedded';
import type { Store } from '../../src/store/store';
import { until } from '../support/until';
import { createClock, MONDAY } from './clock';
import { createHouse, says, unreachable, visitor } from './house';

const MINUTE = 60_000;

describe('a message', () => {
  test('is answered, the answer stands in the transcript and nothing is left to do', async () => {
    const house = await createHouse();
    const accepted = await house.accept(says('你好', 'm1'));
    const replies = await house.settle(accepted, 1_000);
    await house.idle();
    expect(replies.map(({ reply }) => reply.text)).toEqual(['echo 你好']);
    expect(house.web.sent).toEqual(replies);
    expect((await house.history(visitor(), 0)).map(({ seq, author }) => [seq, author])).toEqual([
      [1, 'customer'],
      [2, 'bot'],
    ]);
    expect(await house.store.messages.get('web:main:m1')).toMatchObject({ status: 'done', outcome: 'answered', seq: 1 });
    expect(await house.store.conversations.get('web:main:wang')).toMatchObject({ outbox: [], seen: [], lease: null, outboxAt: null });
  });

  test('delivered twice by the platform is answered once', async () => {
    const house = await createHouse();
    const all = await Promise.all([1, 2, 3].map(() => house.accept(says('你好', 'm1'))));
    await house.idle();
    const later = await house.accept(says('你好', 'm1'));
    await house.idle();
    expect([...all, later].map(({ duplicate }) => duplicate)).toEqual([false, true, true, true]);
    expect(house.web.texts()).toEqual(['echo 你好']);
    expect((await house.settle(later, 1_000)).map(({ key }) => key)).toEqual(['web:main:m1:0']);
  });

  test('edited by the customer is kept beside the first and answered as well, once', async () => {
    const house = await createHouse();
    await house.accept(says('三年二班', 'm1'));
    const edited = await house.accept(says('三年三班', 'm1'));
    const again = await house.accept(says('三年三班', 'm1'));
    await house.idle();
    expect([edited.duplicate, again.duplicate]).toEqual([false, true]);
    expect(house.web.texts()).toEqual(['echo 三年二班', 'echo 三年三班']);
    expect(await house.store.messages.get(edited.id)).toMatchObject({ revises: 'web:main:m1', outcome: 'answered' });
  });

  test('that needs no answer ends as merged', async () => {
    const house = await createHouse();
    const accepted = await house.accept(says('quiet', 'm1'));
    await house.idle();
    expect(await house.settle(accepted, 1_000)).toEqual([]);
    expect(await house.audit()).toMatchObject({ accepted: 1, merged: 1, lost: 0 });
  });

  test('keeps the answers of another customer to themselves', async () => {
    const house = await createHouse();
    await Promise.all([house.accept(says('a', 'm1', visitor('wang'))), house.accept(says('b', 'm2', visitor('li')))]);
    await house.idle();
    expect((await house.history(visitor('li'), 0)).map(({ reply }) => reply?.text)).toEqual([undefined, 'echo b']);
  });
});

describe('a burst', () => {
  test('is stepped in the order it came, each message in a turn of its own', async () => {
    const house = await createHouse();
    const texts = Array.from({ length: 57 }, (_, n) => `m${n}`);
    await Promise.all(texts.map((text) => house.accept(says(text, text))));
    await house.idle();
    expect(house.web.texts()).toEqual(texts.map((text) => `echo ${text}`));
    const lines = await house.history(visitor(), 0);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, n) => n + 1));
    expect(await house.history(visitor(), 0, 3)).toEqual(lines.slice(-3));
    expect(await house.audit()).toMatchObject({ accepted: 57, answered: 57, lost: 0, pending: 0 });
  });

  test('a customer who comes back reads what was said since, and no more', async () => {
    const house = await createHouse();
    await house.accept(says('twice', 'm1'));
    await house.idle();
    await house.accept(says('later', 'm2'));
    expect((await house.history(visitor(), 2)).map(({ seq, author, reply }) => [seq, author, reply?.text])).toEqual([
      [3, 'bot', 'two'],
      [4, 'customer', undefined],
      [5, 'bot', 'echo later'],
    ]);
    await house.idle();
  });

  test('a customer who comes back reads what is decided, although the platform still takes its time over the reply before it', async () => {
    const house = await createHouse();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { send } = house.web.channel;
    let asked = 0;
    Object.assign(house.web.channel, {
      async send(outgoing: Parameters<typeof send>[0]) {
        asked += 1;
        if (asked === 1) await held;
        return send(outgoing);
      },
    });
    await house.accept(says('a', 'm1'));
    await until(() => asked === 1, 'the first reply is under way');
    const second = await house.accept(says('b', 'm2'));
    expect((await house.settle(second, 1_000)).map(({ seq }) => seq)).toEqual([4]);
    expect((await house.history(visitor(), 1)).flatMap(({ reply }) => reply?.text ?? [])).toEqual(['echo a', 'echo b']);
    release();
    await house.idle();
    expect((await house.history(visitor(), 1)).flatMap(({ reply }) => reply?.text ?? [])).toEqual(['echo a', 'echo b']);
  });
});

describe('a ticket', () => {
  test('is opened once, with its first event, its due time in working hours and the words of the customer', async () => {
    const house = await createHouse();
    const { id } = await house.accept(says('ticket 收不到短信', 'm1'));
    await house.idle();
    const [ticket] = await house.store.tickets.find({});
    expect(ticket).toMatchObject({ _id: '20261123-0001', key: `${id}:0`, status: 'open', conversation: 'web:main:wang', channel: 'web' });
    expect(ticket?.events.map(({ kind, by }) => [kind, by])).toEqual([['opened', 'bot']]);
    expect(ticket?.dueAt).toEqual(new Date('2026-11-24T09:00:00+08:00'));
    expect(await house.store.messages.get(id)).toMatchObject({ outcome: 'queued', owner: '20261123-0001' });
  });

  test('takes up what the customer adds while waiting, and the message belongs to it', async () => {
    const house = await createHouse();
    await house.accept(says('ticket 收不到短信', 'm1'));
    const { id } = await house.accept(says('从周一开始的', 'm2'));
    await house.idle();
    const ticket = await house.store.tickets.get('20261123-0001');
    expect(ticket?.events.at(-1)).toMatchObject({ kind: 'message', by: 'customer', data: { text: '从周一开始的' } });
    expect(await house.store.messages.get(id)).toMatchObject({ outcome: 'queued', owner: '20261123-0001' });
  });

  test('is known to the next message even before it stands in the store', async () => {
    const house = await createHouse();
    await Promise.all([house.accept(says('ticket 收不到短信', 'm1')), house.accept(says('tickets', 'm2'))]);
    await house.idle();
    expect(house.web.texts().at(-1)).toBe('20261123-0001');
  });

  test('numbers are unique over many conversations at once, and unused ones are used next', async () => {
    const house = await createHouse();
    await Promise.all(Array.from({ length: 60 }, (_, n) => house.accept(says(n % 2 ? 'ticket x' : 'hello', `m${n}`, visitor(`u${n}`)))));
    await house.idle();
    const numbers = (await house.store.tickets.find({})).map(({ _id }) => _id);
    expect(new Set(numbers).size).toBe(30);
    expect(numbers.every((number) => /^20261123-\d{4}$/.test(number))).toBe(true);
  });
});

describe('an agent', () => {
  const agent = (name: string, id: string) => ({ id, at: MONDAY, ticket: '20261123-0001', agent: name, agentName: `${name}老师` });
  const withTicket = async () => {
    const house = await createHouse();
    await house.accept(says('ticket 收不到短信', 'm1'));
    await house.idle();
    return house;
  };

  test('who claims first holds the ticket, the second hears who does', async () => {
    const house = await withTicket();
    const [one, two] = await Promise.all([
      house.deliver({ ...agent('li', 'c1'), kind: 'claim' }),
      house.deliver({ ...agent('chen', 'c2'), kind: 'claim' }),
    ]);
    await house.idle();
    expect(one.kind).toBe('accepted');
    expect(two).toMatchObject({ kind: 'refused', reason: 'held', assignee: 'li', assigneeName: 'li老师' });
    expect(house.web.texts().at(-1)).toBe('li老师为您服务');
    expect(await house.store.conversations.get('web:main:wang')).toMatchObject({ holder: { kind: 'agent', agent: 'li' } });
  });

  test('who clicks twice is heard once', async () => {
    const house = await withTicket();
    await house.deliver({ ...agent('li', 'c1'), kind: 'claim' });
    await house.deliver({ ...agent('li', 'c1'), kind: 'claim' });
    await house.deliver({ ...agent('li', 'c9'), kind: 'claim' });
    const again = await house.deliver({ ...agent('chen', 'c2'), kind: 'claim' });
    expect(await house.deliver({ ...agent('chen', 'c2'), kind: 'claim' })).toMatchObject({
      kind: 'refused',
      assignee: again.kind === 'refused' ? 'li' : '',
    });
    await house.idle();
    const ticket = await house.store.tickets.get('20261123-0001');
    expect(ticket?.events.map(({ kind }) => kind)).toEqual(['opened', 'claimed']);
    expect(house.web.texts().filter((text) => text.endsWith('为您服务'))).toHaveLength(1);
  });

  test('what was a note when it was first heard never goes to the customer when it is delivered again', async () => {
    const house = await withTicket();
    await house.deliver({ ...agent('li', 'n1'), kind: 'note', text: '家长很着急' });
    await house.deliver({ ...agent('li', 'n1'), kind: 'reply', text: '家长很着急' });
    await house.idle();
    const ticket = await house.store.tickets.get('20261123-0001');
    expect(ticket?.events.map(({ kind }) => kind)).toEqual(['opened', 'note']);
    expect(house.web.texts()).not.toContain('家长很着急');
  });

  test('speaks to the customer under their own name, in the order of the conversation', async () => {
    const house = await withTicket();
    await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: '您好,请重启手机' });
    await house.accept(says('好了', 'm2'));
    await house.deliver({ ...agent('li', 'r2'), kind: 'resolve', result: '重启后正常' });
    await house.idle();
    const lines = await house.history(visitor(), 2);
    expect(
      lines.map(({ author, authorName, reply, content }) => [
        author,
        authorName,
        reply?.text ?? (content?.kind === 'text' && content.text),
      ]),
    ).toEqual([
      ['agent', 'li老师', '您好,请重启手机'],
      ['customer', undefined, '好了'],
      ['bot', undefined, '处理结果:重启后正常'],
    ]);
    expect(await house.store.tickets.get('20261123-0001')).toMatchObject({
      status: 'resolved',
      result: '重启后正常',
      assignee: 'li',
      firstOwner: 'li',
    });
  });

  test('who passes the ticket on to a colleague, or to a department, is heard by the customer as that', async () => {
    const house = await withTicket();
    await house.deliver({ ...agent('li', 'c1'), kind: 'claim' });
    await house.deliver({ ...agent('li', 'p1'), kind: 'assign', to: { agent: 'chen', agentName: '陈老师' } });
    await house.deliver({ ...agent('chen', 'p2'), kind: 'assign', to: { department: '设备维修组' } });
    await house.idle();
    expect(house.web.texts().slice(-2)).toEqual(['陈老师为您服务', '已转设备维修组']);
    expect(await house.store.tickets.get('20261123-0001')).toMatchObject({ assignee: null, firstOwner: 'li', department: '设备维修组' });
  });

  test('has the ticket again when its customer comes back to a matter that was settled, and can take it up', async () => {
    const house = await withTicket();
    const first = await house.store.tickets.get('20261123-0001');
    await house.deliver({ ...agent('li', 'r1'), kind: 'resolve', result: '重启后正常' });
    await house.idle();
    house.clock.advance(86_400_000);
    await house.accept(says('again 20261123-0001', 'm2'));
    await house.idle();
    const ticket = await house.store.tickets.get('20261123-0001');
    expect(ticket).toMatchObject({ status: 'assigned', assignee: 'li', handoff: true });
    expect(ticket?.dueAt.getTime()).toBe((first?.dueAt.getTime() ?? 0) + 86_400_000);
    expect(ticket?.events.slice(-2).map(({ kind, by }) => [kind, by])).toEqual([
      ['reopened', 'customer'],
      ['amended', 'bot'],
    ]);
    expect(await house.deliver({ ...agent('li', 'c2'), kind: 'claim' })).toMatchObject({ kind: 'accepted' });
  });

  const outcomes = async (house: Awaited<ReturnType<typeof createHouse>>) =>
    (await house.store.tickets.get('20261123-0001'))?.events.flatMap(({ kind, data }) =>
      /delivered$/.test(kind) ? [[kind, data.act]] : [],
    );
  const pdf = { name: '说明.pdf', url: '/files/1', type: 'application/pdf', size: 9 };

  test('sees that words and files went out, once, and the customer has both', async () => {
    const house = await withTicket();
    await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: '请看说明', attachments: [pdf] });
    await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: '请看说明', attachments: [pdf] });
    await house.idle();
    expect(house.web.sent.slice(1).map(({ reply }) => [reply.kind, reply.text])).toEqual([
      ['text', '请看说明'],
      ['file', '说明.pdf'],
    ]);
    expect(await outcomes(house)).toEqual([['delivered', 'r1']]);
    expect((await house.history(visitor(), 2)).map(({ author, authorName }) => [author, authorName])).toEqual([
      ['agent', 'li老师'],
      ['agent', 'li老师'],
    ]);
  });

  test('sees nothing of words that wait for a channel that is away, and that they went once it is back', async () => {
    const house = await withTicket();
    house.web.refuse(unreachable(true));
    await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: '您好' });
    await house.idle();
    expect(await outcomes(house)).toEqual([]);
    house.web.refuse(null);
    house.clock.advance(1_000);
    await house.idle();
    expect(await outcomes(house)).toEqual([['delivered', 'r1']]);
  });

  test('sees why words could not be sent, and no mark says otherwise when the rest of them went', async () => {
    const house = await withTicket();
    house.web.refuse(({ reply }) => (reply.kind === 'text' ? unreachable(false)() : null));
    await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: '请看说明', attachments: [pdf] });
    await house.idle();
    expect(house.web.sent.at(-1)?.reply.kind).toBe('file');
    expect(await outcomes(house)).toEqual([['undelivered', 'r1']]);
    const ticket = await house.store.tickets.get('20261123-0001');
    expect(ticket?.events.at(-1)?.data.reason).toBe('客户的渠道拒收（the platform said no）');
    expect(await house.audit()).toMatchObject({ lost: 0, outboxAgeMs: 0 });
  });

  test('whose words went out right before the program stopped sees the mark once it runs again', async () => {
    const stopped = new Error('stopped');
    let sends = 0;
    const house = await createHouse({
      deps: {
        crash: (point) => {
          if (point === 'sent' && ++sends === 2) throw stopped;
        },
      },
      options: { retryMs: [1_000] },
    });
    await house.accept(says('ticket 收不到短信', 'm1'));
    await house.idle();
    await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: '您好' });
    await house.idle();
    house.clock.advance(1_000);
    await house.idle();
    expect(house.web.sent.filter(({ reply }) => reply.text === '您好').map(({ key }) => key)).toEqual([
      'desk:20261123-0001:r1:0',
      'desk:20261123-0001:r1:0',
    ]);
    expect(await outcomes(house)).toEqual([['delivered', 'r1']]);
  });

  test('who sends neither words nor a file hears so', async () => {
    const house = await withTicket();
    expect(await house.deliver({ ...agent('li', 'r1'), kind: 'reply', text: ' ' })).toMatchObject({ kind: 'refused', reason: 'invalid' });
  });

  test('leaves a note that the customer never sees', async () => {
    const house = await withTicket();
    await house.deliver({ ...agent('li', 'n1'), kind: 'note', text: '家长情绪激动' });
    await house.idle();
    expect((await house.store.tickets.get('20261123-0001'))?.events.at(-1)).toMatchObject({ kind: 'note', data: { text: '家长情绪激动' } });
    expect(JSON.stringify(await house.history(visitor(), 0))).not.toContain('家长情绪激动');
  });

  test('hears at once when the ticket does not exist or the act is not possible', async () => {
    const house = await withTicket();
    expect(await house.deliver({ ...agent('li', 'x'), ticket: '20261123-9999', kind: 'claim' })).toMatchObject({
      kind: 'refused',
      reason: 'unknown-ticket',
    });
    expect(await house.deliver({ ...agent('li', 'r1'), kind: 'resolve', result: '' })).toMatchObject({
      kind: 'refused',
      reason: 'incomplete',
    });
    await house.idle();
    expect(await house.audit()).toMatchObject({ lost: 0, pending: 0 });
  });
});

describe('a platform that cannot be reached', () => {
  test('gets the reply again after a while, in order, and exactly the replies that were waiting', async () => {
    const house = await createHouse();
    house.web.refuse(unreachable(true));
    await house.accept(says('a', 'm1'));
    await house.accept(says('b', 'm2'));
    await house.idle();
    expect(house.web.sent).toEqual([]);
    house.web.refuse(null);
    house.clock.advance(1_000);
    await house.idle();
    expect(house.web.texts()).toEqual(['echo a', 'echo b']);
    expect(await house.store.conversations.get('web:main:wang')).toMatchObject({ outbox: [], lease: null });
  });

  test('that asked for quiet is left alone for as long as it wished', async () => {
    const house = await createHouse();
    house.web.refuse(() => new ChannelError('too many', { retryable: true, retryAfterMs: 20_000 }));
    await house.accept(says('a', 'm1'));
    await house.idle();
    house.web.refuse(null);
    house.clock.advance(19_000);
    await house.idle();
    expect(house.web.sent).toEqual([]);
    house.clock.advance(1_000);
    await house.idle();
    expect(house.web.texts()).toEqual(['echo a']);
  });

  test('does not keep a ticket from being opened', async () => {
    const house = await createHouse();
    house.web.refuse(unreachable(true));
    await house.accept(says('hello', 'm1'));
    await house.accept(says('ticket 收不到短信', 'm2'));
    await house.idle();
    expect(await house.store.tickets.count({})).toBe(1);
    expect((await house.audit()).outboxAgeMs).toBeGreaterThanOrEqual(0);
  });

  test('for too long leaves the reply to a person, with the reason, and later messages are answered', async () => {
    const house = await createHouse({ options: { retryMs: [1_000, 2_000] } });
    house.web.refuse(({ reply }) => (reply.text === 'echo a' ? unreachable(true)() : null));
    await house.accept(says('a', 'm1'));
    await house.accept(says('b', 'm2'));
    await house.idle();
    for (const ms of [1_000, 2_000]) {
      house.clock.advance(ms);
      await house.idle();
    }
    expect(house.web.texts()).toEqual(['echo b']);
    const [ticket] = await house.store.tickets.find({});
    expect(ticket).toMatchObject({ flags: ['dead-letter'], handoff: true, department: '客服部' });
    expect(ticket?.events.at(-1)).toMatchObject({ kind: 'dead-lettered', data: { note: expect.stringContaining('the platform said no') } });
    expect(await house.store.messages.get('web:main:m1:0')).toMatchObject({ status: 'failed', owner: ticket?._id });
    expect(await house.store.messages.get('web:main:m1')).toMatchObject({ outcome: 'dead-lettered', owner: ticket?._id });
    expect(await house.audit()).toMatchObject({ accepted: 2, answered: 1, deadLettered: 1, lost: 0 });
  });

  test('a program killed right after it gave a reply up tries it once more, and nothing says that it failed', async () => {
    const store = await createEmbeddedStore({ memory: true });
    const { change } = store.conversations;
    let dead = false;
    const mortal: Store = {
      ...store,
      conversations: {
        ...store.conversations,
        change: (...given) => (dead ? Promise.reject(new StoreError('away', 'killed', { retryable: true })) : change(...given)),
      },
    };
    const clock = createClock();
    const before = await createHouse({ store: mortal, clock, options: { retryMs: [] } });
    before.web.refuse(() => {
      dead = true;
      return unreachable(true)();
    });
    await before.accept(says('a', 'm1'));
    await until(() => dead, 'it was given up');
    await new Promise((resolve) => setImmediate(resolve));
    dead = false;
    const after = await createHouse({ store, clock, options: { worker: 'two' } });
    const stop = await after.start();
    await after.idle();
    expect(after.web.texts()).toEqual(['echo a']);
    expect(await store.messages.get('web:main:m1:0')).toMatchObject({ status: 'sent' });
    expect(await after.audit()).toMatchObject({ answered: 1, deadLettered: 0, deadLetters: 0 });
    await stop();
  });

  test('for good is not asked again', async () => {
    const house = await createHouse();
    let asked = 0;
    house.web.refuse(() => {
      asked += 1;
      return unreachable(false)();
    });
    await house.accept(says('a', 'm1'));
    await house.idle();
    house.clock.advance(3_600_000);
    await house.idle();
    expect(asked).toBe(1);
    expect(await house.store.tickets.count({ flags: 'dead-letter' })).toBe(1);
  });

  test('that lets nothing through any more leaves a call to make, with what was not said, on one ticket however much follows', async () => {
    const house = await createHouse();
    house.web.refuse(() => new ChannelError('48 小时窗口已过，请致电客户', { retryable: false, callBack: true }));
    await house.accept(says('a', 'm1'));
    await house.idle();
    await house.accept(says('b', 'm2'));
    await house.idle();
    const [ticket, ...others] = await house.store.tickets.find({});
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({ status: 'open', flags: ['call-back'], handoff: true });
    const lines = ticket?.events.flatMap((event) => lineOf(event) ?? []).map((line) => ('text' in line ? line.text : ''));
    expect(lines).toEqual(['48 小时窗口已过，请致电客户。未能送达：「echo a」', '48 小时窗口已过，请致电客户。未能送达：「echo b」']);
    expect(await house.audit()).toMatchObject({ accepted: 2, deadLettered: 2, lost: 0 });
  });

  test('that never answers counts as one that said no', async () => {
    const house = await createHouse({
      deps: { channels: new Map([['web', { send: () => new Promise<void>(() => undefined) }]]) },
      options: { retryMs: [], sendTimeoutMs: 500 },
    });
    await house.accept(says('a', 'm1'));
    const idle = house.idle();
    for (let n = 0; n < 20; n += 1) {
      await new Promise(setImmediate);
      house.clock.advance(100);
    }
    await idle;
    expect(await house.store.tickets.count({ flags: 'dead-letter' })).toBe(1);
  });
});

describe('a message the program fails on', () => {
  test('is handed to a person with the reason, the customer is told, and the next message is answered', async () => {
    const house = await createHouse();
    const broken = await house.accept(says('boom', 'm1'));
    await house.accept(says('tickets', 'm2'));
    await house.idle();
    const [ticket] = await house.store.tickets.find({});
    expect(ticket?.flags).toEqual(['dead-letter']);
    expect(ticket?.events.at(-1)).toMatchObject({ kind: 'dead-lettered', data: { note: 'Error: the engine has a bug' } });
    expect(house.web.texts()).toEqual([`opened ${ticket?._id}`, String(ticket?._id)]);
    expect(await house.store.messages.get(broken.id)).toMatchObject({ status: 'dead', outcome: 'dead-lettered', owner: ticket?._id });
    expect(await house.audit()).toMatchObject({ accepted: 2, deadLettered: 1, lost: 0 });
  });

  test('still reaches a person when even the apology fails', async () => {
    const always = () => {
      throw new Error('beyond help');
    };
    const house = await createHouse({ deps: { step: always } });
    const broken = await house.accept(says('hello', 'm1'));
    await house.idle();
    const [ticket] = await house.store.tickets.find({});
    expect(ticket).toMatchObject({ flags: ['dead-letter'], handoff: true });
    expect(await house.store.messages.get(broken.id)).toMatchObject({ outcome: 'dead-lettered', owner: ticket?._id });
  });
});

describe('what its channel could not take in', () => {
  test('goes to a person with the reason, in its place, and is not answered', async () => {
    const house = await createHouse();
    const failed = { ...says('hello', 'm1'), failed: '邮件未能收下（附件存不进）' };
    const { id } = await house.accept(failed);
    expect(await house.accept(failed)).toMatchObject({ id, duplicate: true });
    await house.accept(says('tickets', 'm2'));
    await house.idle();
    const [ticket, ...others] = await house.store.tickets.find({});
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({ flags: ['dead-letter'] });
    expect(ticket?.events.at(-1)).toMatchObject({ kind: 'dead-lettered', data: { note: '邮件未能收下（附件存不进）' } });
    expect(house.web.texts()).toEqual([`opened ${ticket?._id}`, String(ticket?._id)]);
    expect(await house.audit()).toMatchObject({ accepted: 2, deadLettered: 1, lost: 0, aside: 0 });
  });

  test('and belongs to no conversation is counted and told of at the desk, once', async () => {
    const house = await createHouse();
    const mail = { account: 'help', id: 'm1', about: '发件人 li@parents.example', why: '邮件打不开' };
    expect(await post(house.store, asideNotice(mail, house.clock.now()))).toBe(true);
    expect(await post(house.store, asideNotice(mail, house.clock.now()))).toBe(false);
    await post(house.store, deadLetterNotice('web:main:m1:0', 'web:main:wang', '没有完成', house.clock.now()));
    const audit = await house.audit();
    expect(audit).toMatchObject({ accepted: 0, deadLetters: 1, aside: 1 });
    const output = new PassThrough({ encoding: 'utf8' });
    expect(auditCommand({ input: output, output, error: output }, audit, { json: false })).toBe(0);
    expect(output.read()).toContain('未能收下、留在邮箱里的邮件 1 封');
  });
});

describe('a timer', () => {
  test('fires once when it is due, also in a program started later', async () => {
    const clock = createClock();
    const before = await createHouse({ clock });
    await before.accept(says('wake', 'm1'));
    await before.idle();
    clock.advance(29 * MINUTE);
    const house = await createHouse({ store: before.store, clock, options: { worker: 'two' } });
    const stop = await house.start();
    await house.idle();
    expect(house.web.texts()).toEqual([]);
    clock.advance(2 * MINUTE);
    await new Promise(setImmediate);
    clock.advance(2_000);
    await stop();
    expect(house.web.texts()).toEqual(['timer formAbandoned']);
    expect(await house.store.conversations.get('web:main:wang')).toMatchObject({ wakes: {}, wakeAt: null });
  });

  test('that was cancelled does not fire', async () => {
    const house = await createHouse();
    const stop = await house.start();
    await house.accept(says('wake', 'm1'));
    await house.accept(says('calm', 'm2'));
    await house.idle();
    house.clock.advance(60 * MINUTE);
    await stop();
    expect(house.web.texts()).toEqual(['waiting', 'calm']);
  });
});

test('a flag raised by the engine stays on the conversation for a supervisor to find', async () => {
  const house = await createHouse();
  await house.accept(says('flag', 'm1'));
  await house.idle();
  expect(await house.store.conversations.find({ flags: 'abuse' })).toHaveLength(1);
});

test('what a customer told is remembered beyond the conversation in memory', async () => {
  const house = await createHouse();
  await house.accept(says('name 王小明', 'm1'));
  await house.idle();
  expect(await house.store.customers.get('web:main:wang')).toMatchObject({ slots: { name: { value: '王小明' } } });
});

test('a state written by another version restarts the dialog and keeps the transcript', async () => {
  const house = await createHouse();
  await house.accept(says('ticket x', 'm1'));
  await house.idle();
  await house.store.conversations.update({ _id: 'web:main:wang' }, { $set: { schema: 0 } });
  const next = await createHouse({ store: house.store, clock: house.clock, options: { worker: 'two' } });
  await next.accept(says('hello', 'm2'));
  await next.idle();
  expect(next.web.texts()).toEqual(['echo hello']);
  expect(await next.history(visitor(), 0)).toHaveLength(4);
});
