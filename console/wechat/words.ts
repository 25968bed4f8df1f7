/** What the page of logins says of each state, and what to do about it. Pure. */
import type { AccountView, LoginState } from '../../adapters/wechat/wire';

type Told = Readonly<{ state: string; hint: string; mood: 'good' | 'wrong' | 'plain' }>;

const told: Readonly<Record<LoginState, Told>> = {
  online: { state: '在线', hint: '', mood: 'good' },
  scan: { state: '等待扫码', hint: '请用这个账号的手机微信「扫一扫」。二维码几分钟后失效，页面会自动换新。', mood: 'wrong' },
  scanned: { state: '已扫码', hint: '请在手机上点「登录」确认。', mood: 'plain' },
  starting: { state: '正在连接', hint: '一般几秒后出现二维码或「在线」。超过一分钟请检查网关的 token 和地址。', mood: 'plain' },
  stranger: {
    state: '登录的不是原来的微信号',
    hint: '已停止收发。如果确实要换号，请点下面的按钮；否则请在手机上退出，再用原来的微信号扫码。',
    mood: 'wrong',
  },
  away: { state: '网关断开，正在重连', hint: '现在收不到也发不出微信消息。长时间不恢复请检查网关服务和 token。', mood: 'wrong' },
  elsewhere: {
    state: '由另一个进程登录',
    hint: '账号在另一个服务进程上，要发的话由它代发；二维码和状态请看那个进程的页面。',
    mood: 'plain',
  },
  stopped: { state: '已停止', hint: '服务正在停止或重启，启动后会自动继续。', mood: 'plain' },
};

export const wordsOf = (state: LoginState): Told => told[state];

/** 「刚刚」「12 秒前」「3 分钟前」: how long ago, as people say it. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 5) return '刚刚';
  if (seconds < 60) return `${seconds} 秒前`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} 分钟前`;
  return `${Math.floor(seconds / 3_600)} 小时前`;
}

/** The facts under the state, as pairs of a word and what it is. */
export function factsOf(view: AccountView, now: number): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [
    ['最近心跳', view.heartbeatAt === null ? '还没有' : ago(now - view.heartbeatAt)],
    ['状态开始', ago(now - view.since)],
  ];
  if (view.owner) facts.push(['绑定微信', view.owner]);
  if (view.self && view.self !== view.owner) facts.push(['当前登录', view.self]);
  if (view.unsaved > 0) facts.push(['等待保存', `${view.unsaved} 条消息`]);
  if (view.missed > 0) facts.push(['没有收全', `${view.missed} 条消息`]);
  if (view.silenced > 0) facts.push(['暂停发言', `${view.silenced} 个会话`]);
  return facts;
}
