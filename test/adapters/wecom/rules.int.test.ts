import { type Accept, ChannelError, type News, type Outgoing } from '../../../adapters/channel';
import { msgidOf } from '../../../adapters/wecom/send';
import type { Inbound, Reply } from '../../../dialogs/vocabulary';
import { memoryInbox } from '../../support/channelContract';
import { memoryNotebook } from '../../support/memoryNotebook';
import { until } from '../../support/until';
import { signed } from '../../support/wecom/callback';
import { openRig, type WecomRig } from '../../support/wecom/rig';

const KFID = 'wk-school';
const text = (content: string) => ({ msgtype: 'text', text: { content } });
const textsOf = (messages: readonly Inbound[]) => messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
const to = { channel: 'wecom', account: 'school', user: 'u1' } as const;
const outgoing = (key: string, reply: Reply = { kind: 'text', text: `答${key}` }): Outgoing => ({ key, seq: 1, to, reply });
const byAgent = (key: string): Outgoing => outgoing(key, { kind: 'text', text: `人${key}`, from: '李老师' });

let rig: WecomRig;
let inbox: ReturnType<typeof memoryInbox>;
let news: News[];
const tell = async (one: News): Promise<void> => void news.push(one);
const open = async (change: Parameters<typeof openRig>[2] = {}, accept: Accept = inbox.accept) => {
  rig = await openRig(accept, tell, change);
  return rig.platform;
};
/** What the customer says is there, and the desk has taken it in. */
const heard = async (count: number) => until(() => inbox.stored.length >= count);

beforeEach(() => {
  inbox = memoryInbox();
  news = [];
});
afterEach(() => rig.close());

describe('what parents write', () => {
  test('every kind arrives as what it is', async () => {
    const { state, signal } = await open();
    const media = state.keepMedia('voice.amr', 'audio/amr', Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(64)]));
    state.say(KFID, 'u1', text('收不到通知'));
    state.say(KFID, 'u1', { msgtype: 'text', text: { content: '人工客服', menu_id: 'human' } });
    state.say(KFID, 'u1', { msgtype: 'voice', voice: { media_id: media } });
    state.say(KFID, 'u1', { msgtype: 'location', location: { latitude: 22.8, longitude: 108.3, name: '实验小学', address: '民族大道' } });
    state.say(KFID, 'u1', { msgtype: 'link', link: { title: '怎么绑定', url: 'https://help.example/bind' } });
    state.say(KFID, 'u1', { msgtype: 'miniprogram', miniprogram: { title: '校讯通' } });
    state.say(KFID, 'u1', { msgtype: 'sticker_of_tomorrow' });
    await signal(KFID);
    await heard(7);
    expect(inbox.stored.map(({ content }) => content)).toEqual([
      { kind: 'text', text: '收不到通知' },
      { kind: 'choice', value: 'human', label: '人工客服' },
      { kind: 'voice', attachment: expect.objectContaining({ type: 'audio/amr', name: 'voice.amr' }) },
      { kind: 'location', latitude: 22.8, longitude: 108.3, label: '实验小学 民族大道' },
      { kind: 'text', text: '怎么绑定\nhttps://help.example/bind' },
      { kind: 'text', text: '［小程序］校讯通' },
      { kind: 'text', text: '［暂不支持的消息类型：sticker_of_tomorrow］' },
    ]);
    expect(new Set(inbox.stored.map(({ from }) => from.user))).toEqual(new Set(['u1']));
  });

  test('a file that WeCom has no more is told of without it; one that only fails now is fetched again', async () => {
    const { state, signal } = await open({ retryMs: 1 });
    state.say(KFID, 'u1', { msgtype: 'video', video: { media_id: 'gone' } });
    await signal(KFID);
    await heard(1);
    expect(inbox.stored[0]?.content).toMatchObject({ kind: 'file', attachment: { name: '视频（未能取得）' } });
    const { moods } = rig.platform;
    state.say(KFID, 'u2', {
      msgtype: 'file',
      file: { media_id: state.keepMedia('通知.pdf', 'application/pdf', Buffer.from('%PDF-1.4\n%%EOF')) },
    });
    moods.failNext.push(['/media/get', -1]);
    await signal(KFID);
    await heard(2);
    expect(inbox.stored[1]?.content).toMatchObject({ kind: 'file', attachment: { name: '通知.pdf', type: 'application/pdf' } });
  });

  test('while one message of a page cannot be stored, the files of the others are fetched once', async () => {
    const tries = { bad: 0 };
    const accept: Accept = async (message) => {
      if (message.from.user !== 'u1' || tries.bad === 3) return inbox.accept(message);
      tries.bad += 1;
      throw new Error('not now');
    };
    const { state, signal, calls } = await open({ retryMs: 1 }, accept);
    const media = state.keepMedia('通知.pdf', 'application/pdf', Buffer.from('%PDF-1.4\n%%EOF'));
    state.say(KFID, 'u1', text('你好'));
    state.say(KFID, 'u2', { msgtype: 'file', file: { media_id: media } });
    await signal(KFID);
    await heard(2);
    expect(calls.filter(({ path }) => path === '/cgi-bin/media/get')).toHaveLength(1);
  });

  test('what servicers write in WeCom is no message of the parent, and agents learn of it', async () => {
    const { state, signal } = await open();
    state.append(KFID, { origin: 5, open_kfid: KFID, external_userid: 'u1', servicer_userid: 'zhang', ...text('我来处理') });
    state.event(KFID, 'u1', 'user_recall_msg', { recall_msgid: 'm9' });
    state.event(KFID, '', 'servicer_status_change', { servicer_userid: 'zhang', status: 1 });
    state.say(KFID, 'u1', text('好的'));
    await signal(KFID);
    await heard(1);
    expect(textsOf(inbox.stored)).toEqual(['好的']);
    expect(news).toMatchObject([
      { kind: 'remark', of: to, text: '企业微信接待人员 zhang 回复：我来处理' },
      { kind: 'remark', of: to, text: '客户撤回了一条消息' },
    ]);
  });

  test('the second customer-service account is another conversation, and is answered from there', async () => {
    const { state, signal } = await open();
    state.say('wk-second', 'u1', text('你好'));
    await signal('wk-second');
    await heard(1);
    const from = inbox.stored[0]?.from;
    expect(from).toEqual({ ...to, thread: 'wk-second' });
    await rig.wecom.send({ key: 'a:0', seq: 1, to: from ?? to, reply: { kind: 'text', text: '您好' } });
    expect([rig.got('wk-second', 'u1'), rig.got(KFID, 'u1')]).toEqual([['您好'], []]);
  });
});

