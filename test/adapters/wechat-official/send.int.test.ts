/** What the platform lets us send, and what becomes of the rest. */
import type { Reply } from '../../../dialogs/vocabulary';
import { createFiles } from '../../../src/files/files';
import { memoryNotebook } from '../../support/memoryNotebook';
import { configured, school } from '../../support/wechat-official/platform';
import { type OfficialRig, openOfficialRig, type RigOptions } from '../../support/wechat-official/rig';

const HOUR = 3_600_000;
const SEND = '/cgi-bin/message/custom/send';
const bot = (text: string): Reply => ({ kind: 'text', text });
const agent = (text: string): Reply => ({ kind: 'text', text, from: '李老师' });
const template = { id: 'template-of-replies', fields: { thing1: '{text}', time2: '{time}' } };

let rig: OfficialRig;
let at: number;
const open = async (options: RigOptions = {}): Promise<void> => {
  at = Date.now();
  rig = await openOfficialRig({
    now: () => at,
    replyTo: ({ content }) => (content.kind === 'hello' ? bot('欢迎') : undefined),
    ...options,
  });
};
afterEach(async () => {
  await rig.stop();
  await rig.close();
});
let keys = 0;
const number = (): number => {
  keys += 1;
  return keys;
};
const send = (reply: Reply, key = `desk:T:act${number()}:0`) => rig.channel.send(rig.outgoing(key, 'u1', reply));
const budget = () => rig.channel.budget?.({ channel: 'wechat-official', account: 'school', user: 'u1' });
const shown = () => rig.platform.shown.map(({ by, text }) => `${by}: ${text}`);
/** A message to which nothing is answered yet. */
const writes = async (text = '在吗') => {
  const id = `9${Date.now()}${number()}`;
  rig.answers(id);
  await rig.platform.say('school', 'u1', text, id);
};

describe('what may be sent', () => {
  test('five messages within 48 hours of a message, and the next message opens them anew', async () => {
    await open();
    expect(await budget()).toBeNull();
    await writes();
    expect(await budget()).toEqual({ left: 5, until: at + 48 * HOUR });
    for (const text of ['一', '二', '三']) await send(agent(text));
    expect((await budget())?.left).toBe(2);
    at += HOUR;
    await writes();
    expect(await budget()).toEqual({ left: 5, until: at + 48 * HOUR });
    at += 48 * HOUR;
    expect(await budget()).toBeNull();
  });

  test('three within a minute of a follow, a scan or a button, and answers in responses cost nothing', async () => {
    await open();
    await rig.platform.event('school', 'u1', 'subscribe', { EventKey: '' });
    expect([shown(), await budget()]).toEqual([['response: 欢迎'], { left: 3, until: at + 60_000 }]);
    at += 60_000;
    expect(await budget()).toBeNull();
  });

  test('what the same key sends again is neither counted nor shown twice', async () => {
    await open();
    await writes();
    await send(agent('好的'), 'desk:T:a:0');
    await send(agent('好的'), 'desk:T:a:0');
    expect([shown(), (await budget())?.left]).toEqual([['call: 好的'], 4]);
  });

  test('a try that broke off in a long text goes on where it stopped', async () => {
    await open();
    await writes();
    const sentence = '请先把手机重启一次，然后再看通知。';
    const long = agent(sentence.repeat(60));
    rig.platform.api.refuseNext(SEND, null, -1);
    await expect(send(long, 'desk:T:a:0')).rejects.toMatchObject({ retryable: true });
    await send(long, 'desk:T:a:0');
    expect(rig.platform.shown.length).toBeGreaterThan(1);
    expect(rig.platform.shown.map(({ text }) => text).join('')).toBe(sentence.repeat(60));
    expect(rig.platform.shown.every(({ text }) => Buffer.byteLength(text) <= 2048 && text.endsWith('。'))).toBe(true);
    expect((await budget())?.left).toBe(5 - rig.platform.shown.length);
  });
});

