/** What the platform sends and what it gets within its five seconds. */
import type { Reply } from '../../../dialogs/vocabulary';
import { memoryNotebook } from '../../support/memoryNotebook';
import { until } from '../../support/until';
import { configured, kindergarten, school } from '../../support/wechat-official/platform';
import { type OfficialRig, openOfficialRig, type RigOptions } from '../../support/wechat-official/rig';
import { plainSignature, requestOf } from '../../support/wechat-official/wire';

const said = (text: string): Reply => ({ kind: 'text', text });
const ID = '4561255354251345929';
let rig: OfficialRig;
const open = async (options: RigOptions = {}): Promise<OfficialRig> => {
  rig = await openOfficialRig(options);
  return rig;
};
afterEach(async () => {
  await rig.stop();
  await rig.close();
});
const shown = () => rig.platform.shown.map(({ by, text }) => `${by}: ${text}`);
const contents = () => [...rig.stored.values()].map(({ content }) => content);

describe('the address of an account', () => {
  const ask = async (account: string, token: string, at = Date.now()) => {
    const [timestamp, nonce] = [String(Math.floor(at / 1000)), '263014780'];
    const query = new URLSearchParams({ signature: plainSignature(token, timestamp, nonce), timestamp, nonce, echostr: '7302' });
    const response = await fetch(`${rig.url}/channels/wechat-official/${account}?${query}`);
    return { status: response.status, text: await response.text() };
  };

  test('answers the verification of the platform with its echo, and nobody else', async () => {
    await open();
    expect(await ask('school', school.token)).toEqual({ status: 200, text: '7302' });
    expect((await ask('school', kindergarten.token)).status).toBe(401);
    expect((await ask('nobody', school.token)).status).toBe(404);
    expect((await ask('school', school.token, Date.now() - 600_000)).status).toBe(401);
  });

  test('takes no plain message when the account is encrypted, however well it is signed', async () => {
    await open();
    const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), '1'];
    const query = new URLSearchParams({ signature: plainSignature(school.token, timestamp, nonce), timestamp, nonce });
    const body = `<xml><ToUserName>a</ToUserName><FromUserName>u1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>`;
    const response = await fetch(`${rig.url}/channels/wechat-official/school?${query}`, { method: 'POST', body });
    expect([response.status, rig.stored.size]).toEqual([401, 0]);
  });

  test('in the compatible mode believes only what is sealed', async () => {
    await open({ accounts: (base) => [configured(school, base)] });
    // The simulator's plain fields and its sealed ones say the same; only the sealed are read.
    const compatible = { ...school, mode: 'compatible' as const };
    const fields = { ToUserName: 'gh', FromUserName: 'u1', CreateTime: 1, MsgType: 'text', Content: '密文里的话', MsgId: ID };
    const { query, body } = requestOf(compatible, fields, Date.now());
    const forged = body.replace('密文里的话', '伪造的明文');
    const response = await fetch(`${rig.url}/channels/wechat-official/school?${query}`, { method: 'POST', body: forged });
    expect([response.status, contents()]).toEqual([200, [{ kind: 'text', text: '密文里的话' }]]);
  });
});