describe('fetching', () => {
  test('goes page by page to the end, over empty pages that promise more', async () => {
    const { state, signal, moods } = await open();
    moods.pageSize = 3;
    moods.emptyFirst = true;
    for (let n = 0; n < 10; n += 1) state.say(KFID, `u${n % 2}`, text(`第${n}句`));
    await signal(KFID);
    await heard(10);
    expect(textsOf(inbox.stored).toSorted()).toEqual(Array.from({ length: 10 }, (_, n) => `第${n}句`));
    const mine = inbox.stored.filter(({ from }) => from.user === 'u1');
    expect(textsOf(mine)).toEqual(['第1句', '第3句', '第5句', '第7句', '第9句']);
  });

  test('pages that overlap double nothing', async () => {
    const { state, signal, moods } = await open();
    moods.pageSize = 2;
    moods.overlap = 2;
    for (let n = 0; n < 6; n += 1) state.say(KFID, 'u1', text(`第${n}句`));
    await signal(KFID);
    await heard(6);
    expect(inbox.stored).toHaveLength(6);
  });

  test('history from before it was first switched on is left alone; after a pause everything is fetched', async () => {
    const notebook = memoryNotebook();
    const platform = await open({ notebook });
    const old = Math.floor(Date.now() / 1_000) - 86_400;
    platform.state.append(KFID, { origin: 3, open_kfid: KFID, external_userid: 'u1', ...text('昨天的话'), send_time: old });
    platform.state.say(KFID, 'u1', text('今天的话'));
    await platform.signal(KFID);
    await heard(1);
    expect(textsOf(inbox.stored)).toEqual(['今天的话']);
    await rig.stop();
    platform.state.say(KFID, 'u1', text('停着时的话'));
    const stop = await rig.another(inbox.accept);
    await heard(2);
    await stop();
    expect(textsOf(inbox.stored)).toEqual(['今天的话', '停着时的话']);
  });

  test('a signal heard just before a crash is followed by the next process, without another one', async () => {
    const platform = await open();
    platform.moods.away = true;
    platform.state.say(KFID, 'u1', text('急'));
    expect(await platform.signal(KFID)).toBe(true);
    await rig.stop();
    const mark = async () => (await rig.notebook.read(`mark:school:${KFID}`))?.value;
    expect(await mark()).toMatchObject({ asked: 1, done: 0 });
    platform.moods.away = false;
    const stop = await rig.another(inbox.accept);
    await heard(1);
    await until(async () => JSON.stringify(await mark()).includes('"done":1'));
    await stop();
  });

  test('the cursor stays before what could not be stored, and the whole page comes again', async () => {
    const refusing = { of: '第2句', left: 2 };
    const accept: Accept = async (message) => {
      if (message.content.kind === 'text' && message.content.text === refusing.of && refusing.left > 0) {
        refusing.left -= 1;
        throw new Error('the store is away');
      }
      return inbox.accept(message);
    };
    const { state, signal } = await open({ retryMs: 1 }, accept);
    for (let n = 0; n < 4; n += 1) state.say(KFID, 'u1', text(`第${n}句`));
    await signal(KFID);
    await heard(4);
    expect(textsOf(inbox.stored)).toEqual(['第0句', '第1句', '第2句', '第3句']);
  });

  test('what can never be stored is with a person after some tries, and all others, of this page and behind it, go on', async () => {
    const tries = { bad: 0 };
    const accept: Accept = async (message) => {
      if (message.failed !== undefined || message.from.user !== 'u1') return inbox.accept(message);
      tries.bad += 1;
      throw new Error('document too large');
    };
    const { state, signal, moods } = await open({ retryMs: 1 }, accept);
    moods.pageSize = 3;
    state.say(KFID, 'u1', text('坏话'), 'm-bad');
    for (const user of ['u2', 'u3', 'u4']) state.say(KFID, user, text(`${user}的话`));
    await signal(KFID);
    await heard(4);
    expect(textsOf(inbox.stored)).toEqual(['u2的话', 'u3的话', '坏话', 'u4的话']);
    expect(inbox.stored[2]).toMatchObject({ id: 'm-bad/aside', from: to, failed: '微信客服的消息未能收下（document too large）' });
    expect(tries.bad).toBe(6);
  });

  test('while the store is away nothing is put aside, however often it is tried', async () => {
    const notebook = memoryNotebook();
    let [away, tries] = [false, 0];
    const failing = {
      ...notebook,
      write: (...given: Parameters<typeof notebook.write>) =>
        away && given[0].startsWith('tried:') ? Promise.reject(new Error('away')) : notebook.write(...given),
    };
    const accept: Accept = async (message) => {
      if (!away) return inbox.accept(message);
      tries += 1;
      throw new Error('away');
    };
    const { state, signal } = await open({ retryMs: 1, notebook: failing }, accept);
    away = true;
    state.say(KFID, 'u1', text('你好'));
    await signal(KFID);
    await until(() => tries > 8, 'it was tried often');
    away = false;
    await heard(1);
    expect(inbox.stored.map(({ failed }) => failed)).toEqual([undefined]);
  });

  test('a part that is not as documented is told of, and what is no message at all holds up nobody', async () => {
    const { state, signal } = await open();
    state.say(KFID, 'u1', { msgtype: 'text', text: { words: '你好' } });
    state.say(KFID, 'u1', { msgtype: 'image', image: {} });
    state.append(KFID, { origin: 3, msgtype: 'text', send_time: 'yesterday' as unknown as number });
    state.say(KFID, 'u1', text('在吗'));
    await signal(KFID);
    await heard(3);
    expect(textsOf(inbox.stored)).toEqual(['［暂不支持的消息类型：text］', '［暂不支持的消息类型：image］', '在吗']);
  });

  test('a clock that was wrong when it was first switched on costs no message but those of that moment', async () => {
    const wrong = Date.now() + 86_400_000;
    const platform = await open({ now: () => wrong });
    const cursor = async () => JSON.stringify((await rig.notebook.read(`cursor:school:${KFID}`))?.value ?? '');
    await until(async () => (await cursor()).includes('"caughtUp":true'), 'its end was reached');
    platform.state.append(KFID, {
      origin: 3,
      open_kfid: KFID,
      external_userid: 'u1',
      ...text('在吗'),
      send_time: Math.floor(Date.now() / 1_000),
    });
    await platform.signal(KFID);
    await heard(1);
    expect(textsOf(inbox.stored)).toEqual(['在吗']);
  });

  test('a hundred signals at once are each heard, and every message is fetched once', async () => {
    const { state, signal } = await open();
    for (let n = 0; n < 100; n += 1) state.say(KFID, `u${n}`, text('在吗'));
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => signal(KFID))))).toEqual(new Set([true]));
    await heard(100);
    expect(inbox.stored).toHaveLength(100);
  });

  test('without any callback messages are found all the same', async () => {
    const { state, moods } = await open({ pullMs: 30 });
    moods.callbacks = false;
    await until(() => rig.platform.calls.some(({ path }) => path === '/cgi-bin/kf/sync_msg'));
    state.say(KFID, 'u1', text('有人吗'));
    await heard(1);
  });

  test('two processes fetch a line one at a time and hand on nothing twice', async () => {
    let [abreast, most, calls] = [0, 0, 0];
    const accept: Accept = async (message) => {
      calls += 1;
      abreast += 1;
      most = Math.max(most, abreast);
      await new Promise((resolve) => setImmediate(resolve));
      abreast -= 1;
      return inbox.accept(message);
    };
    const platform = await open({ pullMs: 20 }, accept);
    const stop = await rig.another(accept);
    platform.moods.pageSize = 1;
    for (let n = 0; n < 20; n += 1) {
      platform.state.say(KFID, 'u1', text(`第${n}句`));
      await platform.signal(KFID);
    }
    await heard(20);
    await stop();
    expect([most, calls]).toEqual([1, 20]);
    expect(textsOf(inbox.stored)).toEqual(Array.from({ length: 20 }, (_, n) => `第${n}句`));
  });

  test('while another process fetches the line it is looked at again by one clock, however many signals come', async () => {
    const notebook = memoryNotebook();
    await notebook.write(`pulling:school:${KFID}`, { owner: 'another process', until: Date.now() + 3_600_000 }, null);
    const { signal } = await open({ notebook });
    const clocks = jest.spyOn(globalThis, 'setTimeout');
    for (let n = 0; n < 20; n += 1) await signal(KFID);
    const stopped = jest.spyOn(globalThis, 'clearTimeout');
    await rig.stop();
    const ticking = clocks.mock.results.filter((_, n) => clocks.mock.calls[n]?.[1] === 400);
    expect(ticking.length).toBeGreaterThan(0);
    expect(stopped.mock.calls.filter(([timer]) => ticking.some(({ value }) => value === timer))).toHaveLength(1);
    clocks.mockRestore();
    stopped.mockRestore();
  });

  test('a callback for an account nobody entered is named in the log, for the operator', async () => {
    const platform = await open();
    const [school] = rig.corps;
    const event = signed(school, '<xml><Event>kf_msg_or_event</Event><Token>t</Token><OpenKfId>wk-forgotten</OpenKfId></xml>', Date.now());
    expect((await fetch(`${rig.address('school')}?${event.query}`, { method: 'POST', body: event.body })).status).toBe(200);
    expect(platform.calls.filter(({ asked }) => asked.open_kfid === 'wk-forgotten')).toEqual([]);
    expect(rig.logged).toContainEqual([{ account: 'school', kfid: 'wk-forgotten' }, expect.stringContaining('kfids')]);
  });

  test('an access_token that is over, a token of the callback that is, and a cursor that is refused are got over', async () => {
    const { state, signal, moods, expireTokens } = await open();
    state.say(KFID, 'u1', text('一'));
    await signal(KFID);
    await heard(1);
    expireTokens();
    state.say(KFID, 'u1', text('二'));
    await signal(KFID);
    await heard(2);
    moods.failNext.push(['/sync_msg', 95_007]);
    state.say(KFID, 'u1', text('三'));
    await signal(KFID);
    await heard(3);
    moods.failNext.push(['/sync_msg', 40_058]);
    state.say(KFID, 'u1', text('四'));
    await signal(KFID);
    await heard(4);
    expect(textsOf(inbox.stored)).toEqual(['一', '二', '三', '四']);
  });

  test('while WeCom is away the health says so, and everything is fetched once it is back', async () => {
    const { state, signal, moods } = await open({ retryMs: 5 });
    moods.away = true;
    state.say(KFID, 'u1', text('在吗'));
    await signal(KFID);
    const line = () => (rig.wecom.health?.() as { lines: { failing?: string; pulledAt?: string }[] } | undefined)?.lines[0];
    await until(() => line()?.failing);
    moods.away = false;
    await heard(1);
    await until(() => line()?.failing === undefined && line()?.pulledAt);
  });
});

