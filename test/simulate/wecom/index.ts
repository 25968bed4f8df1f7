/** WeCom customer service without WeCom: our platform, the built server pointed at it, a crowd of parents, an outage, and a page to type in. */
import { openWecom, type WecomPlatform } from '../../support/wecom/platform';
import { corp, textOf } from '../../support/wecom/state';
import { type Desk, type PutUp, putUp } from '../stage';
import { crowd, type Line, type Parent } from './crowd';
import { openPage } from './page';

export type Simulation = PutUp<
  Readonly<{
    url: string;
    server: string;
    /** What happened, for a person to read. */
    story: readonly string[];
  }>
>;

const KFID = 'wk-simulated';
const OUTAGE_MS = 2_000;
const ANSWER_WITHIN_MS = 20_000;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** `say` hears each line as it happens. */
export function startWecomSimulation(say: (line: string) => void): Promise<Simulation> {
  const story: string[] = [];
  const tell = (line: string): void => {
    story.push(line);
    say(line);
  };
  return putUp(async ({ serve, ends }) => {
    const school = corp('school', [KFID]);
    let server = '';
    const platform = await openWecom({ corps: [school], callbackUrl: () => `${server}/channels/wecom/school` });
    ends(platform.close);
    const desk = await serve({ WECOM_ACCOUNTS: JSON.stringify([school]), WECOM_API_URL: platform.url });
    server = desk.url;
    await play(platform, tell);
    await sumUp(platform, desk, tell);
    const page = await openPage(platform, KFID);
    ends(page.close);
    return { url: page.url, server, story };
  });
}

async function play(platform: WecomPlatform, tell: (line: string) => void): Promise<void> {
  const outage = async (): Promise<void> => {
    await pause(OUTAGE_MS / 2);
    tell('——  企业微信接口断开，回调也停了 the API goes away  ——');
    platform.moods.away = true;
    await pause(OUTAGE_MS);
    platform.moods.away = false;
    tell('——  恢复 it is back  ——');
  };
  await Promise.all([...crowd.map((parent) => talk(platform, parent, tell)), outage()]);
}

async function talk(platform: WecomPlatform, { user, name, says }: Parent, tell: (line: string) => void): Promise<void> {
  for (const line of says) {
    const before = answersTo(platform, user).length;
    tell(`${name}：${shown(line)}`);
    speak(platform, user, line);
    await platform.signal(KFID);
    const answered = await until(() => answersTo(platform, user).length > before, typeof line === 'string' ? ANSWER_WITHIN_MS : 2_000);
    for (const answer of answersTo(platform, user).slice(before)) tell(`    桥 → ${name}：${answer.split('\n').slice(0, 3).join(' ⏎ ')}`);
    if (!answered && typeof line === 'string') tell(`    （${name} 这句没有新的回复）`);
  }
}

const shown = (line: Line): string => (typeof line === 'string' ? line : 'image' in line ? '［图片］' : '［进入会话］');

function speak({ state }: WecomPlatform, user: string, line: Line): void {
  if (typeof line === 'string') {
    const msgid = state.say(KFID, user, { msgtype: 'text', text: { content: line } });
    // The platform may hand the same item out again.
    const item = state.journal(KFID).find((one) => one.msgid === msgid);
    if (item) state.append(KFID, item);
  } else if ('image' in line) {
    state.say(KFID, user, { msgtype: 'image', image: { media_id: state.keepMedia('截图.png', 'image/png', PNG) } });
  } else state.enter(KFID, user);
}

const answersTo = ({ state }: WecomPlatform, user: string): string[] =>
  state.got.filter((one) => one.user === user).map(({ body }) => textOf(body));

async function sumUp(platform: WecomPlatform, desk: Desk, tell: (line: string) => void): Promise<void> {
  const { tickets } = await desk.ask<{ tickets: { number: string; nature: string; status: string }[] }>('/api/tickets');
  const { messages } = await desk.ask<{ messages?: { accepted: number; lost: number } }>('/readyz');
  const items = new Set(platform.state.journal(KFID).flatMap(({ msgid, origin }) => (origin === 3 ? [msgid] : [])));
  const calls = (end: string): number => platform.calls.filter(({ path }) => path.endsWith(end)).length;
  tell('');
  tell(
    `家长说了 ${items.size} 句，平台每句都重复给了一遍；桥收下 ${messages?.accepted ?? '?'} 条（含进入会话），丢失 ${messages?.lost ?? '?'} 条，回复 ${platform.state.got.length} 条`,
  );
  tell(
    `取消息 sync_msg ${calls('/sync_msg')} 次，发送 send_msg ${calls('/send_msg')} 次，欢迎语 ${calls('/send_msg_on_event')} 次，换 access_token ${calls('/gettoken')} 次`,
  );
  tell(`工单 tickets：${tickets.map(({ number, nature, status }) => `${number} ${nature}（${status}）`).join('，') || '没有'}`);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(reached: () => boolean, withinMs: number): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < withinMs; await pause(20)) if (reached()) return true;
  return reached();
}
