/** Short phrases that steer the dialog rather than fill it: yes, no, 取消, 人工, "第二个". */

import { numberOf } from './digits';
import { keepsLast } from './kept';
import { piece } from './pattern';
import { clip, normalize } from './text';

export type Control = Readonly<{
  cancel: boolean;
  restart: boolean;
  human: boolean;
  yes: boolean;
  no: boolean;
  thanks: boolean;
  correction: boolean;
  question: boolean;
  helpful: boolean | null;
  goOn: boolean;
  greeting: boolean;
  skip: boolean;
  ordinal: number | null;
}>;

const TAIL = '[了啦吧啊呀哦噢哈呢的嘛吗~。.!,?\\s]*';
const whole = (words: string): RegExp => new RegExp(`^[\\s,。!]*(?:${words})${TAIL}$`, 'i');

const CANCEL = whole(
  piece`
    (?:那|我|还是|先|就|这次)*(?:取消(?:登记|填写|提交|操作|这次)?
    |不(?:办|弄|填|登记|提交|报|要|搞|写|想(?:弄|填|办|说))了|算了?(?:不(?:办|弄|填|用|要|搞|问)了?)?|放弃|退出
    |先不(?:办|填|弄|报|登记)|停止|结束|不用(?:登记|办|填|弄)?了|cancel|quit|exit|quxiao)
  `,
);
/** 「那取消呢?」 asks about cancelling after something else; it calls nothing off. */
const ASKS_AFTER = /^那.+呢[?\s]*$/;
const RESTART = whole(
  piece`
    (?:我(?:要|想))?(?:重来|重新(?:来|开始|填写?|登记|写|输入)|从头(?:开始|再?来|填)|再来一(?:次|遍)|重填|重写
    |全部重来|restart|start over|chonglai)(?:一?[次遍下])?(?:吧)?
  `,
);
const YES = whole(
  piece`
    (?:嗯+|恩+|是|对|好|行|可以|没错|没问题|没毛病|正确|确认|确定|提交|同意|要|需要|ok|okay|okk|yes|y|yep|sure|对对对?
    |是是是?|好好好?|都对|全对|中|得|要得|成|妥|可|没有?问题|无误|准确|就这样|就是这样|这样就行|嗯嗯|嗯呐|是呢|对头
    |对嘞|👌|👍|1)(?:的|提交|确认|对|没错|是的|可以|好)*
  `,
);
const NO = whole(
  piece`
    (?:不|不是|不对|不行|不要|不用|不可以|不正确|不需要|没有|否|错|错了|no|nope|n|不同意|别|唔系|不中|有误|信息有误
    |不太对|都不是|都不对|没|不好)
  `,
);
const THANKS = whole(
  piece`
    (?:好的?|嗯|行|ok|知道了|明白了)*[,。!\s]*(?:谢谢|多谢|感谢|非常感谢|谢了|谢啦|谢过|thanks?|thank you|thx|3q|辛苦
    |麻烦|唔该|xiexie)(?:您|你|你们|您们|啦|了|老师|客服|哦|哈|😊|🙏|🌹)*
  `,
);
const CORRECTION = new RegExp(piece`
    不对|不是.{1,14}(?:是|,)|(?:写|说|打|发|填|输|弄|记|搞|报)错|错了|有误|更正|纠正|应该是|应为|改(?:成|为|一下)|改下
    |改正|不正确|哦不|噢不|是.{1,12}不是|换成|少(?:写|打)了?一|多(?:写|打)了?一|刚才.{0,6}错|sorry.{0,6}是|说反了
  `);
const QUESTION = new RegExp(piece`
    [??]\s*$|怎么(?!.{0,3}(?:没人管|这样|回事都))|怎样|如何|咋(?!呼)|为什么|为啥|为何|凭啥|干嘛|什么|啥(?!都)|哪里
    |哪儿|哪个|哪些|几点|几号|多少|多久|多长|吗\s*$|么\s*$|呢\s*$|是否|能否|可否|有没有|是不是|能不能|可不可以|会不会
    |要不要|行不行|好不好|对不对|谁|几天|几时|何时|请问|不$
  `);