describe('the callback address', () => {
  test('proves itself to the admin console, and to nobody who signs otherwise', async () => {
    await open();
    const [school] = rig.corps;
    const echo = signed(school, '1616140317555161061', Date.now());
    const ask = (query: string, cipher: string) => fetch(`${rig.address('school')}?${query}&echostr=${encodeURIComponent(cipher)}`);
    const good = await ask(echo.query, echo.cipher);
    expect([good.status, await good.text()]).toEqual([200, '1616140317555161061']);
    const forged = signed({ ...school, token: 'another token' }, '1616140317555161061', Date.now());
    expect((await ask(forged.query, forged.cipher)).status).toBe(401);
    expect((await fetch(`${rig.address('nobody')}?${echo.query}`)).status).toBe(404);
    expect((await fetch(rig.address('school'), { method: 'POST', body: 'no xml' })).status).toBe(400);
    expect((await fetch(rig.address('school'), { method: 'POST', body: 'x'.repeat(70_000) })).status).toBe(413);
  });

  test('one signed for another corporation is refused', async () => {
    const { state } = await open();
    const [school, other] = rig.corps;
    state.say(KFID, 'u1', text('你好'));
    const foreign = signed({ ...school, corpId: other.corpId }, '<xml><Event>kf_msg_or_event</Event></xml>', Date.now());
    const response = await fetch(`${rig.address('school')}?${foreign.query}`, { method: 'POST', body: foreign.body });
    expect([response.status, inbox.stored]).toEqual([401, []]);
  });

  test('is heard only once the signal is durable', async () => {
    const notebook = memoryNotebook();
    let broken = false;
    const failing = {
      ...notebook,
      write: (...given: Parameters<typeof notebook.write>) => (broken ? Promise.reject(new Error('away')) : notebook.write(...given)),
    };
    const { signal } = await open({ notebook: failing });
    await until(() => rig.platform.calls.length > 0);
    broken = true;
    expect(await signal(KFID)).toBe(false);
    broken = false;
    expect(await signal(KFID)).toBe(true);
  });
});

