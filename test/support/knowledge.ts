/** A knowledge base and a school directory of a few entries, enough to drive conversations. */
import type { FormName, Hit, Knowledge, SchoolMatch } from '../../dialogs/vocabulary';

function hit(article: string, title: string, answer: string, score: number, form?: FormName, department = '客服部'): Hit {
  return { article, title, answer, score, department, ...(form && { form }) };
}

const notReceived = hit(
  'sms-not-received',
  '收不到短信怎么办',
  '请先看手机是否把 106 开头的号码拦截了,再看是否停机或存满。都正常还收不到,可以帮您登记核查。',
  0.9,
  'intake',
  '技术支持部',
);
const late = hit(
  'sms-late',
  '短信晚到是怎么回事',
  '群发高峰时短信会排队,晚几分钟属正常;超过半小时可以帮您登记核查。',
  0.6,
  'intake',
  '技术支持部',
);
const cancelHow = hit('cancel-how', '怎么退订', '可以在这里登记退订,也可以拨打客服办理。', 0.9, 'cancel', '业务受理组');
const fee = hit('fee', '家校互动怎么收费', '资费按当地标准,一般按月收取。', 0.9, undefined, '计费财务组');
const lostCard = hit('card-lost', '学生卡丢了怎么补办', '请尽快报失,补卡费用按当地资费。', 0.7, 'return', '设备维修组');
const cardDead = hit('card-dead', '刷卡没反应怎么办', '请换一台设备再试,还不行就是卡坏了,可以换卡。', 0.69, 'return', '设备维修组');
const cardNoSms = hit('card-no-sms', '刷了卡家长没收到短信', '可能是设备离线,联网后会补发。', 0.68, 'intake', '技术支持部');

const articles: readonly (readonly [RegExp, Knowledge])[] = [
  [/怎么退订|退订.*(?:怎么|流程)/, { decision: 'answer', hits: [cancelHow] }],
  [
    /(?:收不到|没收到|没有收到).*(?:短信|消息)|(?:短信|消息).*(?:收不到|没收到)|not receive/,
    { decision: 'answer', hits: [notReceived, late] },
  ],
  [/收费|多少钱|一个月几块|cost/, { decision: 'answer', hits: [fee] }],
  [/卡.*(?:怎么|咋)|(?:怎么|咋).*卡/, { decision: 'clarify', hits: [lostCard, cardDead, cardNoSms] }],
];

export function fakeKnowledge(question: string): Knowledge {
  return articles.find(([words]) => words.test(question))?.[1] ?? { decision: 'none', hits: [] };
}

const directory: readonly (readonly [string, readonly string[]])[] = [
  ['南宁市第一中学', ['南宁一中', '一中']],
  ['柳州市第一中学', ['柳州一中', '一中']],
  ['南宁市实验小学', ['实验小学', '实小']],
];

export function fakeDirectory(text: string): readonly SchoolMatch[] {
  return directory.flatMap(([school, aliases]) => {
    const raw = [school, ...aliases].find((name) => text.includes(name));
    return raw ? [{ school, raw, score: raw === school ? 1 : 0.9 }] : [];
  });
}
