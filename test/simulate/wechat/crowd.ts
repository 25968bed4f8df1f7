/** What the customers of the simulated personal account do, in their order. */
import type { LoginState } from '../../../adapters/wechat/wire';
import type { Gateway } from '../../support/wechat/gateway';

/** How the stage tells what happens. */
export type Stage = Readonly<{
  gateway: Gateway;
  /** Somebody writes, in the class's group when it is said so, and is answered before it goes on. */
  says(user: string, text: string, group?: 'in the group'): Promise<void>;
  note(text: string): void;
  /** An agent's act on the newest ticket of the desk. */
  act(body: object): Promise<void>;
  /** The account stands so, as the page of logins says, with so many messages that are not stored yet. */
  becomes(state: LoginState, unsaved?: number): Promise<void>;
  /** Resolves once they got something more to read. */
  answered(user: string, by: () => Promise<void>): Promise<void>;
}>;
export type Scene = Readonly<{ title: string; play(stage: Stage): Promise<void> }>;

export const SELF = { id: 'xiaoqiao', name: '小桥' };
export const GROUP = 'class3-2@chatroom';
const CODE = 'https://login.weixin.qq.com/l/simulated';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const agent = { agent: 'dutya', agentName: '值班客服甲' };

async function scan({ gateway, becomes, note }: Stage): Promise<void> {
  gateway.scan(CODE);
  await becomes('scan');
  note('登录页面上出现二维码，主管用「小桥」的手机扫码');
  await gateway.login(SELF.id);
  await becomes('online');
  note('小桥上线');
}

export const scenes: readonly Scene[] = [
  { title: '扫码登录 / a phone reads the code', play: scan },
  {
    title: '私聊提问 / a question',
    async play({ says }) {
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
    title: '坐席接手并回复 / an agent answers',
    async play({ act, answered }) {
      await answered('李爸爸', () => act({ kind: 'claim', ...agent }));
      await answered('李爸爸', () => act({ kind: 'reply', text: '李爸爸您好，我正在为您核实。', ...agent }));
    },
  },
  {
    title: '班级群里，只回答 @小桥 的人 / in a group only who names the account',
    async play({ gateway, says, note }) {
      gateway.write({ from: '周奶奶', room: GROUP, text: '明天几点放学？' });
      note('周奶奶在群里问大家：明天几点放学？（没有 @小桥，不回答）');
      await says('赵妈妈', '怎么退订', 'in the group');
    },
  },
  {
    title: '一张截图、一段语音 / a picture and a voice message',
    async play({ gateway, answered, note }) {
      note('陈老师发来截图');
      await answered('陈老师', async () => void gateway.writeFile('陈老师', '截图.png', png));
      note('陈老师发来语音');
      const silk = Buffer.concat([Buffer.from('\u0002#!SILK_V3'), Buffer.alloc(64, 1)]);
      await answered('陈老师', async () => void gateway.writeFile('陈老师', '语音.sil', silk));
    },
  },
  {
    title: '网关把同一条消息说了三次 / one message told three times',
    async play({ gateway, answered, note }) {
      note('吴爸爸：学生卡怎么补办（同一条，三次）');
      await answered('吴爸爸', async () => {
        for (let n = 0; n < 3; n += 1) gateway.write({ id: 'told three times', from: '吴爸爸', text: '学生卡怎么补办' });
      });
    },
  },
  {
    title: '网关断线：说到一半的消息，回来后再取 / the gateway dies over a message and comes back',
    async play({ gateway, answered, becomes, note }) {
      await answered('黄妈妈', async () => {
        // Of what the account said itself the gateway is still asked at times: only this one is held back.
        const id = 'told before the gateway died';
        gateway.mum(true, id);
        gateway.write({ id, from: '黄妈妈', text: '怎么更换接收短信的手机号码？' });
        note('黄妈妈：怎么更换接收短信的手机号码？');
        await becomes('online', 1);
        await gateway.kill();
        await becomes('away');
        note('网关断开，页面显示断线');
        gateway.mum(false);
        await gateway.revive();
        await becomes('online');
        note('网关恢复');
      });
    },
  },
  {
    title: '在手机上退出，再扫码 / logged out on the phone, and in again',
    async play(stage) {
      await stage.gateway.logout();
      await stage.becomes('starting');
      stage.note('小桥在手机上退出了登录');
      await scan(stage);
    },
  },
  {
    title: '投诉 / a complaint',
    async play({ says }) {
      await says('赵妈妈', '我要投诉！你们乱扣费，打了三次电话都没人管');
    },
  },
];
