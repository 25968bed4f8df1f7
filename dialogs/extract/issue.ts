/** The gist of the matter: the customer's own words without greetings, identity and phone numbers. Nothing is added. */
import { piece } from './pattern';
import { tells, weigh } from './telling';
import { CUT } from './text';

/** Alternatives with the longest first, so that words laid end to end are found in one pass. */
const oneOf = (words: string): string => words.trim().split(/\s+/).join('|');

const HELLO = oneOf(
  '您好 你好 妳好 (?:hi|hello)(?![a-z]) 嗨 哈喽 在吗 在不在 在么 有人吗 早上好 上午好 中午好 下午好 晚上好 早(?![上晨晚就点自读退操]) 大家好 老师(?:好|(?=[您你]好|[\\s,。!~]|$|请问|我)) 客服 亲(?![情戚人属自]) 喂 嗯+ 额(?![度外]) 呃 啊 哦',
);
const OPENING = oneOf(
  '请问一?下? 麻烦(?:您|你)?问一?下 想(?:咨询|问|请问)一?下 我?想问问 问一?下 咨询一?下 那个 就是(?:说)? (?:情况)?是这样的? 不好意思 打扰(?:一?下|了)? 麻烦(?:您|你|了)?(?:一下)? 劳驾',
);
const GREETING = new RegExp(`^(?:(?:${HELLO}|${OPENING})[呀啊哈呢哦噢吗的了~]*[\\s,。!?~:]*)+`, 'i');
const THANKS = /(?:谢谢(?:您|你|啦|了|哈)*|多谢|感谢|拜托(?:了|您)?|辛苦(?:了|您)?|麻烦(?:了|您|你)+|thanks?|thx)[\s,。!~]*$/i;

const PERSONS = oneOf('爱人 老公 老婆 我们 我家 我的 我 俺 咱 本人 他 她 它 您 你 这里 这边 这 那 人 女士 先生');
const PUPILS = oneOf('外孙女? 孙子 孙女 女儿 儿子 孩子 小孩 娃儿? 闺女 宝宝 宝贝 学生 同学 小朋友');
const KIN = oneOf('家长 妈妈 爸爸 爷爷 奶奶 外公 外婆 姥姥 姥爷 父亲 母亲 妈 爸');
const STAFF = oneOf('班主任 管理员 主任 校长 园长 任课 老师 教 语文 数学 英语');
const PLACES = oneOf(
  '幼儿园 小学 初中 高中 学校 班级 年级 民办 公办 私立 公立 位置 地址 位于 来自 [初高][一二三123] [一二三四五六七八九]年级? [小中大托]班 班',
);
const NUMBERS = oneOf('联系方式 联系我 联系 手机号?码? 电话号?码? 号码 号 学号 \\d 回 打 给 留 一下 这个?微信号? 微信号');
const GLUE = oneOf(
  '就读于? 是 的 在 读 上 念 叫 名字 姓名 全名 大名 小名 姓[一-龥] 姓 住 为 现在 今年 目前 就是 也 就 一个 个 位 名 可以 请 哈 啊 呢 哦 了 吧',
);
const MENDING = oneOf(
  '不对 不是 没错 算了 办公室 (?:写|打|说|发|输)错了? 错了? [少多漏](?:写|打|输|发)了?一?[位个]?数?字? 应该 改成 不知道 不晓得 全称 反正 怎么写',
);
const MARKS = `[\\s,、.。!~/|()+:-]|${CUT}`;
/** A clause made only of these says who speaks, not what is the matter. */
const IDENTITY = new RegExp([PUPILS, KIN, STAFF, PLACES, NUMBERS, PERSONS, MENDING, GLUE, MARKS].join('|'), 'g');