describe('when the window is shut', () => {
  test('without a template an agent is asked to telephone', async () => {
    await open();
    await writes();
    at += 49 * HOUR;
    await expect(send(agent('已恢复'))).rejects.toMatchObject({ callBack: true, message: '48 小时窗口已过，请致电客户' });
    await expect(send(bot('请评价'))).rejects.toMatchObject({ callBack: true });
  });

  test('with a template the customer is invited once, and reads everything when they write', async () => {
    await open({ accounts: (base) => [{ ...configured(school, base), template }] });
    await writes();
    at += 49 * HOUR;
    await send(agent('您反映的考勤短信问题已经恢复，请您明天再看一下，谢谢。'));
    await send(agent('有问题请再联系我。'));
    expect(shown()).toEqual([expect.stringMatching(/^template: 您反映的考勤短信问题已经恢复，请您明天…\n20\d\d/)]);
    const id = `6${Date.now()}`;
    rig.answers(id, bot('您好'));
    const { text } = await rig.platform.say('school', 'u1', '什么事', id);
    expect(text).toBe('您反映的考勤短信问题已经恢复，请您明天再看一下，谢谢。\n\n有问题请再联系我。\n\n您好');
  });

  test('a file cannot wait until its link is over: the agent is told to send it again', async () => {
    await open({ accounts: (base) => [{ ...configured(school, base), template }] });
    await writes();
    at += 49 * HOUR;
    const attachment = { name: '说明.pdf', url: `/files/${'a'.repeat(64)}.pdf`, type: 'application/pdf', size: 9 };
    await expect(send({ kind: 'file', text: '附件：说明.pdf', attachment, from: '李老师' })).rejects.toMatchObject({
      callBack: true,
      message: expect.stringContaining('请在客户来信后再发一次'),
    });
    expect(shown()).toEqual([]);
  });

  test.each([
    [45015, '48 小时窗口已过，请致电客户'],
    [45047, '这位客户的发送条数已用完，请致电客户，或等客户来信后再发'],
    [43004, '客户已取消关注公众号，请致电客户'],
  ])('the platform’s own word counts, whatever was counted here: %i', async (code, message) => {
    await open();
    await writes();
    rig.platform.api.refuseNext(SEND, code);
    await expect(send(agent('好的'))).rejects.toMatchObject({ callBack: true, message });
    expect(await budget()).toBeNull();
  });

  test('who unfollowed is not written to', async () => {
    await open();
    await writes();
    await rig.platform.event('school', 'u1', 'unsubscribe');
    await expect(send(agent('好的'))).rejects.toMatchObject({ callBack: true, message: '客户已取消关注公众号，请致电客户' });
    expect(rig.platform.api.calls.send).toBe(0);
  });

  test('whoever was never heard here may still be written to when the platform knows them', async () => {
    await open();
    rig.platform.api.grant('school', 'u1', 'message');
    await send(agent('您好'));
    expect(shown()).toEqual(['call: 您好']);
  });
});

describe('the access token', () => {
  test.each(['ended by the platform', 'ended by another program that asked for one'])(
    '%s is replaced once, and the message goes once',
    async (how) => {
      await open();
      await writes();
      await send(agent('一'));
      if (how.includes('another')) await fetch(`${rig.platform.url}/cgi-bin/token?appid=${school.appId}&secret=${school.appSecret}`);
      else rig.platform.api.endToken('school');
      const before = rig.platform.api.calls.token;
      await Promise.all([send(agent('二')), send(agent('三'))]);
      expect([shown().toSorted(), rig.platform.api.calls.token - before]).toEqual([['call: 一', 'call: 三', 'call: 二'], 1]);
    },
  );

  test('is one for two processes on one store', async () => {
    const notebook = memoryNotebook();
    await open({ notebook });
    const first = rig;
    await writes();
    const other = await openOfficialRig({ notebook, accounts: () => [configured(school, first.platform.url)], now: () => at });
    await Promise.all([send(agent('一')), other.channel.send(other.outgoing('desk:T:z:0', 'u1', agent('二')))]);
    await other.stop();
    await other.close();
    expect([first.platform.api.calls.token, first.platform.shown.length]).toEqual([1, 2]);
  });

  test('of the stable kind is asked for by force only after it was refused', async () => {
    await open({ accounts: (base) => [{ ...configured(school, base), stableToken: true }] });
    await writes();
    await send(agent('一'));
    rig.platform.api.endToken('school');
    await send(agent('二'));
    expect(shown()).toEqual(['call: 一', 'call: 二']);
  });

  test('that cannot be had says in /readyz what to mend, and the send is tried again later', async () => {
    await open();
    await writes();
    rig.platform.api.refuseNext('/cgi-bin/token', 40164, 40164);
    await expect(send(agent('一'), 'desk:T:a:0')).rejects.toMatchObject({ retryable: true });
    expect(rig.channel.health?.()).toMatchObject({ school: { trouble: expect.stringContaining('IP whitelist') } });
    await send(agent('一'), 'desk:T:a:0').catch(() => undefined);
    await send(agent('一'), 'desk:T:a:0');
    expect([shown(), rig.channel.health?.()]).toEqual([['call: 一'], expect.objectContaining({ school: { heardAt: expect.any(String) } })]);
  });
});

describe('files of agents', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

  test('a picture is uploaded and shown as one', async () => {
    await open();
    await writes();
    const files = createFiles({ dir: rig.folder, secret: 'a secret for links to files' });
    const kept = await files.keep(
      (async function* () {
        yield png;
      })(),
      '说明.png',
    );
    if (kept.kind !== 'kept') throw new Error('the picture was refused');
    await send({ kind: 'file', text: '附件：说明.png', attachment: kept.attachment, from: '李老师' });
    expect(rig.platform.shown).toMatchObject([{ by: 'call', kind: 'image' }]);
    const [{ text } = { text: '' }] = rig.platform.shown;
    expect(Buffer.from(rig.platform.api.files.get(text)?.bytes ?? [])).toEqual(png);
  });

  test('any other file is a link that opens for a day', async () => {
    await open();
    await writes();
    const attachment = { name: '说明.pdf', url: `/files/${'a'.repeat(64)}.pdf`, type: 'application/pdf', size: 9 };
    await send({ kind: 'file', text: '附件：说明.pdf', attachment, from: '李老师' });
    expect(shown()).toEqual([expect.stringMatching(/^call: 附件：说明\.pdf\nhttps:\/\/help\.example\/files\/a{64}\.pdf\?.*sig=/)]);
  });
});