describe('answers', () => {
  async function afterHello(change: Parameters<typeof open>[0] = {}) {
    const platform = await open({ retryMs: 5, ...change });
    platform.state.say(KFID, 'u1', text('你好'));
    await platform.signal(KFID);
    await heard(1);
    return platform;
  }

  test('go out under our own id, and a repeat is one message', async () => {
    const platform = await afterHello();
    await rig.wecom.send(outgoing('k1'));
    await rig.wecom.send(outgoing('k1'));
    expect(rig.got(KFID, 'u1')).toEqual(['答k1']);
    expect(platform.state.got[0]?.msgid).toMatch(/^[0-9a-zA-Z_-]{32}$/);
    expect((await rig.wecom.budget?.(to))?.left).toBe(4);
  });

  test('one that arrived although the answer was lost on its way is not sent twice', async () => {
    let cut = false;
    const platform = await open({ line: (path) => (cut && path.endsWith('/send_msg') ? 'after' : 'up') });
    platform.state.say(KFID, 'u1', text('你好'));
    await platform.signal(KFID);
    await heard(1);
    cut = true;
    await expect(rig.wecom.send(outgoing('k1'))).rejects.toMatchObject({ retryable: true });
    cut = false;
    await rig.wecom.send(outgoing('k1'));
    expect(rig.got(KFID, 'u1')).toEqual(['答k1']);
    expect((await rig.wecom.budget?.(to))?.left).toBe(4);
  });

  test('choices are a menu to tap', async () => {
    const platform = await afterHello();
    const options = [
      { value: 'role:parent', label: '家长' },
      { value: 'role:teacher', label: '教师' },
    ];
    await rig.wecom.send(outgoing('k1', { kind: 'choices', text: '您是？', options }));
    expect(platform.state.got[0]?.body).toMatchObject({
      msgtype: 'msgmenu',
      msgmenu: {
        head_content: '您是？',
        list: [{ type: 'click', click: { id: 'role:parent', content: '家长' } }, { click: { content: '教师' } }],
      },
    });
  });

  test('after five the platform lets nothing through: four are the bot’s, the last is a person’s, and the next message opens it again', async () => {
    const platform = await afterHello();
    for (const n of [1, 2, 3, 4]) await rig.wecom.send(outgoing(`k${n}`));
    await rig.wecom.send(byAgent('k6'));
    await expect(rig.wecom.send(byAgent('k7'))).rejects.toMatchObject({ retryable: false, callBack: true });
    expect([rig.got(KFID, 'u1').length, await rig.wecom.budget?.(to)]).toEqual([5, null]);
    platform.state.say(KFID, 'u1', text('还在吗'));
    await platform.signal(KFID);
    await heard(2);
    await rig.wecom.send(outgoing('k8'));
    expect(rig.got(KFID, 'u1').at(-1)).toBe('答k8');
  });

  test('that the session stays unclaimed for now keeps no word back', async () => {
    const platform = await afterHello();
    platform.moods.failNext.push(['/service_state/trans', -1]);
    await rig.wecom.send(outgoing('k1'));
    expect(rig.got(KFID, 'u1')).toEqual(['答k1']);
  });

  test('once the 48 hours are over nothing waits: an agent telephones', async () => {
    let at = Date.now();
    const platform = await afterHello({ now: () => at });
    for (const n of [1, 2, 3, 4]) await rig.wecom.send(outgoing(`k${n}`));
    at += 48 * 3_600_000 + 1_000;
    await expect(rig.wecom.send(outgoing('k5'))).rejects.toMatchObject({ retryable: false, callBack: true });
    expect(platform.state.got).toHaveLength(4);
  });

  test('a limit the platform counts otherwise than we do ends it, with a reason for agents; the bot’s words wait', async () => {
    const platform = await afterHello();
    platform.state.sessionOf(KFID, 'u1').left = 0;
    await rig.wecom.send(outgoing('k1'));
    await expect(rig.wecom.send(byAgent('k2'))).rejects.toMatchObject({ retryable: false, callBack: true });
    expect(await rig.wecom.budget?.(to)).toBeNull();
    platform.state.say(KFID, 'u1', text('还在吗'));
    await platform.signal(KFID);
    await heard(2);
    platform.state.sessionOf(KFID, 'u1').left = 0;
    await expect(rig.wecom.send(byAgent('k3'))).rejects.toMatchObject({ message: '客户再次发来消息前，最多只能发 5 条' });
    expect(rig.got(KFID, 'u1')).toEqual(['答k1']);
  });

  test('too often asked is asked again later, and counts nothing', async () => {
    const platform = await afterHello();
    platform.moods.failNext.push(['/send_msg', 45_009]);
    await expect(rig.wecom.send(outgoing('k1'))).rejects.toMatchObject({ retryable: true });
    await rig.wecom.send(outgoing('k1'));
    expect((await rig.wecom.budget?.(to))?.left).toBe(4);
  });

  test.each([40_014, 60_020])('what the operator must mend, or a token that was just replaced, gives no answer up: %i', async (code) => {
    const platform = await afterHello();
    platform.moods.failNext.push(['/send_msg', code], ['/send_msg', code]);
    await expect(rig.wecom.send(outgoing('k1'))).rejects.toMatchObject({ retryable: true });
    platform.moods.failNext.length = 0;
    await rig.wecom.send(outgoing('k1'));
    expect(rig.got(KFID, 'u1')).toEqual(['答k1']);
  });

  test('the session is made the assistant’s before the first word, and stays it', async () => {
    const { state, calls } = await afterHello();
    await rig.wecom.send(outgoing('k1'));
    await rig.wecom.send(outgoing('k2'));
    expect(state.sessionOf(KFID, 'u1').state).toBe(1);
    expect(calls.filter(({ path }) => path.includes('service_state')).map(({ path }) => path.split('/').at(-1))).toEqual(['get', 'trans']);
  });

  test.each([2, 3])(
    'a session that WeCom gave to its servicers (%i) is ended with our answer, and the next message is ours again',
    async (held) => {
      const platform = await afterHello();
      await rig.wecom.send(outgoing('k1'));
      platform.state.sessionOf(KFID, 'u1').state = held;
      await rig.wecom.send(outgoing('k2'));
      expect([rig.got(KFID, 'u1'), platform.state.got.at(-1)?.onEvent]).toEqual([['答k1', '答k2'], true]);
      await expect(rig.wecom.send(outgoing('k3'))).rejects.toMatchObject({
        retryable: false,
        message: expect.stringContaining('会话已经结束'),
      });
      platform.state.say(KFID, 'u1', text('谢谢'));
      await platform.signal(KFID);
      await heard(2);
      await rig.wecom.send(outgoing('k4'));
      expect(rig.got(KFID, 'u1').at(-1)).toBe('答k4');
    },
  );

  test('a file goes up and out in its own kind; what WeCom does not take goes as a link', async () => {
    const platform = await afterHello();
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    async function* bytes() {
      yield png;
    }
    const kept = await rig.files.keep(bytes(), '截图.png');
    if (kept.kind !== 'kept') throw new Error('not kept');
    const file = (key: string, attachment = kept.attachment) =>
      outgoing(key, { kind: 'file', text: '截图.png', attachment, from: '李老师' });
    await rig.wecom.send(file('k1'));
    expect(platform.state.got[0]?.body).toMatchObject({ msgtype: 'image' });
    await rig.wecom.send(file('k2', { ...kept.attachment, url: 'https://elsewhere.example/a.png' }));
    expect(rig.got(KFID, 'u1')[1]).toContain('https://elsewhere.example/a.png');
  });

  test('a message that did not arrive is told to the desk by the key of its reply, also after a restart', async () => {
    const platform = await afterHello();
    await rig.wecom.send(outgoing('k1'));
    await rig.wecom.send(outgoing('k2', { kind: 'text', text: '很长的话。'.repeat(300) }));
    platform.state.event(KFID, 'u1', 'msg_send_fail', { fail_msgid: msgidOf('k2~1'), fail_type: 10 });
    await platform.signal(KFID);
    await until(() => news.length > 0);
    await rig.stop();
    platform.state.event(KFID, 'u1', 'msg_send_fail', { fail_msgid: msgidOf('k1'), fail_type: 4 });
    platform.state.event(KFID, 'u1', 'msg_send_fail', { fail_msgid: 'not-ours', fail_type: 0 });
    const stop = await rig.another(inbox.accept, tell);
    await until(() => news.length > 1);
    await stop();
    expect(news.map((one) => (one.kind === 'undelivered' ? [one.key, one.reason] : []))).toEqual([
      ['k2', '微信客服未能送达（客户拒收）'],
      ['k1', '微信客服未能送达（会话已过期，超过 48 小时）'],
    ]);
    expect(await rig.wecom.budget?.(to)).toBeNull();
  });

  test('who opens the chat is greeted by the code of the occasion; a greeting that comes too late is nobody’s work', async () => {
    let at = Date.now();
    const platform = await open({ now: () => at });
    platform.state.enter(KFID, 'u1');
    platform.state.enter(KFID, 'u2', false);
    await platform.signal(KFID);
    await heard(1);
    expect(inbox.stored.map(({ content, from }) => [content.kind, from.user])).toEqual([['hello', 'u1']]);
    const key = `wecom:school:${inbox.stored[0]?.id}:0`;
    await rig.wecom.send(outgoing(key));
    expect(platform.state.got.map(({ onEvent, user }) => [onEvent, user])).toEqual([[true, 'u1']]);
    platform.state.enter(KFID, 'u3');
    await platform.signal(KFID);
    await heard(2);
    at += 21_000;
    await rig.wecom.send({ ...outgoing(`wecom:school:${inbox.stored[1]?.id}:0`), to: { ...to, user: 'u3' } });
    expect(platform.state.got).toHaveLength(1);
    await expect(rig.wecom.send({ ...byAgent('desk:x:y:0'), to: { ...to, user: 'u3' } })).rejects.toBeInstanceOf(ChannelError);
  });

  test('a session that ended closes the window until the customer writes', async () => {
    const platform = await afterHello();
    platform.state.sessionOf(KFID, 'u1').state = 4;
    platform.state.event(KFID, 'u1', 'session_status_change', { change_type: 3 });
    await platform.signal(KFID);
    await until(async () => (await rig.wecom.budget?.(to)) === null);
    await expect(rig.wecom.send(byAgent('k1'))).rejects.toMatchObject({ retryable: false });
  });
});
