/** Who calls, in their order: when each call was answered and ended, in seconds from its first ring, and what was registered in it. */

export type Call = Readonly<{
  title: string;
  call: string;
  /** Empty when it is withheld. */
  caller: string;
  extension?: string;
  /** Missing when nobody answered. */
  answered?: number;
  ended: number;
  /** What the agent on the line writes down. */
  registers?: Readonly<Record<string, string>>;
  /** The PBX tells every event twice, the last first. */
  muddled?: true;
}>;

const WANG = '13800138000';
const LATE = '13900139000';

export const crowd: readonly Call[] = [
  {
    title: '没有人接，号码要回拨 / nobody answers',
    call: 'c1',
    caller: LATE,
    ended: 25,
  },
  {
    title: '王妈妈来电，6 秒接听，边听边登记 / answered in 6 seconds, and registered',
    call: 'c2',
    caller: WANG,
    extension: '8001',
    answered: 6,
    ended: 180,
    registers: { school: '南宁市实验小学', class: '三年级2班', name: '王小明', phone: WANG, issue: '收不到作业短信' },
  },
  {
    title: '她再打来：屏幕上已经有她的工单 / she calls again, and her ticket is on the screen',
    call: 'c3',
    caller: `+86 ${WANG}`,
    extension: '8002',
    answered: 12,
    ended: 70,
  },
  {
    title: '响了 32 秒才接，不算三声以内 / answered late',
    call: 'c4',
    caller: '0771-2345678',
    extension: '8001',
    answered: 32,
    ended: 90,
  },
  {
    title: '同一个号码又没有接到，不再多一张任务 / the first number in vain again',
    call: 'c5',
    caller: LATE,
    ended: 20,
  },
  {
    title: '隐藏号码，没有接到 / a withheld number, in vain',
    call: 'c6',
    caller: '',
    ended: 15,
  },
  {
    title: '话务系统把三个事件倒过来各送两次 / the PBX tells its events backwards and twice',
    call: 'c7',
    caller: '13700137000',
    extension: '8002',
    answered: 9,
    ended: 60,
    muddled: true,
  },
];
