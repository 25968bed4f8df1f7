/** What the customers of the simulated account do, in their order. */
import type { OfficialPlatform } from '../../support/wechat-official/platform';

/** How the stage tells what happens. */
export type Stage = Readonly<{
  platform: OfficialPlatform;
  says(user: string, text: string): Promise<void>;
  note(text: string): void;
  /** An agent's act on the newest ticket of the desk; resolves to the marks the ticket bears then. */
  act(body: object): Promise<readonly string[]>;
}>;
export type Scene = Readonly<{ title: string; play(stage: Stage): Promise<void> }>;

const ACCOUNT = 'school';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const agent = { agent: 'dutya', agentName: '值班客服甲' };

export const scenes: readonly Scene[] = [
  {
    title: '关注之后提问，答案在 5 秒内直接返回 / a question after following',
    async play({ platform, says, note }) {
      note('王妈妈关注了公众号');
      await platform.event(ACCOUNT, '王妈妈', 'subscribe', { EventKey: '' });
      await says('王妈妈', '学生卡丢了怎么办');
    },
  },
  {
    title: '登记一张工单 / an intake',
    async play({ says }) {
      await says('李爸爸', '收不到学校短信');
      await says('李爸爸', '帮我登记');
      await says('李爸爸', '我是明秀路小学三(2)班李小红的爸爸，电话13900139000');
      await says('李爸爸', '确认');
    },
  },
  {
    title: '坐席接手，用客服消息回复；额度一条条减少 / an agent answers by calls',
    async play({ act, note, says }) {
      note('坐席认领并回复（客服消息，48 小时内 5 条）');
      await act({ kind: 'claim', ...agent });
      await act({ kind: 'reply', text: '李爸爸您好，我正在为您核实。', ...agent });
      await says('李爸爸', '好的谢谢');
      await act({ kind: 'resolve', result: '号码登记有误，已更正，今晚起恢复。', cause: '资料错误', ...agent });
    },
  },
  {
    title: '投诉，主管立刻知道 / a complaint',
    async play({ says }) {
      await says('赵妈妈', '我要投诉！你们乱扣费，打了三次电话都没人管');
    },
  },
  {
    title: '发一张截图、一段语音、点一次菜单 / a picture, a voice message, the menu',
    async play({ platform, note }) {
      platform.api.files.set('picture', { bytes: png, name: 'picture.png', type: 'image/png' });
      platform.api.files.set('voice', { bytes: Buffer.from('#!AMR\n<'), name: 'voice.amr', type: 'audio/amr' });
      note('陈老师发来一张图片');
      await platform.post(ACCOUNT, '陈老师', { MsgType: 'image', MediaId: 'picture', MsgId: '5000000000000000001' });
      note('陈老师发来语音，微信识别为「考勤机没有反应」');
      await platform.post(ACCOUNT, '陈老师', {
        MsgType: 'voice',
        MediaId: 'voice',
        Recognition: '考勤机没有反应',
        MsgId: '5000000000000000002',
      });
      note('陈老师点了菜单「转人工」');
      await platform.event(ACCOUNT, '陈老师', 'CLICK', { EventKey: '转人工' });
    },
  },
  {
    title: '微信把同一条消息送了三次 / one message delivered three times',
    async play({ platform, note }) {
      const before = platform.shown.length;
      const id = '5000000000000000003';
      const deliveries = [false, true, true].map((deaf) => platform.say(ACCOUNT, '周奶奶', '怎么退订', id, deaf));
      await Promise.all(deliveries);
      note(`三次投递，客户看到 ${platform.shown.length - before} 条回答`);
    },
  },
  {
    title: 'access_token 被别的程序作废 / the token is ended by another program',
    async play({ platform, act, note }) {
      platform.api.endToken(ACCOUNT);
      await act({ kind: 'claim', ...agent });
      note(`坐席认领，通知照样送达；一共取过 ${platform.api.calls.token} 次 token`);
    },
  },
  {
    title: '48 小时窗口关闭（45015） / the window is shut',
    async play({ platform, act, note }) {
      platform.api.refuseNext('/cgi-bin/message/custom/send', 45015);
      const flags = await act({ kind: 'reply', text: '您好，请问现在方便吗？', ...agent });
      note(flags.includes('call-back') ? '没有送达，工单标记「请致电客户」' : `工单的标记：${flags.join('、')}`);
    },
  },
  {
    title: '微信接口断线两秒，恢复后补发 / the platform is away and comes back',
    async play({ platform, says, act, note }) {
      await says('陈老师', '还在吗');
      await platform.away();
      note('微信接口不可用');
      await act({ kind: 'reply', text: '在的，技术同事已经出发。', ...agent });
      await platform.back();
      note('微信接口恢复，等待补发');
    },
  },
];