const UNHELPFUL = whole(
  piece`
    (?:这个?|还是)?(?:没(?:有)?(?:帮助|用|帮到|解决)|不(?:是|对)(?:我)?(?:想|要)?问的?(?:这个)?|答非所问
    |没(?:答|回答)(?:到点|对)|(?:还是)?(?:不行|不懂|看不懂|没懂|没明白)|没用|解决不了|没解决|不管用|无帮助
    |不是这个(?:问题|意思)?|👎)
  `,
);
const HELPFUL = whole('(?:有帮助|有用|解决|已?解决|搞定|明白|懂|知道|清楚|可以|好使|弄好|管用|帮到我?|会)(?:了|啦)?');
const GO_ON = whole('(?:继续|接着(?:填|来|办|说)?|接着|继续(?:填写?|办理?|登记)?|go on|continue|往下|下一步|接上)');
const GREETING = whole(
  piece`
    (?:您好|你好|你们好|妳好|hi|hello|嗨|哈喽|哈罗|嘿|在吗|在不在|在么|有人(?:在)?(?:吗|没|没有|不|嘛|么)|有没有人|早上好|上午好|中午好|下午好
    |晚上好|早|大家好|老师好|喂|客服你好|亲|nihao|您好您好)(?:[,。!\s]*(?:客服|老师|请问|在吗|亲|您好|你好|有人(?:在)?(?:吗|没|不|么)))*
  `,
);
const SKIP = whole(
  piece`
    (?:跳过|略过|下一个|不填|没有备注|没备注|没(?:有)?(?:了|别的|其他的?|什么(?:要补充的?)?)|无|暂无|没有|没|skip|none
    |no|不用|不需要|pass|过)
  `,
);
const ORDINAL = new RegExp(piece`
    ^(?:我)?(?:选|选择|就|要|是|按|回复|第)*\s*(\d{1,2}|[一二三四五六七八九十两])\s*(?:个|项|条|号|种|、|\.|\))?(?:吧
    |的|那个)?[。.!\s]*$
  `);
const ORDINAL_WORDS: Readonly<Record<string, number>> = { 前者: 1, 头一个: 1, 上面那个: 1, 后者: 2, 最后一个: -1, 中间那个: 2 };

/** 人工 in every form; a question about the staffed hours or a hotline is none. */
const HUMAN_ASK = new RegExp(
  [
    piece`
      ^(?:人工|客服|真人)+[!。,~\s]*$|^(?:转|找|接|要|请|叫|呼叫|我要|切换|帮我?转|麻烦转|给我转|快转)*(?:到|下
      |个)*(?:人工|真人|活人|客服|坐席|话务员|人工客服|人工服务|在线客服|人工坐席|专员)(?:客服|服务|帮我|处理|来|吧
      |谢谢|，|,|。|!|呢|呀|啊|在吗|在不在|～|~|\s)*$
    `,
    piece`
      (?:转|接|找|要|请|叫|换|呼叫|来|喊|派|安排|联系|上)(?:一?下|一?个|成|到|位|你们?的?|您们?的?)*\s*(?:人工|真人
      |活人|客服(?!电话|热线)|坐席|话务员|人来|工作人员|负责人来|专员|大活人)
    `,
    piece`
      (?:找|换|叫|来|喊|派|要|请)(?:一?个|一位|你们?(?:的)?)*(?:真|活|能说话的|会说话的|懂的|管事的?|懂行的)?人(?:来
      |跟|和|给|帮|说|聊|处理|接|吧|$|[。!,~\s]|讲|谈|过来|出来|回|啊|呗)
    `,
    piece`
      (?:有没有|有|找个?|来个?)(?:能|会)(?:说话|讲话|听懂|听得懂)(?:话)?的人?|(?:有没有|有|还有)(?:真|活)人(?:吗|么|没|啊|在|不|$|[。!?,])?
      |(?:有没有|有)(?:人工|客服)+(?!电话|热线|上班|服务时间|号码)(?:吗|么|没|啊|在|不|能|$|[。!?,])
      |有人(?:能|可以)?(?:管|理我|接|处理)吗|没人(?:接|理|管)(?:我)?吗
    `,
    '(?:跟|和|同|与|给我)(?:一?个)?(?:真人|人工|活人|真的人|客服|人)(?:说|讲|聊|谈|沟通|通话|对话|联系|交流)',
    piece`
      (?:不要|别|不想|不跟|不和|不同|讨厌|烦)(?:再)?(?:跟|和|让|用|是|给我|同|来)?(?:你?这?个?)(?:机器人|智能客服
      |自动回复|AI|ai|机器)(?!坏)|(?:你|您)(?:们)?(?:这)?(?:机器人|AI|ai).{0,6}(?:听不懂|不懂|没用|废物|太笨|不行
      |解决不了)
    `,
    piece`
      ren\s?gong|zhuan\s?ren|zhen\s?ren|\bhuman\b|\bagent\b|real person|customer service
      |speak to (?:a |some)?(?:one|body|person|human)|talk to (?:a |some)
    `,
    piece`
      客服(?:人员)?(?:呢|在哪|人呢|出来|快来|在吗|在不在|死哪|你好在吗)|(?:^|[,。!s])人呢|人在哪
      |(?:让|叫)(?:你们?|您们?)?(?:的)?(?:客服|人)(?:来|过来|出来|接|跟我|给我|联系|打|回)|转接|不要自动回复
      |(?<!班|老|总|天|直|常|的|广告|推销|骗子)给我(?:回个?|打个?|来个?)电话(?:吧|$|[。!,])|回个?电话(?:给我)|真人服务
      |人工服务$|电话联系我|打电话给我
    `,
  ].join('|'),
  'i',
);
/** The bare word is enough, unless it is another 人工 or a question about what the desk itself is. */
const HUMAN_WORD = new RegExp(piece`
    (?<!是|多|费|个)人工(?!费|智能|录入|登记|签到|补|成本|审核|操作|导入|统计|还是)
    |接线员|话务员|(?:让|叫|喊)你们(?!领导|经理|主管|老板).{0,6}来(?:回答|回复|说|讲|接)|(?:跟|和|同|与)(?:你们)?(?:的)?(?:工作人员|客服人员)(?:说|讲|聊|谈)|(?<!是|像|个|不像)(?:真人|活人)(?!还是|秀|吗|么)
  `);