/** The same in English, beside an identity that was cut out: 「she is at … and her name is …」. */
const IDENTITY_EN =
  /\b(?:i|we|he|she|it|they|my|our|his|her|the|a|an|is|are|was|am|i'm|in|at|of|from|to|and|goes|go|studies|studying|attends|name|named|called|son|daughter|child|kid|student|pupil|parent|mother|father|mom|mum|dad|teacher|here|this|phone|number|mobile|cell|school|class)\b/gi;

const ASSENT = oneOf('好的? 嗯+ 是的? 对的? 行 可以 ok 收到 知道了 没有了 没了 以上 如下');
const HURRY = oneOf(
  '尽快(?:处理|回复|解决)?(?:一下)? 请?(?:尽快|赶紧|抓紧|及时)?(?:帮忙|帮我)?(?:处理|回复|解决|核实|联系我|回电)(?:一下|吧)? 快点 急急急 很急 急 等[您你]们?的?(?:电话|回复|消息) 随时都?可以联系 打这个(?:号|电话)?(?:就行|就好|即可)? 就这[个些]',
);
const STEERING = oneOf(
  '更正(?:一下)? 不想说 不方便 保密 不知道 不清楚 转人工 人工 取消 重来 你好 您好 在吗 请问 谢谢 (?:speak|talk|transfer|connect)(?:\\s(?:me|to|with|an?|real|live)){0,4}\\s(?:person|human|agent|someone|somebody) [\\s,。!?~.:、]',
);
const FILLER = new RegExp([HURRY, STEERING, ASSENT, CUT].join('|'), 'gi');
const NOT_THIS = new RegExp(
  piece`
    ^不(?:是|叫|说).{1,6}$|^(?:妈妈|爸爸|孩子|家长|[他她]|小名)的?(?:名字)?(?:叫|是)[一-龥]{2,4}$
    |^[一-龥](?: [一-龥]){1,3}$|^my (?:son|daughter|child|name).*$
  `,
  'i',
);

/** Who speaks and of whom, at the head of a clause that goes on to its matter without a comma. */
const PREFIX = new RegExp(
  `^(?:${[
    '[\\s,、:]',
    '我(?:们|家)?(?:是|的|在)',
    `我家?(?=${CUT})`,
    '我家(?=孩子|娃|女儿|儿子)',
    '本人|这里是|这边是',
    `(?:孩子|小孩|娃儿?|女儿|儿子|孙子|孙女|学生)(?:(?:在|读|上)(?=[一-龥]{0,3}${CUT})|叫|是|名叫)`,
    `(?:在|是|叫|就读于?)(?=${CUT})`,
    `的(?=[${CUT}家妈爸学班])`,
    `${CUT}+的?(?:班主任|老师|家长|妈妈|爸爸|爷爷|奶奶|外公|外婆|妈|爸|管理员)?(?=[${CUT},\\s]|我|想|要|请|问|家|孩|今|昨|手机|电话|这|最|从)`,
  ].join('|')})+`,
);
const PHONE_TAIL = new RegExp(
  piece`
    [\s,;。]*(?:(?:我的?|本人|请|可以|麻烦)*(?:联系|手机|电话|号码|打|回
    |加)[是为:请打留拨的 我你您号码电话手机联系方式]{0,8}?)?${CUT}{7,}[\s,。]*
  `,
  'g',
);

/** 「号码改成…」: made of the words of an identity, and still a wish. */
const CHANGED = /(?:手机号?|号码?|电话|名字|姓名|班级|学校|资料|接收人)(?:信息)?(?:要|想|得|需要|麻烦)?(?:改|换|变更|更新)/;

/** `told` says that an identity was cut out of the message. */
function isMatter(clause: string, told: boolean): boolean {
  if (CHANGED.test(clause)) return true;
  if (!/[一-龥A-Za-z]/.test(clause.replaceAll(CUT, '')) || NOT_THIS.test(clause)) return false;
  const rest = clause.replace(IDENTITY, '');
  if (rest === '' || clause.replace(FILLER, '') === '') return false;
  return !told || /[一-龥]/.test(rest) || /[a-z]/i.test(clause.replace(IDENTITY_EN, ''));
}

/** Length of speaker and identity at the head of a clause, whole spans only. */
function prefixLength(clause: string): number {
  let length = PREFIX.exec(clause)?.[0].length ?? 0;
  while (clause.charAt(length) === CUT && clause.charAt(length - 1) === CUT) length += 1;
  return length;
}

/** The words behind a greeting: 「喂在不在啊，…」 says nothing of the matter. */
export function withoutGreeting(text: string): string {
  const head = GREETING.exec(text)?.[0] ?? '';
  return text.length - head.length >= 4 ? text.slice(head.length) : text;
}

/** Shorter ones must tell a matter by their words: 退订, 补卡. */
const LEAST = 3;

/** What stands between two clauses, as typed; a line break reads as a comma. */
const joint = (typed: string): string => typed.replace(/\s*\n\s*/g, '') || '，';

/** Between clauses: marks, and spaces except inside English, between single characters or before a number. */
const BETWEEN = /([,;。!?\n]+|(?<=[^\s,;。!?]{2})(?:(?<![A-Za-z]) +|(?<=[A-Za-z]) +(?![A-Za-z]))(?=[^\s\d,;。!?][^\s,;。!?]))/;
const MARK = /^[,;。!?\n ]+$/;

/**
 * `masked` has every identity span cut out, `shown` only what must not stand in a gist (phones); both as long as the message.
 * Returns the clauses that carry a matter, joined by the customer's own punctuation; undefined when there is none.
 */
export function findIssue(masked: string, shown: string): string | undefined {
  let gist = '';
  let mark = '';
  let offset = 0;
  let kept = false;
  const told = masked.includes(CUT);
  for (const part of masked.split(BETWEEN)) {
    const start = offset;
    offset += part.length;
    if (MARK.test(part)) {
      if (kept) mark = shown.slice(start, offset);
      kept = false;
      continue;
    }
    // A number that is shown is the matter's: 「加上爸爸的号码 136…」.
    if (/^ +$/.test(mark) && /^[\uE000 ]+$/.test(part) && /\d{7}/.test(shown.slice(start, offset))) {
      gist += mark + shown.slice(start, offset).trim();
      mark = '';
      kept = true;
      continue;
    }
    const head = GREETING.exec(part)?.[0].length ?? 0;
    const from = head + prefixLength(part.slice(head));
    const rest = part.slice(from).replace(THANKS, '');
    if (!isMatter(rest, told) || weigh(rest) < 0) continue;
    const clause = shown
      .slice(start + from, start + from + rest.length)
      .replace(PHONE_TAIL, ' ')
      .replaceAll(CUT, '')
      .replace(/^[\s,，、:：的]+|[\s,，、:：]+$/g, '');
    if (clause.length < 2) continue;
    gist += gist === '' ? clause : joint(mark) + clause;
    mark = '';
    kept = true;
  }
  // A question stays a question; a full stop is no part of the gist.
  gist += /[?？]+/.exec(mark)?.[0] ?? '';
  return gist.replace(/\s/g, '').length >= LEAST || tells(gist) ? gist : undefined;
}
