import type { Accepted, Outgoing } from '../../../adapters/channel';
import type { Address, Reply } from '../../../dialogs/vocabulary';
import { memoryInbox } from '../../support/channelContract';
import { inGroup, mentioning } from '../../support/teams/activities';
import { type Mood, shownText, TOKEN } from '../../support/teams/platform';
import { ACCOUNTS, memoryNotebook, openRig, type TeamsRig, told } from './rig';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const wang: Address = { channel: 'teams', account: 'school', user: '29:wang' };
const text = (words: string): Reply => ({ kind: 'text', text: words });
const outgoing = (reply: Reply, key = 'e1:0', to = wang): Outgoing => ({ key, seq: 2, to, reply });

describe('Teams over the wire', () => {
  let inbox: ReturnType<typeof memoryInbox>;
  let rig: TeamsRig;
  const use = async (given: Parameters<typeof openRig>[1] = {}): Promise<void> => {
    rig = await openRig(inbox.accept, given);
  };
  const texts = (): string[] =>
    rig.platform.got.filter(({ activity }) => activity.type === 'message').map(({ activity }) => shownText(activity));
  const failure = (sending: Promise<void>) =>
    sending.then(
      () => null,
      (error: unknown) => error,
    );

  beforeEach(() => {
    inbox = memoryInbox();
  });
  afterEach(async () => {
    await rig.stop();
    await rig.close();
  });

  test.each(['{}', '[]', 'null', '7', '', 'not json', '{"type":"message"}', '{"type":7,"channelId":[]}', '\u0000'])(
    'junk is refused with what it is, and nothing of ours comes out: %j',
    async (body) => {
      await use();
      const response = await rig.post(body);
      const said = await response.text();
      expect([response.status, JSON.parse(said).error.code]).toEqual([400, 'message-invalid']);
      expect(said).not.toMatch(/at .*:\d+|node_modules|Error/);
    },
  );

  test('more than any message is refused', async () => {
    await use();
    expect((await rig.says('m1', 'x'.repeat(600_000))).status).toBe(413);
  });

  test('an account nobody configured is named as that', async () => {
    await use();
    const response = await rig.post({}, { path: '/channels/teams/nobody' });
    expect([response.status, (await response.json()).error.code]).toEqual([404, 'account-unknown']);
    expect((await fetch(`${rig.url}/channels/teams/school`)).status).toBe(404);
  });

  test('the usual address of a bot serves a single account, and no guess is made among several', async () => {
    await use({ accounts: [ACCOUNTS[0]] });
    expect((await rig.says('m1', '你好', {}, { path: '/api/messages' })).status).toBe(200);
    await rig.stop();
    await rig.close();
    await use();
    expect((await rig.says('m1', '你好', {}, { path: '/api/messages' })).status).toBe(404);
  });

  test('what another bot would answer, such as the button of a foreign card, is answered with no and changes nothing', async () => {
    await use();
    expect((await rig.says('m1', '', { type: 'invoke', name: 'adaptiveCard/action', value: {} })).status).toBe(501);
    expect(inbox.stored).toEqual([]);
  });

  test.each<[string, Mood]>([
    ['never answers', 'silent'],
    ['breaks off', 'cut'],
    ['refuses', { status: 502 }],
  ])('a platform that %s holds no message up: it is stored and acknowledged, and the reply waits', async (_, mood) => {
    // The turn is never over, so the dots are due as well.
    await use({ settle: () => new Promise(() => undefined), typingAfterMs: 0, sendWithinMs: 150 });
    rig.platform.behave(() => mood);
    const began = performance.now();
    expect((await rig.says('m1', '你好')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(inbox.stored.map(told)).toEqual([{ user: '29:wang', content: { kind: 'text', text: '你好' } }]);
    expect(await failure(rig.channel.send(outgoing(text('您好'))))).toMatchObject({ name: 'ChannelError', retryable: true });
    rig.platform.behave(() => 'fine');
    await rig.channel.send(outgoing(text('您好')));
    expect(texts()).toEqual(['您好']);
  });

  test('a reply is said once a try: who asks for quiet is not asked again at once, and says until when', async () => {
    await use();
    await rig.says('m1', '你好');
    let asked = 0;
    rig.platform.behave(() => {
      asked += 1;
      return { status: 429, headers: { 'retry-after': '9' }, code: 'TooManyRequests' };
    });
    expect(await failure(rig.channel.send(outgoing(text('您好'))))).toMatchObject({ retryable: true, retryAfterMs: 9_000 });
    expect(asked).toBe(1);
  });

  test('a customer who took the app away gets nothing more, and whoever looks is told why', async () => {
    await use();
    await rig.says('m1', '你好');
    rig.platform.behave(() => ({ status: 403, code: 'BotNotInConversationRoster' }));
    expect(await failure(rig.channel.send(outgoing(text('您好'))))).toMatchObject({
      retryable: false,
      message: expect.stringContaining('BotNotInConversationRoster'),
    });
    expect(rig.channel.health?.()).toMatchObject({
      accounts: [{ account: 'school', trouble: expect.stringContaining('403') }, { account: 'bureau' }],
    });
  });

  test('a long reply cut off in the middle goes on from there, and no part comes twice', async () => {
    await use();
    await rig.says('m1', '你好');
    const long = text('请先把手机重启一次，然后再看通知。'.repeat(600));
    const parts = rig.channel.encode(long).length;
    rig.platform.behave(() => (rig.platform.got.length === 1 ? 'cut' : 'fine'));
    expect(await failure(rig.channel.send(outgoing(long)))).toMatchObject({ retryable: true });
    rig.platform.behave(() => 'fine');
    await rig.channel.send(outgoing(long));
    expect(parts).toBeGreaterThan(2);
    expect(texts().join('')).toBe(long.text);
  });

  test('whoever loses patience with a slow platform and tries again joins the first try', async () => {
    await use();
    await rig.says('m1', '你好');
    await Promise.all([rig.channel.send(outgoing(text('您好'))), rig.channel.send(outgoing(text('您好')))]);
    expect(texts()).toEqual(['您好']);
  });

  test('the way back outlives a restart, and follows the customer when the platform moves', async () => {
    const notebook = memoryNotebook();
    await use({ notebook });
    await rig.says('m1', '你好');
    const before = rig;
    await use({ notebook });
    const mute = outgoing(text('第一'));
    await rig.channel.send(mute);
    expect(before.platform.got.map(({ activity }) => activity.text)).toEqual(['第一']);
    await rig.says('m2', '还在吗');
    await rig.channel.send(outgoing(text('第二'), 'e2:0'));
    expect(texts()).toEqual(['第二']);
    await before.stop();
    await before.close();
  });

  test('a reply goes to the one who wrote, from the bot that was written to, with its token, and answers no message that is not there', async () => {
    await use();
    await rig.says('m1', '你好');
    await rig.channel.send(outgoing(text('您好')));
    expect(rig.platform.got).toMatchObject([
      { conversation: 'a:wang', authorization: `Bearer ${TOKEN}`, activity: { from: { id: '28:bot' }, recipient: { id: '29:wang' } } },
    ]);
    expect(rig.platform.got[0]?.activity.replyToId).toBeUndefined();
  });

  test('nobody who never wrote is written to', async () => {
    await use();
    expect(await failure(rig.channel.send(outgoing(text('您好'))))).toMatchObject({ retryable: false });
  });

  test('in a group the answer is in the group and calls the one who asked', async () => {
    await use();
    await rig.says('m1', '', { ...inGroup('wang', '19:room'), ...mentioning('怎么收不到通知？') });
    const [asked] = inbox.stored;
    await rig.channel.send(outgoing(text('请重启'), 'e1:0', asked?.from));
    expect(rig.platform.got).toMatchObject([
      { conversation: '19:room', activity: { text: '<at>王老师</at> 请重启', entities: [{ mentioned: { id: '29:wang' } }] } },
    ]);
  });

  test('while a turn takes long the customer sees that somebody is writing; a quick one shows nothing', async () => {
    let finish: () => void = () => undefined;
    const settle = (_: Accepted) => new Promise<readonly Outgoing[]>((done) => (finish = () => done([])));
    await use({ settle, typingAfterMs: 0 });
    await rig.says('m1', '你好');
    expect(await rig.platform.until(() => rig.platform.got[0]?.activity.type)).toBe('typing');
    finish();
    await rig.stop();
    await rig.close();
    await use({ typingAfterMs: 0 });
    await rig.says('m2', '你好');
    await rig.channel.send(outgoing(text('您好')));
    expect(rig.platform.got.map(({ activity }) => activity.type)).toEqual(['message']);
  });

  test('a picture is asked for with our token where the message came from, and kept', async () => {
    await use();
    const contentUrl = rig.platform.put('1/views/original', { bytes: png, type: 'image/png' });
    await rig.says('m1', '看图', { attachments: [{ contentType: 'image/*', contentUrl }] });
    expect(rig.platform.asked).toEqual([{ path: '/v3/attachments/1/views/original', authorization: `Bearer ${TOKEN}` }]);
    expect(inbox.stored.map(({ content }) => content)).toMatchObject([
      { kind: 'text', text: '看图' },
      { kind: 'image', attachment: { name: '图片.png', type: 'image/png', url: expect.stringMatching(/^\/files\//) } },
    ]);
  });

  test('a file shared in a chat is fetched by the address that opens by itself', async () => {
    await use();
    const downloadUrl = rig.platform.put('pdf', { bytes: Buffer.from('%PDF-1.4\n%%EOF'), type: 'application/pdf' });
    const content = { downloadUrl, uniqueId: '1', fileType: 'pdf' };
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    await rig.says('m1', '', {
      attachments: [{ contentType, content, contentUrl: 'https://school.sharepoint.com/a.pdf', name: '通知.pdf' }],
    });
    expect(inbox.stored.map(({ content: kept }) => kept)).toMatchObject([
      { kind: 'file', attachment: { name: '通知.pdf', type: 'application/pdf', url: expect.stringMatching(/^\/files\//) } },
    ]);
  });

  test.each<[string, string, Mood | Uint8Array]>([
    ['is gone', '没有取到', { status: 404 }],
    ['is of a kind nobody takes', '这种文件收不了', Buffer.from('<svg/>')],
  ])('a file that %s is named in the log, and its customer is told: %s', async (_, words, given) => {
    await use();
    const contentUrl =
      given instanceof Uint8Array ? rig.platform.put('x', { bytes: given, type: 'image/svg+xml' }) : `${rig.platform.url}/v3/attachments/x`;
    expect((await rig.says('m1', '', { attachments: [{ contentType: 'image/svg+xml', contentUrl, name: '图.svg' }] })).status).toBe(200);
    expect(inbox.stored.map(({ content }) => content)).toMatchObject([{ kind: 'image', attachment: { name: '图.svg', size: 0 } }]);
    expect(await rig.platform.until(() => texts()[0])).toContain(words);
  });

  test('a file on a host we have no reason to trust is never asked for', async () => {
    await use();
    const other = await openRig(memoryInbox().accept);
    const contentUrl = other.platform.put('1', { bytes: png, type: 'image/png' });
    await rig.says('m1', '', { attachments: [{ contentType: 'image/png', contentUrl, name: '图.png' }] });
    expect(other.platform.asked).toEqual([]);
    expect(inbox.stored).toMatchObject([{ content: { kind: 'image', attachment: { size: 0 } } }]);
    await other.stop();
    await other.close();
  });

  test("an agent's file goes as a link that opens, or not at all where the server has no public address", async () => {
    const attachment = { name: '说明.pdf', url: `/files/${'a'.repeat(64)}.pdf`, type: 'application/pdf', size: 9 };
    const file: Reply = { kind: 'file', text: '请看说明', from: '李老师', attachment };
    await use();
    await rig.says('m1', '你好');
    await rig.channel.send(outgoing(file));
    const [card] = rig.platform.got[0]?.activity.attachments ?? [];
    expect(card?.content?.actions?.[0]?.url).toMatch(/^https:\/\/help\.example\/files\/a+\.pdf\?.*sig=/);
    await rig.stop();
    await rig.close();
    await use({ files: { keep: () => Promise.reject(new Error('no disk')), openOutside: (one) => one } });
    await rig.says('m1', '你好');
    expect(await failure(rig.channel.send(outgoing(file)))).toMatchObject({
      retryable: false,
      message: expect.stringContaining('PUBLIC_URL'),
    });
  });
});
