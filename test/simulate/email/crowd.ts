/** What the customers of the simulation write, mail after mail; each waits for the answer to the one before. */
import type { SendMailOptions } from 'nodemailer';

export type Turn = Readonly<{
  /** What is shown of it. */
  title: string;
  mail: SendMailOptions;
  /** Put below as QQ 邮箱, 网易 or an iPhone quotes the answer before. */
  quotes?: 'qq' | '163' | 'iphone';
  /** The platform delivers it so many times more. */
  again?: number;
  /** Nobody answers this one. */
  silent?: true;
}>;
export type Customer = Readonly<{ name: string; address: string; turns: readonly Turn[] }>;

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const fields = '学校：南宁市实验小学\n班级：三年级2班\n姓名：王小明\n手机号码：13800138000\n事由：这周一直收不到到校短信';

export const crowd: readonly Customer[] = [
  {
    name: '韦妈妈',
    address: 'wei@parents.example',
    turns: [{ title: '主题里一句话的问题', mail: { subject: '怎么更换接收短信的手机号码？', text: '' } }],
  },
  {
    name: '王妈妈',
    address: 'wang@parents.example',
    turns: [
      { title: '要登记', mail: { subject: '我要登记一个问题', text: '老师好，麻烦了。\n\n发自我的iPhone' } },
      { title: '一封信填完', mail: { text: fields }, quotes: 'qq' },
      { title: '确认', mail: { text: '确认' }, quotes: '163' },
    ],
  },
  {
    name: '李爸爸',
    address: 'li@parents.example',
    turns: [
      {
        title: '投诉，带截图，服务器重复投递',
        mail: {
          subject: '投诉乱扣费',
          text: '我没有开通过，为什么每个月扣我 5 元？我要投诉！',
          attachments: [{ filename: '扣费截图.png', content: png }],
        },
        again: 2,
      },
    ],
  },
  {
    name: '黄老师',
    address: 'huang@teachers.example',
    turns: [
      {
        title: '附件不在允许之列',
        mail: { subject: '群发不了通知', text: '见附件', attachments: [{ filename: '日志.exe', content: Buffer.from('MZ') }] },
      },
    ],
  },
  {
    name: '休假的邮箱',
    address: 'away@parents.example',
    turns: [
      {
        title: '自动回复',
        mail: { subject: '自动回复：我在休假', text: '我在休假', headers: { 'Auto-Submitted': 'auto-replied' } },
        silent: true,
      },
    ],
  },
  {
    name: '陌生人',
    address: 'stranger@evil.example',
    turns: [{ title: '冒用工单编号', mail: { subject: 'Re: 收不到短信 [T-20261122-0001]', text: '查一下我的工单进度' } }],
  },
];

/** Written while the mailbox' server is down. */
export const duringOutage: Customer = {
  name: '陈爸爸',
  address: 'chen@parents.example',
  turns: [{ title: '收信服务器停机时寄出', mail: { subject: '学生卡丢了怎么办', text: '需要补办' } }],
};
