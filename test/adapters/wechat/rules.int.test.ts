import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelError, Outgoing } from '../../../adapters/channel';
import type { Patience } from '../../../adapters/wechat/options';
import type { Address } from '../../../dialogs/vocabulary';
import { memoryInbox } from '../../support/channelContract';
import { until } from '../../support/until';
import { type Gateway, openGateway, TOKEN } from '../../support/wechat/gateway';
import { hasty, memoryNotebook, openWechat, type WechatRig } from '../../support/wechat/rig';

const SELF = { id: 'bot-a', name: '小桥' };
const ROOM = 'class3@chatroom';

describe('WeChat over a puppet gateway', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let gateway: Gateway;
  let rig: WechatRig;

  const open = async (
    given: Partial<Parameters<typeof openWechat>[1]> = {},
    self: typeof SELF | null = SELF,
    pace: readonly [number, number] = [0, 0],
  ): Promise<void> => {
    inbox = memoryInbox();
    gateway = await openGateway(self ?? undefined);
    rig = await openWechat(inbox.accept, { accounts: [{ account: 'help', ...gateway.reached, pace, heartbeatSeconds: 2 }], ...given });
    if (self) await rig.becomes('help', 'online');
  };
  afterEach(async () => {
    await rig.close();
    await gateway.close();
  });
  const stored = (count: number) => until(() => inbox.stored.length >= count, `${count} messages are stored`);
  const texts = (): readonly string[] => inbox.stored.map(({ content }) => (content.kind === 'text' ? content.text : `<${content.kind}>`));
  const to = (user: string, thread?: string): Address => ({ channel: 'wechat', account: 'help', user, ...(thread && { thread }) });
  const outgoing = (key: string, text: string, address = to('mother')): Outgoing => ({
    key,
    seq: 1,
    to: address,
    reply: { kind: 'text', text },
  });
  const saidTo = (id: string): readonly string[] => gateway.said.flatMap((one) => (one.to === id ? [one.text] : []));

  test('in a group only who mentions the account is heard, each person apart, and the answer goes into the group by name', async () => {
    await open();
    gateway.person({ id: 'mother', name: '王妈妈' });
    gateway.person({ id: 'father', name: '李爸爸' });
    gateway.room(ROOM, '三(2)班家长群', ['bot-a', 'mother', 'father']);
    gateway.write({ from: 'mother', room: ROOM, text: '今天作业是什么？' });
    gateway.write({ from: 'mother', room: ROOM, text: '@所有人 明天春游', mentions: ['bot-a', 'father'] });
    gateway.write({ from: 'mother', room: ROOM, text: '@小桥\u2005收不到通知', mentions: ['bot-a'] });
    gateway.write({ from: 'father', room: ROOM, text: '@小桥 我也是' });
    await stored(2);
    expect(texts()).toEqual(['收不到通知', '我也是']);
    expect(inbox.stored.map(({ from, name }) => [from.user, from.thread, name])).toEqual([
      ['mother', ROOM, '王妈妈'],
      ['father', ROOM, '李爸爸'],
    ]);
    await rig.wechat.send(outgoing('e1:0', '请重启手机。', to('mother', ROOM)));
    expect(saidTo(ROOM)).toEqual(['@王妈妈\u2005请重启手机。']);
  });

  test('a message told twice at once is stored once, and hundreds at once all arrive in the order in which each person wrote', async () => {
    await open();
    for (let n = 0; n < 200; n += 1) {
      gateway.write({ id: `b${n}`, from: `p${n % 5}`, text: `第${n}句` });
      if (n % 7 === 0) gateway.write({ id: `b${n}`, from: `p${n % 5}`, text: `第${n}句` });
    }
    await stored(200);
    for (const person of ['p0', 'p1', 'p2', 'p3', 'p4']) {
      const numbers = inbox.stored.filter(({ from }) => from.user === person).map(({ id }) => Number(id.slice(1)));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
    expect(inbox.stored).toHaveLength(200);
  });

  test('what the store cannot take is held in memory and stored when it can, in order', async () => {
    await open();
    inbox.broken = true;
    gateway.write({ from: 'mother', text: '第一句' });
    gateway.write({ from: 'mother', text: '第二句' });
    await until(() => rig.health('help').unsaved === 2, 'two messages wait');
    inbox.broken = false;
    await stored(2);
    expect(texts()).toEqual(['第一句', '第二句']);
    await until(() => rig.health('help').unsaved === 0, 'nothing waits');
  });

  test('a voice message is kept as a file; one the gateway gives late is asked for again; one it never gives is asked of the customer', async () => {
    await open();
    const silk = Buffer.concat([Buffer.from('\u0002#!SILK_V3'), Buffer.alloc(64, 1)]);
    gateway.withhold(1);
    gateway.writeFile('mother', '语音.sil', silk);
    await stored(1);
    expect(inbox.stored[0]?.content).toMatchObject({ kind: 'voice', attachment: { type: 'audio/silk', size: silk.length } });
    gateway.withhold(100);
    gateway.writeFile('mother', '截图.png', silk);
    await until(() => saidTo('mother').length > 0, 'the customer is asked');
    expect(saidTo('mother')).toEqual(['没有收到您发的文件，请再发一次。']);
    expect(rig.health('help').missed).toBe(1);
  });

  test('a reply handed over again is not said twice, neither at once nor by the next process', async () => {
    await open();
    await Promise.all([rig.wechat.send(outgoing('e1:0', '请重启手机。')), rig.wechat.send(outgoing('e1:0', '请重启手机。'))]);
    await rig.wechat.send(outgoing('e1:0', '请重启手机。'));
    await rig.stop();
    const next = await openWechat(inbox.accept, { accounts: [{ account: 'help', ...gateway.reached }], notebook: rig.notebook });
    await next.wechat.send(outgoing('e1:0', '请重启手机。'));
    await expect(next.wechat.send(outgoing('e2:0', '好了吗？'))).rejects.toMatchObject({ retryable: true });
    await next.becomes('help', 'online');
    await next.wechat.send(outgoing('e1:0', '请重启手机。'));
    await next.wechat.send(outgoing('e2:0', '好了吗？'));
    await next.close();
    expect(saidTo('mother')).toEqual(['请重启手机。', '好了吗？']);
  });

  test('replies to one customer go out in order and at a pace, whoever else is spoken to', async () => {
    await open({ random: () => 0.5 }, SELF, [0.05, 0.15]);
    const began = Date.now();
    await Promise.all(['a', 'b', 'c', 'd'].map((text, n) => rig.wechat.send(outgoing(`e${n}:0`, text))));
    expect(saidTo('mother')).toEqual(['a', 'b', 'c', 'd']);
    expect(Date.now() - began).toBeGreaterThanOrEqual(3 * 95);
  });

  test('a gateway that dies or falls silent is noticed by its silence alone, told to supervisors when it lasts, and found again', async () => {
    await open();
    await gateway.kill();
    await rig.becomes('help', 'away');
    await expect(rig.wechat.send(outgoing('e1:0', '在吗'))).rejects.toMatchObject({ name: 'ChannelError', retryable: true });
    await until(() => rig.alerts.some(({ cause }) => cause === 'away'), 'supervisors are told');
    await gateway.revive();
    await rig.becomes('help', 'online');
    gateway.hang(true);
    await rig.becomes('help', 'away');
    gateway.hang(false);
    await rig.becomes('help', 'online');
    gateway.write({ from: 'mother', text: '还在吗' });
    await stored(1);
  });

  test('a logout asks supervisors for the phone, shows the code, and goes on after it was read', async () => {
    await open();
    await gateway.logout();
    await until(() => rig.health('help').state !== 'online', 'the login ended');
    await until(() => rig.health('help').state === 'starting' && rig.health('help').heartbeat !== null, 'the new life listens');
    gateway.scan('https://login.weixin.qq.com/l/abc');
    await rig.becomes('help', 'scan');
    await until(() => rig.alerts.some(({ cause }) => cause === 'scan'), 'supervisors are told');
    await gateway.login('bot-a');
    await rig.becomes('help', 'online');
    expect(rig.alerts.map(({ cause }) => cause)).toEqual(['scan']);
  });

  test('somebody else at the same gateway is neither heard nor spoken through until a person says so, and the bot never answers itself', async () => {
    await open();
    await rig.wechat.send(outgoing('e1:0', '请重启手机。'));
    // The gateway comes back with another phone; what the first one said still comes in.
    await gateway.kill();
    await gateway.logout();
    await gateway.login('bot-b');
    await gateway.revive();
    await rig.becomes('help', 'stranger');
    gateway.write({ from: 'bot-a', text: '请重启手机。', to: 'mother' });
    gateway.write({ from: 'mother', text: '给员工的私信' });
    await expect(rig.wechat.send(outgoing('e2:0', '您好'))).rejects.toMatchObject({ retryable: true });
    expect(rig.alerts.map(({ cause }) => cause)).toContain('stranger');
    await rig.notebook.write('bound/help', { identity: 'bot-b', name: '小桥二号' }, 1);
    await rig.becomes('help', 'online');
    gateway.write({ from: 'bot-a', text: '请重启手机。', to: 'mother' });
    gateway.write({ from: 'mother', text: '您好' });
    await stored(1);
    expect(texts()).toEqual(['您好']);
    expect(saidTo('mother')).toEqual(['请重启手机。']);
  });

  test('a gateway that claims another login without a logout begins a new life, so that no own word is taken for a customer’s', async () => {
    await open();
    gateway.claim('bot-b');
    await until(() => rig.health('help').state !== 'online', 'the life ended');
    await rig.becomes('help', 'online');
    gateway.write({ from: 'bot-a', text: '自己的话', to: 'mother' });
    gateway.write({ from: 'mother', text: '您好' });
    await stored(1);
    expect(texts()).toEqual(['您好']);
  });

  test('a conversation in which only the bot speaks falls silent and supervisors are told; agents may still write', async () => {
    await open({ loops: { alone: 3 } });
    for (let n = 0; n < 3; n += 1) await rig.wechat.send(outgoing(`e${n}:0`, `第${n}句`));
    await expect(rig.wechat.send(outgoing('e3:0', '还有'))).rejects.toMatchObject({ retryable: false });
    await expect(rig.wechat.send(outgoing('e4:0', '还有'))).rejects.toMatchObject({ retryable: false });
    await rig.wechat.send({ ...outgoing('e5:0', ''), reply: { kind: 'text', text: '我是李老师。', from: '李老师' } });
    await rig.wechat.send(outgoing('e6:0', '您好', to('father')));
    expect(saidTo('mother')).toEqual(['第0句', '第1句', '第2句', '我是李老师。']);
    expect(rig.alerts.map(({ cause }) => cause)).toEqual(['loop']);
    expect(rig.health('help').silenced).toBe(1);
  });

  test('a file of an agent reaches the customer whole', async () => {
    await open();
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    gateway.writeFile('mother', '图.png', png);
    await stored(1);
    const content = inbox.stored[0]?.content;
    if (content?.kind !== 'image') throw new Error('no picture came in');
    const reply = { kind: 'file', text: '图.png', attachment: content.attachment, from: '李老师' } as const;
    await rig.wechat.send({ ...outgoing('e1:0', ''), reply });
    expect(gateway.said.map(({ file, bytes }) => [file, bytes && Buffer.from(bytes).equals(png)])).toEqual([['图.png', true]]);
  });

  test('of two processes one logs in, and the other takes over when it stops', async () => {
    await open();
    const other = await openWechat(inbox.accept, {
      accounts: [{ account: 'help', ...gateway.reached }],
      notebook: rig.notebook,
      owner: 'another process',
    });
    await until(() => other.health('help').state === 'elsewhere', 'the other looked');
    expect(rig.health('help').state).toBe('online');
    await rig.stop();
    await other.becomes('help', 'online');
    await other.close();
  });

  describe('of several processes only the one that is logged in speaks, for all', () => {
    const another = (owner: string, patience: Partial<Patience> = {}) =>
      openWechat(inbox.accept, {
        accounts: [{ account: 'help', ...gateway.reached }],
        notebook: rig.notebook,
        shared: true,
        owner,
        patience: { ...hasty, ...patience },
      });
    const openTwo = async (patience: Partial<Patience> = {}) => {
      await open({ shared: true });
      const other = await another('another process', patience);
      await until(() => other.health('help').state === 'elsewhere', 'the other looked');
      return other;
    };

    test('what the others have to say is said once, in order, and they learn that it was', async () => {
      const other = await openTwo();
      for (const n of [1, 2, 3]) await other.wechat.send(outgoing(`e${n}:0`, `第${n}句`));
      await Promise.all([other.wechat.send(outgoing('e3:0', '第3句')), rig.wechat.send(outgoing('e3:0', '第3句'))]);
      expect(saidTo('mother')).toEqual(['第1句', '第2句', '第3句']);
      await other.close();
    });

    test('what the one who was logged in left unsaid is said by the next, once', async () => {
      const other = await openTwo();
      const third = await another('a third process');
      gateway.refuse(true);
      const send = () =>
        third.wechat.send(outgoing('e1:0', '请重启手机。')).then(
          () => 'said',
          (error: ChannelError) => error.retryable,
        );
      expect(await send()).toBe(true);
      await rig.stop();
      gateway.refuse(false);
      // As the desk does: whoever is just logging in says so, and is asked again.
      await until(async () => (await send()) === 'said', 'it is said by the next');
      expect([await send(), saidTo('mother')]).toEqual(['said', ['请重启手机。']]);
      await other.close();
      await third.close();
    });

    test('when nobody holds the login, or it came too late, nothing is said and whoever asked may try again', async () => {
      const other = await openTwo({ relayWithinMs: 150, lookMs: 60_000 });
      await rig.stop();
      await expect(other.wechat.send(outgoing('e1:0', '请重启手机。'))).rejects.toMatchObject({ retryable: true });
      const next = await another('the next process');
      await next.becomes('help', 'online');
      await next.wechat.send(outgoing('e2:0', '好了吗？'));
      expect(saidTo('mother')).toEqual(['好了吗？']);
      await other.close();
      await next.close();
    });
  });

  test('the login is kept in the data folder for this user alone', async () => {
    await open();
    const { mode } = await stat(join(rig.folder, 'help.memory-card.json'));
    expect(mode & 0o777).toBe(0o600);
    expect((await stat(rig.folder)).mode & 0o777).toBe(0o700);
  });

  test('a gateway that does not know our token lets nobody in', async () => {
    inbox = memoryInbox();
    gateway = await openGateway(SELF);
    const token = TOKEN.replace('6ba7', '7ba7');
    rig = await openWechat(inbox.accept, { accounts: [{ account: 'help', ...gateway.reached, token }] });
    await rig.becomes('help', 'away');
    gateway.write({ from: 'mother', text: '您好' });
    expect(inbox.stored).toEqual([]);
  });

  test('a store that is away when somebody logs in does not make them ours', async () => {
    const notebook = memoryNotebook();
    await open({ notebook }, null);
    await until(() => rig.health('help').heartbeat !== null, 'the gateway is heard');
    notebook.broken = true;
    gateway.person(SELF);
    await gateway.login(SELF.id);
    gateway.write({ from: 'mother', text: '您好' });
    await expect(rig.wechat.send(outgoing('e1:0', '您好'))).rejects.toMatchObject({ retryable: true });
    expect(inbox.stored).toEqual([]);
    notebook.broken = false;
    await rig.becomes('help', 'online');
    await stored(1);
  });
});
