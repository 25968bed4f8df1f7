/** The parents of the simulation and what they say, one line after the other's answer. */

export type Line = string | Readonly<{ image: true }> | Readonly<{ enters: true }>;
export type Parent = Readonly<{ user: string; name: string; says: readonly Line[] }>;

export const crowd: readonly Parent[] = [
  { user: 'wm-liu', name: '刘女士', says: [{ enters: true }, '学生卡丢了怎么办', '那补卡要多少钱？', '谢谢'] },
  {
    user: 'wm-wang',
    name: '王先生',
    says: [
      '收不到学校发的短信',
      '帮我登记',
      '南宁市实验小学三年级2班王小明，电话13800138000',
      '从昨天下午开始一条都收不到',
      { image: true },
      '确认提交',
      '没有了',
    ],
  },
  {
    user: 'wm-zhao',
    name: '赵女士',
    says: ['我要投诉！扣了我三个月的钱也没人管', '南宁市实验小学，13900139000', '不方便说', '赵丽', '确认提交'],
  },
  { user: 'wm-chen', name: '陈先生', says: ['怎么退订', '转人工'] },
  { user: 'wm-zhou', name: '周奶奶', says: ['ni hao', '孙子的成绩在哪里看', '看不懂', '人工'] },
];
