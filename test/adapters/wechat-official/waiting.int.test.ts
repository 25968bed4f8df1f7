/** What the bot has to say while only a person may still send: it waits for the customer's next message, and none of it is lost. */
import type { Reply } from '../../../dialogs/vocabulary';
import { until } from '../../support/until';
import { school } from '../../support/wechat-official/platform';
import { type OfficialRig, openOfficialRig } from '../../support/wechat-official/rig';
import { requestOf } from '../../support/wechat-official/wire';

const SEND = '/cgi-bin/message/custom/send';
const bot = (text: string): Reply => ({ kind: 'text', text });
const agent = (text: string): Reply => ({ kind: 'text', text, from: '李老师' });

let rig: OfficialRig;
let keys = 0;
const number = (): number => {
  keys += 1;
  return keys;
};
const send = (reply: Reply, key = `desk:T:act${number()}:0`) => rig.channel.send(rig.outgoing(key, 'u1', reply));
const budget = () => rig.channel.budget?.({ channel: 'wechat-official', account: 'school', user: 'u1' });
const shown = () => rig.platform.shown.map(({ by, text }) => `${by}: ${text}`);
/** Says it with this answer, or without one yet. */
const says = (text: string, id: string, ...answer: Reply[]) => {
  if (answer.length > 0) rig.answers(id, ...answer);
  return rig.platform.say('school', 'u1', text, id);
};

/** Asks for message 2 and is gone before the answer. */
async function hangsUp(): Promise<void> {
  const fields = { ToUserName: 'gh_school', FromUserName: 'u1', CreateTime: 1_409_659_813, MsgType: 'text', Content: '在吗', MsgId: '2' };
  const { query, body } = requestOf(school, fields, Date.now());
  rig.platform.api.grant('school', 'u1', 'message');
  const asking = new AbortController();
  const asked = fetch(`${rig.url}/channels/wechat-official/school?${query}`, { method: 'POST', body, signal: asking.signal });
  await until(() => rig.accepted.length === 2);
  asking.abort();
  await expect(asked).rejects.toThrow('aborted');
}

/** Of the five messages a person's is left. */
beforeEach(async () => {
  rig = await openOfficialRig();
  rig.answers('1');
  await rig.platform.say('school', 'u1', '在吗', '1');
  for (const text of ['一', '二', '三', '四']) await send(agent(text));
});
afterEach(async () => {
  await rig.stop();
  await rig.close();
});

test('it goes with the answer to the next message, once', async () => {
  await send(bot('您的工单已转给技术部。'));
  expect((await budget())?.left).toBe(1);
  expect((await says('在吗', '2', bot('请重启手机。'))).text).toBe('您的工单已转给技术部。\n\n请重启手机。');
  await rig.perform('2');
  expect(shown().filter((line) => line.includes('请重启'))).toHaveLength(1);
});

test('an agent may use the last; then the agent reads that nothing is left', async () => {
  await send(agent('五'));
  await expect(send(agent('六'))).rejects.toMatchObject({
    callBack: true,
    retryable: false,
    message: '这位客户的发送条数已用完，请致电客户，或等客户来信后再发',
  });
  expect(shown().at(-1)).toBe('call: 五');
});

test('what does not fit beside the answer goes first, and the answer follows by a call', async () => {
  await send(bot('长'.repeat(600)));
  await says('在吗', '2', bot('答'.repeat(600)));
  await rig.perform('2');
  expect(shown().slice(-2)).toEqual([`response: ${'长'.repeat(600)}`, `call: ${'答'.repeat(600)}`]);
});

test('what does not fit in one message goes in several, all of it before the answer', async () => {
  for (const sign of ['甲', '乙', '丙']) await send(bot(sign.repeat(600)));
  await says('在吗', '2', bot('请重启手机。'));
  await rig.perform('2');
  expect(shown().slice(4)).toEqual([
    `response: ${'甲'.repeat(600)}`,
    `call: ${'乙'.repeat(600)}`,
    `call: ${'丙'.repeat(600)}`,
    'call: 请重启手机。',
  ]);
  expect((await budget())?.left).toBe(2);
});

test('two messages right after each other bring it once', async () => {
  await send(bot('您的工单已转给技术部。'));
  const first = says('在吗', '2');
  await until(() => rig.accepted.length === 2);
  expect((await says('在吗在吗', '3', bot('请稍等。'))).text).toContain('请稍等。');
  await first;
  expect(shown().filter((line) => line.includes('技术部'))).toHaveLength(1);
});

test('a response nobody heard brings it again with the next delivery', async () => {
  await send(bot('您的工单已转给技术部。'));
  await hangsUp();
  expect((await says('在吗', '2', bot('请重启手机。'))).text).toBe('您的工单已转给技术部。\n\n请重启手机。');
});

test('a response nobody heard keeps nothing back: the answer follows by a call, and what waited before it', async () => {
  await send(bot('您的工单已转给技术部。'));
  await hangsUp();
  // By the time of another answer the server knows that nobody listens to the first.
  await fetch(rig.url);
  rig.answers('2', bot('请重启手机。'));
  await rig.perform('2');
  expect(shown().slice(4)).toEqual(['call: 您的工单已转给技术部。', 'call: 请重启手机。']);
});

test('what no more can wait with is given to a person at once, and what waits arrives', async () => {
  for (let n = 1; n <= 20; n += 1) await send(bot(`第${n}句`));
  await expect(send(bot('第21句'))).rejects.toMatchObject({
    callBack: true,
    retryable: false,
    message: expect.stringContaining('请致电客户'),
  });
  const { text } = await says('在吗', '2', bot('好的'));
  expect(text?.split('\n\n')).toEqual([...Array.from({ length: 20 }, (_, n) => `第${n + 1}句`), '好的']);
});

test('a text the platform refuses for good is told of, and keeps back nothing behind it', async () => {
  for (const [sign, key] of [
    ['甲', 'a'],
    ['乙', 'b'],
    ['丙', 'c'],
  ] as const) {
    await send(bot(sign.repeat(600)), `desk:T:${key}:0`);
  }
  await says('在吗', '2', bot('请重启手机。'));
  rig.platform.api.refuseNext(SEND, 87_014);
  await rig.perform('2');
  expect(shown().slice(5)).toEqual([`call: ${'丙'.repeat(600)}`, 'call: 请重启手机。']);
  expect(rig.news).toMatchObject([{ kind: 'undelivered', key: 'desk:T:b:0', reason: expect.stringContaining('87014') }]);
});

test('while the platform is away it goes on waiting, and so does what is behind it', async () => {
  for (const sign of ['甲', '乙']) await send(bot(sign.repeat(600)));
  await says('在吗', '2', bot('请重启手机。'));
  rig.platform.api.refuseNext(SEND, -1);
  await expect(rig.perform('2')).rejects.toMatchObject({ retryable: true });
  await rig.perform('2');
  expect(shown().slice(5)).toEqual([`call: ${'乙'.repeat(600)}`, 'call: 请重启手机。']);
});
