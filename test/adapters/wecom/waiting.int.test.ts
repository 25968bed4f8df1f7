/** What the bot has to say while only a person may still send: it waits for the customer's next word, and none of it is lost. */
import { createBudgets } from '../../../adapters/budget';
import type { News, Outgoing } from '../../../adapters/channel';
import type { Reply } from '../../../dialogs/vocabulary';
import { memoryInbox } from '../../support/channelContract';
import { memoryNotebook } from '../../support/memoryNotebook';
import { until } from '../../support/until';
import { openRig, type WecomRig } from '../../support/wecom/rig';

const KFID = 'wk-school';
const to = { channel: 'wecom', account: 'school', user: 'u1' } as const;
const outgoing = (key: string, reply: Reply = { kind: 'text', text: `答${key}` }): Outgoing => ({ key, seq: 1, to, reply });
const byAgent = (key: string): Outgoing => outgoing(key, { kind: 'text', text: `人${key}`, from: '李老师' });

let rig: WecomRig;
let inbox: ReturnType<typeof memoryInbox>;
let news: News[];

beforeEach(() => {
  inbox = memoryInbox();
  news = [];
});
afterEach(() => rig.close());

/** Resolves once the desk has taken it in. */
async function says(words: string): Promise<void> {
  const { state, signal } = rig.platform;
  const before = inbox.stored.length;
  state.say(KFID, 'u1', { msgtype: 'text', text: { content: words } });
  await signal(KFID);
  await until(() => inbox.stored.length > before);
}

async function afterHello(change: Parameters<typeof openRig>[2] = {}) {
  rig = await openRig(inbox.accept, async (one) => void news.push(one), { retryMs: 5, ...change });
  await says('你好');
  return rig.platform;
}

test('what the bot has to say when only the last is left goes out before the answer to the customer’s next message, once and as one', async () => {
  await afterHello();
  for (const n of [1, 2, 3, 4, 5, 5]) await rig.wecom.send(outgoing(`k${n}`));
  const options = [
    { value: 'yes', label: '解决了' },
    { value: 'no', label: '没有' },
  ];
  await rig.wecom.send(outgoing('k6', { kind: 'choices', text: '解决了吗？', options }));
  await rig.wecom.send(byAgent('k7'));
  await rig.wecom.send(outgoing('k8'));
  expect(rig.got(KFID, 'u1')).toEqual(
    ['答k1', '答k2', '答k3', '答k4', '李老师：人k7'].map((one) => expect.stringContaining(one.slice(-3))),
  );
  for (const words of ['还在吗', '喂']) await says(words);
  await rig.wecom.send(outgoing('k9'));
  const [waited, answer, ...more] = rig.got(KFID, 'u1').slice(5);
  expect(waited).toMatch(/^答k5\n\n解决了吗？[\s\S]*1[\s\S]*解决了[\s\S]*2[\s\S]*没有\n\n答k8$/);
  expect([answer, more]).toEqual(['答k9', []]);
});

test('what waits is not lost when the platform refuses it for now', async () => {
  const platform = await afterHello();
  for (const n of [1, 2, 3, 4, 5]) await rig.wecom.send(outgoing(`k${n}`));
  platform.moods.failNext.push(['/send_msg', 45_009]);
  for (const words of ['还在吗', '喂']) await says(words);
  expect(rig.got(KFID, 'u1').slice(4)).toEqual(['答k5']);
});

test('what went out as one right before a crash is not sent again, and what came to wait since is', async () => {
  const notebook = memoryNotebook();
  let [dead, revived] = [false, false];
  const mortal = {
    ...notebook,
    // Killed between the send and the writing down of it.
    write: (...given: Parameters<typeof notebook.write>) => {
      if (!revived && rig.platform.state.got.length === 5 && given[0].startsWith('budget:')) dead = true;
      return dead && !revived ? Promise.reject(new Error('killed')) : notebook.write(...given);
    },
  };
  const platform = await afterHello({ notebook: mortal });
  for (const n of [1, 2, 3, 4, 5]) await rig.wecom.send(outgoing(`k${n}`));
  platform.state.say(KFID, 'u1', { msgtype: 'text', text: { content: '还在吗' } });
  await platform.signal(KFID);
  await until(() => dead, 'it was killed');
  expect(rig.got(KFID, 'u1').at(-1)).toBe('答k5');
  await rig.stop();
  const again = createBudgets(notebook);
  await again.hold(`school:${KFID}:u1`, 'k6', ['答k6']);
  revived = true;
  const stop = await rig.another(inbox.accept);
  await until(() => inbox.stored.length === 2);
  await until(() => rig.got(KFID, 'u1').length > 5, 'what came to wait went out');
  expect(rig.got(KFID, 'u1').slice(4)).toEqual(['答k5', '答k6']);
  await stop();
});