const HUMAN_ASKED_ABOUT = new RegExp(piece`
    没(?:有)?(?:派)?来?人来?(?:修|看|$)|还没.{0,3}人|jidian|shangban|xiaban|dianhua
    |(?:人工|客服|你们).{0,6}(?:几点|什么时候|上班|下班|时间|电话是?多少|热线|号码|周末|节假日|多少钱|收费|态度|骗
    |休息)|(?:客服|人工)(?:的)?(?:电话|热线|号码)
    |(?:机|设备|屏|闸).*人来?.{0,4}(?:弄|整|搞|换|装)|(?:人|师傅|技术|客服).{0,8}(?:修|上门|安装|检修|培训|维护|看看|看一下|现场|来学校|瞧瞧)
  `);

/** A clause that is nothing but the order is meant, whatever stands beside it: 「还没人管，转人工」. */
const HUMAN_ORDERED =
  /^\s*(?:我要|帮我|给我|麻烦|快|请)*(?:转|找|接|叫|切换)(?:接)?(?:到|下|个|一下)*(?:人工|真人|活人)(?:客服|服务|坐席)?[吧啊呀~\s]*$/;

/** Asks for a person, in whatever words. */
export function asksForHuman(text: string): boolean {
  const joined = text.replace(/(?<=[一-龥]) +(?=[一-龥])/g, '');
  if (joined.split(/[,。!?;]/).some((clause) => HUMAN_ORDERED.test(clause))) return true;
  return (HUMAN_WORD.test(joined) || HUMAN_ASK.test(joined)) && !HUMAN_ASKED_ABOUT.test(joined);
}

function ordinalOf(text: string): number | null {
  const word = ORDINAL_WORDS[text.trim().replace(/[。!吧]+$/, '')];
  if (word !== undefined) return word;
  const digits = ORDINAL.exec(text.trim())?.[1];
  return digits === undefined ? null : numberOf(digits);
}

/** Which steering phrases a message is or holds. `-1` as an ordinal is 最后一个. */
export const reads = keepsLast((message: string): Control => {
  const original = clip(message);
  const text = normalize(original).trim();
  const short = text.length <= 24;
  const unhelpful = short && UNHELPFUL.test(text);
  return {
    cancel: short && CANCEL.test(text) && !ASKS_AFTER.test(text),
    restart: short && RESTART.test(text),
    human: asksForHuman(text),
    yes: short && YES.test(text),
    no: short && NO.test(text),
    thanks: short && THANKS.test(text),
    correction: CORRECTION.test(text),
    question: QUESTION.test(text),
    helpful: unhelpful ? false : short && HELPFUL.test(text) ? true : null,
    goOn: short && GO_ON.test(text),
    greeting: short && GREETING.test(text),
    skip: short && SKIP.test(text),
    ordinal: short ? ordinalOf(text) : null,
  };
});
