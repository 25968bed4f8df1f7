/** What supervisors are told about an account, in their words. */

type Told = Readonly<{ title: string; text: string }>;
const PAGE = '请在浏览器打开本服务的 /channels/wechat 页面（先用主管账号登录工作台）';

export const words = {
  scan: (account: string): Told => ({
    title: `微信账号「${account}」需要重新扫码登录`,
    text: `账号已退出登录，现在收不到也发不出微信消息。${PAGE}，用该账号的手机扫码。`,
  }),
  stranger: (account: string): Told => ({
    title: `微信账号「${account}」登录的是另一个微信号`,
    text: `为保护客户和登录者的隐私，已停止收发。${PAGE}，核对后确认换号，或在手机上退出并用原来的微信号重新扫码。`,
  }),
  away: (account: string): Told => ({
    title: `微信账号「${account}」的网关连不上`,
    text: `现在收不到也发不出微信消息，正在自动重连。请检查网关服务；状态见 /channels/wechat 页面。`,
  }),
  loop: (account: string): Told => ({
    title: `微信账号「${account}」：机器人在一个会话里停止发言`,
    text: '短时间内机器人说得太多，像是在和另一个机器人对话。已在该会话暂停半小时，未发出的回复会转成工单，请人工查看。',
  }),
};
