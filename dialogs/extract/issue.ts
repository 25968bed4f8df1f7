/** The gist of the matter: the customer's own words without greetings, identity and phone numbers. Nothing is added. */
import { CUT } from './text';

const GREETING =
  /^(?:(?:您好|你好|妳好|hi|hello|嗨|哈喽|在吗|在不在|在么|有人吗|早上好|上午好|中午好|下午好|晚上好|早|大家好|老师好?|客服|亲(?![情戚人属自])|请问一?下?|麻烦(?:您|你)?问一?下|想(?:咨询|问|请问)一?下|我?想问问|问一?下|咨询一?下|那个|嗯+|额|呃|啊|哦|就是(?:说)?|是这样的?|情况是这样的?|不好意思|打扰(?:一?下|了)?|麻烦(?:您|你|了)?(?:一下)?|劳驾|喂)(?:[呀啊哈呢哦噢吗的了~]*)[\s,。!?~:]*)+/i;
const THANKS = /(?:谢谢(?:您|你|啦|了|哈)*|多谢|感谢|拜托(?:了|您)?|辛苦(?:了|您)?|麻烦(?:了|您|你)+|thanks?|thx)[\s,。!~]*$/i;
/** A clause made only of these says who speaks, not what is the matter. */
const IDENTITY =
  /^(?:我(?:们|家)?|俺|咱|本人|这里|这边|这|那|是|的|在|读|上|念|就读于?|叫|名字|姓名|全名|姓|孩子|小孩|娃儿?|女儿|儿子|孙子|孙女|外孙女?|闺女|宝宝|宝贝|学生|同学|小朋友|家长|妈妈|爸爸|妈|爸|爷爷|奶奶|外公|外婆|姥姥|姥爷|父亲|母亲|老师|班主任|管理员|主任|校长|园长|任课|教|语文|数学|英语|手机号?码?|电话号?码?|电话|号码|联系方式|联系|联系我|打|可以|请|我的|他|她|它|您|你|为|:|学校|班级|年级|班|现在|今年|目前|也|就|一个|个|位|名|哈|啊|呢|哦|了|回|给|留|一下|幼儿园|小学|初中|高中|住|来自|位置|地址|位于|学号|\d|姓[一-龥]|就是|不对|错了?|(?:写|打|说|发)错了?|应该|改成|不知道|怎么写|这个?微信号?|微信号|吧|大名|小名|[初高][一二三123]|[一二三四五六七八九]年级?|[小中大托]班|人|女士|先生|[\s,、.。!~/|()+-]|\uE000)*$/;
const FILLER =
  /^(?:好的?|嗯+|是的?|对的?|行|可以|ok|收到|知道了|快点|急|很急|急急急|尽快(?:处理|回复|解决)?(?:一下)?|请?(?:尽快|赶紧|抓紧|及时)?(?:帮忙|帮我)?(?:处理|回复|解决|核实|联系我|回电)(?:一下|吧)?|等(?:您|你)们?(?:的)?(?:电话|回复|消息)|随时(?:都)?可以联系|打这个(?:号|电话)?(?:就行|就好|即可)?|就(?:这个|这些)|没了|没有了|以上|如下|不(?:是|叫).{1,6}|不对|错了|写错了|说错了|打错了|发错了|更正(?:一下)?|不想说|不方便|保密|不知道|不清楚|人工|转人工|取消|重来|你好|您好|在吗|请问|谢谢|[\s,。!?~.:、]|\uE000)*$/i;
const PREFIX =
  /^(?:[\s,、:]|我(?:们|家)?(?:是|的|在)|我(?=\uE000)|我家(?=孩子|娃|女儿|儿子|\uE000)|本人|这里是|这边是|(?:孩子|小孩|娃儿?|女儿|儿子|孙子|孙女|学生)(?:在|读|叫|是|上|名叫)|在(?=\uE000)|是(?=\uE000)|就读于?|叫(?=\uE000)|的(?=[\uE000家妈爸学班])|\uE000+(?:的)?(?:班主任|老师|家长|妈妈|爸爸|爷爷|奶奶|外公|外婆|妈|爸|管理员)?(?=[\uE000,\s]|我|想|要|请|问|家|孩|今|昨|手机|电话|这|最|从)|\uE000+(?=[\uE000\s,]))+/;
const PHONE_TAIL = /[\s,;。]*(?:(?:我的?|本人|请|可以|麻烦)*(?:联系|手机|电话|号码|打|回|加)[^,。;!?\n]{0,8}?)?\uE000{7,}[\s,。]*/g;

const isMatter = (clause: string): boolean =>
  !IDENTITY.test(clause) && !FILLER.test(clause) && /[一-龥A-Za-z]/.test(clause.replaceAll(CUT, ''));

/** Speaker and identity at the beginning of a clause, whole spans only. */
function prefixLength(clause: string): number {
  let length = PREFIX.exec(clause)?.[0].length ?? 0;
  while (clause.charAt(length) === CUT && clause.charAt(length - 1) === CUT) length += 1;
  return length;
}

/**
 * `masked` has identity spans cut out, `text` is the same text whole and of the same length.
 * The clauses that carry a matter, joined as written; undefined when there is none.
 */
export function findIssue(text: string, masked: string, phoneMasked: string): string | undefined {
  const kept: string[] = [];
  let offset = 0;
  for (const part of masked.split(/([,;。!?\n]+)/)) {
    const start = offset;
    offset += part.length;
    if (/^[,;。!?\n]*$/.test(part)) {
      if (/[?!]/.test(part) && kept.length > 0) kept[kept.length - 1] += part.includes('?') ? '?' : '';
      continue;
    }
    const greeting = GREETING.exec(part)?.[0].length ?? 0;
    const prefix = prefixLength(part.slice(greeting));
    const rest = part.slice(greeting + prefix).replace(THANKS, '');
    if (!isMatter(rest)) continue;
    const from = start + greeting + prefix;
    const clause = phoneMasked
      .slice(from, from + rest.length)
      .replace(PHONE_TAIL, ' ')
      .replaceAll(CUT, '');
    const clean = clause.replace(/^[\s,、:的]+|[\s,、:]+$/g, '');
    if ([...clean].length > 1) kept.push(clean);
  }
  const gist = kept.join(',').replace(/\?,/g, '?');
  return [...gist.replace(/\s/g, '')].length >= 3 && text !== '' ? gist : undefined;
}
