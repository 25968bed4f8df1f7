/** What the crowd does: questions, a form in one card, a complaint, a picture, a message sent twice, a platform that is away for a while. */
import type { Said } from '../../support/teams/platform';
import type { Chatter, OfflineDirectLine } from './directLine';

export type Say = (line: string) => void;
type Scene = Readonly<{ line: OfflineDirectLine; bot: string; say: Say }>;

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const buttonsIn = ({ attachments, suggestedActions }: Said): string[] => [
  ...(attachments?.flatMap(({ content }) => content?.actions?.map(({ title }) => title) ?? []) ?? []),
  ...(suggestedActions?.actions.map(({ title }) => title) ?? []),
];
const dataOf = ({ attachments }: Said, title: string): object =>
  attachments?.flatMap(({ content }) => content?.actions ?? []).find((action) => action.title === title)?.data as object;

function shows(say: Say, { name }: Chatter, said: Said & Readonly<{ shown: string }>): void {
  const buttons = buttonsIn(said);
  const [first, ...rest] = said.shown.split('\n');
  say(`  桥 → ${name}：${first}`);
  for (const line of rest) say(`              ${line}`);
  if (buttons.length > 0) say(`              [${buttons.join('] [')}]`);
}

async function says({ say }: Scene, person: Chatter, text: string) {
  say(`  ${person.name}：${text}`);
  await person.post({ text });
  const answer = await person.next();
  shows(say, person, answer);
  return answer;
}

async function asks(scene: Scene): Promise<void> {
  const person = await scene.line.chat('zhang', '张老师');
  await says(scene, person, '家长收不到短信怎么办？');
  await says(scene, person, '有用，谢谢');
  person.leave();
}

/** The number of the ticket. */
async function fillsACard(scene: Scene): Promise<string> {
  const person = await scene.line.chat('wang', '王老师');
  const form = await says(scene, person, '我要登记一个问题');
  const values = { school: '实验小学', class: '三年级2班', name: '王小明', phone: '1380013', issue: '收不到老师发的短信' };
  scene.say('  王老师：〔把卡片填好，号码少写了几位，点「提交」〕');
  await person.post({ value: { ...dataOf(form, '提交'), ...values } });
  const again = await person.next();
  shows(scene.say, person, again);
  scene.say('  王老师：〔改好号码，再点「提交」〕');
  await person.post({ value: { ...dataOf(again, '提交'), ...values, phone: '13800138000' } });
  const readBack = await person.next();
  shows(scene.say, person, readBack);
  scene.say('  王老师：〔点「确认提交」〕');
  await person.post({ value: dataOf(readBack, '确认提交') });
  const done = await person.next();
  shows(scene.say, person, done);
  scene.say('  王老师：〔发来一张图片〕');
  const contentUrl = scene.line.put('screen.png', 'image/png', png);
  await post(scene, person, { id: 'picture', attachments: [{ contentType: 'image/png', contentUrl, name: '截图.png' }] });
  shows(scene.say, person, await person.next());
  person.leave();
  return /\d{8}-\d{4}/.exec(done.shown)?.[0] ?? '';
}

async function complains(scene: Scene): Promise<void> {
  const person = await scene.line.chat('li', '李老师');
  await says(scene, person, '我要投诉，连续三天发不出通知，打电话也没人管！');
  person.leave();
}

/** Posts as the platform itself does, under an id of the test's. */
async function post({ line, bot }: Scene, person: Chatter, activity: Readonly<{ id: string; [key: string]: unknown }>): Promise<number> {
  const place = { channelId: 'emulator', serviceUrl: line.url, conversation: { id: person.conversation() } };
  const body = JSON.stringify({ type: 'message', from: { id: person.id, name: person.name }, ...place, ...activity });
  return (await fetch(bot, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
}

/** How many answers a message got that the platform sent three times. */
async function isSentAgain(scene: Scene): Promise<number> {
  const person = await scene.line.chat('zhao', '赵老师');
  await says(scene, person, '你好');
  scene.say('  平台：〔把赵老师的同一条消息送来三次〕');
  for (let n = 0; n < 3; n += 1) await post(scene, person, { id: 'again', text: '怎么修改手机号码？' });
  shows(scene.say, person, await person.next());
  // Were there a second answer, it would stand before the one to this.
  const last = await says(scene, person, '谢谢');
  const answers = 1 + person.waiting() + (last.shown.includes('手机号码') ? 1 : 0);
  scene.say(`  （三次送达，${answers} 次回答）`);
  person.leave();
  return answers;
}

/** Milliseconds in which the message was acknowledged while nothing could be said. */
async function meetsAnOutage(scene: Scene, seconds: number): Promise<number> {
  const person = await scene.line.chat('sun', '孙老师');
  await says(scene, person, '你好');
  scene.say(`  平台：〔停 ${seconds} 秒，回复送不出去〕`);
  scene.line.away(true);
  setTimeout(() => scene.line.away(false), seconds * 1000);
  const began = performance.now();
  await person.post({ text: '怎么退订业务？' });
  const took = Math.round(performance.now() - began);
  scene.say(`  （消息在 ${took} 毫秒内收下；回复等平台恢复）`);
  shows(scene.say, person, await person.next());
  person.leave();
  return took;
}

export type Played = Readonly<{ ticket: string; answersToOneSentThrice: number; acknowledgedInMs: number }>;

export async function playCrowd(scene: Scene, outageSeconds = 2): Promise<Played> {
  scene.say('\n1. 提问 / a question');
  await asks(scene);
  scene.say('\n2. 一张卡片登记 / a form in one card');
  const ticket = await fillsACard(scene);
  scene.say('\n3. 投诉 / a complaint');
  await complains(scene);
  scene.say('\n4. 重复送达 / sent again');
  const answersToOneSentThrice = await isSentAgain(scene);
  scene.say('\n5. 平台中断 / an outage');
  const acknowledgedInMs = await meetsAnOutage(scene, outageSeconds);
  return { ticket, answersToOneSentThrice, acknowledgedInMs };
}