describe('what customers send', () => {
  const reads = async (fields: Parameters<OfficialRig['platform']['post']>[2]) => {
    await open({ replyTo: () => said('好的') });
    await rig.platform.post('school', 'u1', { MsgId: ID, ...fields });
    return contents();
  };

  test('a text', async () => {
    expect(await reads({ MsgType: 'text', Content: '1 < 2 & 「]]>」' })).toEqual([{ kind: 'text', text: '1 < 2 & 「]]>」' }]);
  });
  test('a place, with what the map calls it', async () => {
    const fields = { MsgType: 'location', Location_X: '22.82', Location_Y: '108.37', Scale: '20', Label: '南宁市明秀路' };
    expect(await reads(fields)).toEqual([{ kind: 'location', latitude: 22.82, longitude: 108.37, label: '南宁市明秀路' }]);
  });
  test('a link, as words', async () => {
    const fields = { MsgType: 'link', Title: '通知', Description: '放假', Url: 'https://school.example/1' };
    expect(await reads(fields)).toEqual([{ kind: 'text', text: '通知\n放假\nhttps://school.example/1' }]);
  });
  test('a kind nobody knows is still a customer who waits for an answer', async () => {
    expect(await reads({ MsgType: 'miniprogrampage', Title: '校园卡' })).toEqual([{ kind: 'text', text: '〔miniprogrampage〕 校园卡' }]);
    expect(shown()).toEqual(['response: 好的']);
  });
  test.each([
    ['a new follower is greeted', 'subscribe', { EventKey: '' }, [{ kind: 'hello' }]],
    ['a follower who scans the code of a school is greeted', 'SCAN', { EventKey: '42' }, [{ kind: 'hello' }]],
    ['a button of the menu says its key', 'CLICK', { EventKey: '转人工' }, [{ kind: 'text', text: '转人工' }]],
    [
      'what was scanned from the menu is said',
      'scancode_waitmsg',
      { EventKey: 'scan', ScanCodeInfo: { ScanType: 'qrcode', ScanResult: 'CARD-7' } },
      [{ kind: 'text', text: 'CARD-7' }],
    ],
    ['a page opened from the menu says nothing', 'VIEW', { EventKey: 'https://school.example' }, []],
    ['who leaves says nothing', 'unsubscribe', {}, []],
  ] as const)('%s', async (_, event, more, expected) => {
    await open({ replyTo: () => said('您好') });
    expect((await rig.platform.event('school', 'u1', event, more)).acknowledged).toBe(true);
    expect(contents()).toEqual(expected);
  });

  test('one event delivered twice is one, and two buttons pressed within a second are two', async () => {
    await open({ replyTo: () => said('您好') });
    const at = { CreateTime: 1_409_659_813 };
    await rig.platform.event('school', 'u1', 'CLICK', { EventKey: '查工单', ...at });
    await rig.platform.event('school', 'u1', 'CLICK', { EventKey: '查工单', ...at });
    await rig.platform.event('school', 'u1', 'CLICK', { EventKey: '转人工', ...at });
    expect(contents()).toEqual([
      { kind: 'text', text: '查工单' },
      { kind: 'text', text: '转人工' },
    ]);
  });
});

