/** What becomes of messages and replies when the puppet gateway dies, hangs, refuses or is lost behind a dead connection. */
import type { Outgoing } from '../../../adapters/channel';
import type { WechatOptions } from '../../../adapters/wechat/options';
import { memoryInbox } from '../../support/channelContract';
import { until } from '../../support/until';
import { type Gateway, openGateway } from '../../support/wechat/gateway';
import { openLine } from '../../support/wechat/line';
import { hasty, openWechat, type WechatRig } from '../../support/wechat/rig';

const SELF = { id: 'bot-a', name: '小桥' };
const HEARTBEAT_SECONDS = 1;

describe('a puppet gateway that is lost', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let gateway: Gateway;
  let rig: WechatRig;

  const open = (
    endpoint = gateway.reached.endpoint,
    heartbeatSeconds = HEARTBEAT_SECONDS,
    patience: WechatOptions['patience'] = {},
  ): Promise<WechatRig> =>
    openWechat(inbox.accept, {
      accounts: [{ account: 'help', ...gateway.reached, endpoint, heartbeatSeconds }],
      patience: { ...hasty, undecidedMs: 600_000, ...patience },
    });
  beforeEach(async () => {
    inbox = memoryInbox();
    gateway = await openGateway(SELF);
  });
  afterEach(async () => {
    await rig.close();
    await gateway.close();
  });
  const texts = () => inbox.stored.map(({ content }) => (content.kind === 'text' ? content.text : `<${content.kind}>`));
  const outgoing = (key: string, text: string): Outgoing => ({
    key,
    seq: 1,
    to: { channel: 'wechat', account: 'help', user: 'mother' },
    reply: { kind: 'text', text },
  });

  test('what it told of and never showed is asked for again when it is back: nothing lost, nothing twice, in order', async () => {
    rig = await open();
    await rig.becomes('help', 'online');
    gateway.mum(true);
    for (const text of ['第一句', '第二句', '第三句']) gateway.write({ id: text, from: 'mother', text });
    await until(() => rig.health('help').unsaved === 3, 'three messages are told of');
    await gateway.kill();
    await rig.becomes('help', 'away');
    gateway.mum(false);
    await gateway.revive();
    await rig.becomes('help', 'online');
    gateway.write({ id: '第三句', from: 'mother', text: '第三句' });
    gateway.write({ from: 'mother', text: '第四句' });
    await until(() => inbox.stored.length >= 4, 'all are stored');
    expect(texts()).toEqual(['第一句', '第二句', '第三句', '第四句']);
    expect(rig.health('help')).toMatchObject({ unsaved: 0, missed: 0 });
  });

  test('a send that it never answers ends with the login, is to be tried again, and holds up nobody after it', async () => {
    rig = await open();
    await rig.becomes('help', 'online');
    gateway.onSend(() => new Promise(() => undefined));
    gateway.hang(true);
    await expect(rig.wechat.send(outgoing('e1:0', '请重启手机。'))).rejects.toMatchObject({ name: 'ChannelError', retryable: true });
    gateway.onSend(async () => 'says');
    gateway.hang(false);
    await rig.becomes('help', 'online');
    await rig.wechat.send(outgoing('e1:0', '请重启手机。'));
    expect(gateway.said.map(({ text }) => text)).toEqual(['请重启手机。']);
  });

  test('a send that one which breathes never answers ends its login, too', async () => {
    rig = await open(undefined, undefined, { sayMs: 300 });
    await rig.becomes('help', 'online');
    gateway.onSend(() => new Promise(() => undefined));
    const sending = [rig.wechat.send(outgoing('e1:0', '请重启手机。')), rig.wechat.send(outgoing('e2:0', '好了吗？'))];
    const retried = { status: 'rejected', reason: { name: 'ChannelError', retryable: true } };
    expect(await Promise.allSettled(sending)).toMatchObject([retried, retried]);
    gateway.onSend(async () => 'says');
    await rig.becomes('help', 'online');
    await rig.wechat.send(outgoing('e1:0', '请重启手机。'));
    expect(gateway.said.map(({ text }) => text)).toEqual(['请重启手机。']);
  });

  test('one message that it does not give holds up nobody else, and is still asked for', async () => {
    rig = await open(undefined, undefined, { answerMs: 100, fetchMs: Array.from({ length: 1_000 }, () => 20) });
    await rig.becomes('help', 'online');
    gateway.mum(true, 'withheld');
    gateway.write({ id: 'withheld', from: 'father', text: '第一句' });
    gateway.write({ from: 'mother', text: '第二句' });
    await until(() => inbox.stored.length === 1, 'the other is stored');
    expect(texts()).toEqual(['第二句']);
    expect(rig.health('help')).toMatchObject({ unsaved: 1, missed: 0 });
    gateway.mum(false);
    await until(() => inbox.stored.length === 2, 'both are stored');
    expect(texts()).toEqual(['第二句', '第一句']);
  });

  test('what it told of while the program stops is still fetched and stored', async () => {
    rig = await open();
    await rig.becomes('help', 'online');
    gateway.mum(true);
    gateway.write({ from: 'mother', text: '第一句' });
    await until(() => rig.health('help').unsaved === 1, 'a message is told of');
    const stopping = rig.stop();
    gateway.mum(false);
    await stopping;
    expect(texts()).toEqual(['第一句']);
  });

  test('what is being said while the program stops is known to be said', async () => {
    rig = await open();
    await rig.becomes('help', 'online');
    let say = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      gateway.onSend(() => {
        resolve();
        return new Promise((answer) => {
          say = () => answer('says');
        });
      });
    });
    const sending = rig.wechat.send(outgoing('e1:0', '请重启手机。'));
    await begun;
    const stopping = rig.stop();
    say();
    await Promise.all([sending, stopping]);
    expect(gateway.said.map(({ text }) => text)).toEqual(['请重启手机。']);
  });

  test('one that cannot even be looked for is away again and again, and the program goes on', async () => {
    // Without the name of the certificate before it nothing is connected to, and there is nobody to ask for a sign of life.
    const token = gateway.reached.token.replaceAll('_', '-');
    rig = await openWechat(inbox.accept, { accounts: [{ account: 'help', ...gateway.reached, token, heartbeatSeconds: 0.3 }] });
    for (let n = 0; n < 2; n += 1) {
      await rig.becomes('help', 'away');
      await rig.becomes('help', 'starting');
    }
    expect(rig.health('help').heartbeat).toBeNull();
  });

  test('one whose stream another program has is away, not about to begin', async () => {
    const first = await open();
    await first.becomes('help', 'online');
    rig = await open(undefined, 600);
    await rig.becomes('help', 'away');
    await first.close();
    await rig.becomes('help', 'online');
  });

  test('behind a connection that died unnoticed it is found again over a new one', async () => {
    const line = await openLine(gateway.reached.endpoint);
    rig = await open(line.endpoint);
    await rig.becomes('help', 'online');
    line.dies();
    await rig.becomes('help', 'away');
    await rig.becomes('help', 'online');
    gateway.write({ from: 'mother', text: '还在吗' });
    await until(() => inbox.stored.length === 1, 'it is heard');
    await rig.wechat.send(outgoing('e1:0', '在的。'));
    expect(gateway.said.map(({ text }) => text)).toEqual(['在的。']);
    await line.close();
  });
});