test('a long answer that waits goes out whole, in as many messages as it takes', async () => {
  await afterHello();
  for (const n of [1, 2, 3, 4]) await rig.wecom.send(outgoing(`k${n}`));
  const long = ['甲', '乙'].map((sign) => sign.repeat(600)).join('');
  await rig.wecom.send(outgoing('k5', { kind: 'text', text: long }));
  await says('还在吗');
  expect(rig.got(KFID, 'u1').slice(4).join('')).toBe(long);
});

test('no answer overtakes what still waits', async () => {
  const platform = await afterHello();
  for (const n of [1, 2, 3, 4, 5]) await rig.wecom.send(outgoing(`k${n}`));
  platform.moods.failNext.push(['/send_msg', 45_009]);
  await says('还在吗');
  await rig.wecom.send(outgoing('k6'));
  expect(rig.got(KFID, 'u1').slice(4)).toEqual(['答k5', '答k6']);
});

test('what went out as one and did not arrive is told of for each answer in it', async () => {
  const platform = await afterHello();
  for (const n of [1, 2, 3, 4, 5, 6]) await rig.wecom.send(outgoing(`k${n}`));
  await says('还在吗');
  const { msgid } = platform.state.got.at(-1) ?? {};
  platform.state.event(KFID, 'u1', 'msg_send_fail', { fail_msgid: msgid, fail_type: 10 });
  await platform.signal(KFID);
  await until(() => news.length > 1);
  expect(news.map((one) => one.kind === 'undelivered' && one.key)).toEqual(['k5', 'k6']);
});

test('choices too long for one message in words wait in two, and the bot goes on speaking', async () => {
  await afterHello();
  for (const n of [1, 2, 3, 4]) await rig.wecom.send(outgoing(`k${n}`));
  const options = Array.from({ length: 10 }, (_, n) => ({ value: `class:${n}`, label: `${'班'.repeat(42)}${n}` }));
  await rig.wecom.send(outgoing('k5', { kind: 'choices', text: '问'.repeat(340), options }));
  await says('还在吗');
  await rig.wecom.send(outgoing('k6'));
  const [first, second, answer] = rig.got(KFID, 'u1').slice(4);
  expect(first?.startsWith('问问')).toBe(true);
  expect(second?.endsWith('班9')).toBe(true);
  expect(answer).toBe('答k6');
});

test('what no more can wait with is given to a person at once, and what waits arrives', async () => {
  await afterHello();
  for (let n = 1; n <= 24; n += 1) await rig.wecom.send(outgoing(`k${n}`));
  await expect(rig.wecom.send(outgoing('k25'))).rejects.toMatchObject({
    callBack: true,
    retryable: false,
    message: expect.stringContaining('请致电客户'),
  });
  await says('还在吗');
  const waited = Array.from({ length: 20 }, (_, n) => `答k${n + 5}`);
  expect(rig.got(KFID, 'u1').at(-1)?.split('\n\n')).toEqual(waited);
});

test('a text the platform refuses for good is told of, and keeps back nothing behind it', async () => {
  const platform = await afterHello();
  for (const n of [1, 2, 3, 4, 5]) await rig.wecom.send(outgoing(`k${n}`));
  platform.moods.failNext.push(['/send_msg', 40_058]);
  await says('还在吗');
  expect(news).toMatchObject([{ kind: 'undelivered', key: 'k5', of: to, reason: expect.stringContaining('40058') }]);
  await rig.wecom.send(outgoing('k6'));
  expect(rig.got(KFID, 'u1').slice(4)).toEqual(['答k6']);
});