describe('the five seconds', () => {
  test('an answer that is ready is the response, and no call repeats it', async () => {
    await open({ replyTo: () => said('请重启手机。') });
    await rig.platform.say('school', 'u1', '收不到短信', ID);
    await rig.perform(ID);
    expect(shown()).toEqual(['response: 请重启手机。']);
  });

  test('an answer that is late is one call, however often the platform asked', async () => {
    await open({ platform: { patienceMs: 100 } });
    const delivered = rig.platform.say('school', 'u1', '收不到短信', ID);
    expect(await delivered).toMatchObject({ acknowledged: false, tries: 3 });
    // By the time of another answer the server knows that nobody listens to the first three.
    await fetch(rig.url);
    rig.answers(ID, said('请重启手机。'));
    await rig.perform(ID);
    expect(shown()).toEqual(['call: 请重启手机。']);
    expect((await rig.platform.say('school', 'u1', '收不到短信', ID)).text).toBeUndefined();
  });

  test('without an answer in time the platform hears success, and the answer is one call', async () => {
    await open();
    expect(await rig.platform.say('school', 'u1', '收不到短信', ID)).toEqual({ acknowledged: true, tries: 1 });
    rig.answers(ID, said('请重启手机。'));
    await rig.perform(ID);
    expect(shown()).toEqual(['call: 请重启手机。']);
  });

  test('three tries of one message join one job and get the same answer, which the customer sees once', async () => {
    await open({ platform: { patienceMs: 150 }, times: { answerWithin: 2_000, retryWithin: 1_000 } });
    const delivered = rig.platform.say('school', 'u1', '收不到短信', ID);
    await until(() => rig.accepted.length === 1);
    const performed = new Promise<void>((resolve) => setTimeout(resolve, 250)).then(() => {
      rig.answers(ID, said('请重启手机。'));
      return rig.perform(ID);
    });
    expect(await delivered).toMatchObject({ acknowledged: true, text: '请重启手机。' });
    await performed;
    expect([shown(), rig.stored.size]).toEqual([['response: 请重启手机。'], 1]);
  });

  test('whoever is asked again after answering says the same, also in the next life', async () => {
    const notebook = memoryNotebook();
    await open({ notebook, replyTo: () => said('请重启手机。') });
    const first = await rig.platform.say('school', 'u1', '收不到短信', ID);
    const again = await rig.platform.say('school', 'u1', '收不到短信', ID);
    await rig.stop();
    await rig.close();
    await open({ notebook, replyTo: () => said('别的话') });
    const later = await rig.platform.say('school', 'u1', '收不到短信', ID);
    await rig.channel.send(rig.outgoing(`wechat-official:school:${ID}:0`, 'u1', said('请重启手机。')));
    expect([first.text, again.text, later.text]).toEqual(['请重启手机。', '请重启手机。', '请重启手机。']);
    expect(rig.platform.shown.map(({ by }) => by)).toEqual(['response']);
  });

  test('an answer that is out is not said again although the store failed to write it down', async () => {
    const notebook = memoryNotebook();
    const failing = {
      ...notebook,
      write: (...given: Parameters<typeof notebook.write>) =>
        JSON.stringify(given[1]).includes('请重启手机。') ? Promise.reject(new Error('away')) : notebook.write(...given),
    };
    await open({ notebook: failing, replyTo: () => said('请重启手机。') });
    await rig.platform.say('school', 'u1', '收不到短信', ID);
    await rig.perform(ID);
    expect(shown()).toEqual(['response: 请重启手机。']);
  });

  test('after a life that ended before its response the platform is given time to ask again; then it is a call', async () => {
    const notebook = memoryNotebook();
    // What a process that died had written: heard, and answered in no way.
    const heard = { heard: [{ id: ID, at: Date.now() }], passive: [], lastSeq: 0, progress: null, invitedAt: null, gone: false };
    await notebook.write('user:school:u1', heard, null);
    await notebook.write('budget:school:u1', { grants: [{ kind: 'message', left: 5, until: Date.now() + 60_000 }], sent: [] }, null);
    await open({ notebook, times: { retryWithin: 500 } });
    rig.platform.api.grant('school', 'u1', 'message');
    const sending = rig.channel.send(rig.outgoing(`wechat-official:school:${ID}:0`, 'u1', said('请重启手机。')));
    await new Promise(setImmediate);
    expect(shown()).toEqual([]);
    await sending;
    expect(shown()).toEqual(['call: 请重启手机。']);
    rig.answers(ID, said('请重启手机。'));
    expect((await rig.platform.say('school', 'u1', '收不到短信', ID)).text).toBeUndefined();
  });

  test('what is answered by a call is not overtaken by the response to the next message', async () => {
    await open();
    await rig.platform.say('school', 'u1', '第一句', ID);
    rig.answers(ID, said('第一答'));
    await rig.platform.away();
    await expect(rig.perform(ID)).rejects.toMatchObject({ retryable: true });
    await rig.platform.back();
    const second = `${ID}1`;
    rig.answers(second, said('第二答'));
    expect((await rig.platform.say('school', 'u1', '第二句', second)).text).toBeUndefined();
    await rig.perform(ID);
    await rig.perform(second);
    expect(shown()).toEqual(['call: 第一答', 'call: 第二答']);
  });

  test('a late turn that had nothing to say does not keep the next answer from the response', async () => {
    await open();
    await rig.platform.say('school', 'u1', '第一句', ID);
    rig.answers(ID);
    const second = `${ID}1`;
    rig.answers(second, said('第二答'));
    expect((await rig.platform.say('school', 'u1', '第二句', second)).text).toBe('第二答');
  });
});
