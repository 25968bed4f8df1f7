/** The school: an entry of the directory when the text names one, else what reads like a school's name. */

import type { SchoolMatch, Slot } from '../vocabulary';
import { best, standing, surroundings } from './mention';
import { isName } from './name';
import { matches, piece } from './pattern';
import { CUT, normalize, overlaps } from './text';
import type { Span } from './types';

export type School = Readonly<{ slot?: Slot; span?: Span; choices: readonly string[]; spans: readonly Span[] }>;

const NUMERAL = '[一二三四五六七八九十\\d]{1,3}';
/** Names that stand alone: 实验小学, 附小, 一中, 市二幼, 第三中学. */
const WHOLE = [
  `第?${NUMERAL}(?:实验|初级|高级|职业|完全)?(?:中学|小学|幼儿园|高中|初中|职业高中|职高)`,
  piece`
    第?${NUMERAL}(?:中(?![午班间国心旬年文学生途秋等度点])|小(?![时班孩朋友组姐节学生心事部段点块个撮题子儿])|幼(?![儿稚])
    |职中|高(?=[,。 的了]|$))
  `,
  '(?:实验|中心|附属|机关|民族|外国语|师范|职业|希望|红旗|育才|直属)(?:中学|小学|幼儿园|学校|高中|初中)',
  piece`
    附(?:小|中|幼|属小学|属中学|属幼儿园)|实(?:小|中|幼)(?![班组孩午时])|中心(?:校|小学|幼儿园)|机关幼儿园|外国语学校
    |职教中心|职业中专|特殊教育学校|九年一贯制学校
  `,
];
/** Kinds that need a name before them: 明秀路小学, 新阳幼儿园. */
const KINDS = '小学|中学|初中|高中|幼儿园|幼稚园|学校|职高|职校|职中|技校|中专|学院|书院|国小|完小|大学|托儿所|早教中心';
const PART = piece`
    (?:[(][一-龥A-Za-z]{1,8}[)])|(?:(?:[东西南北新老]|[一-龥]{2,4}?)?(?:校区|分校|分园|园区|总校|总园|本部))
    |(?:初中部|高中部|小学部|幼儿部|附属(?:小学|中学|幼儿园))
  `;
const NAME = new RegExp(`(?:${WHOLE.join('|')}|${KINDS})(?!生)(?:${PART})?`, 'g');
const NAME_CHARACTER = /[一-龥A-Za-z0-9·]/;

/** Words after which a name begins; what stands before them is no part of it. */
const LEAD_IN = new RegExp(
  '^.*(?:' +
    [
      piece`
        就读于|毕业于|位于|来自|叫做|名为|原来|以前|之前|现在|目前|如今|报名|反正|没错|全称|考[上到入]|学堂|[我俺咱]们?村|[这那][里边]|请问|问一?下|学校名称|原学校|现学校|新学校|转[到入去进来自]?(?!塘)|送|(?<![前奋跃先共同促上])进(?![修步贤德士])|收到|换成
        |改成|离开|回(?![民龙澜春郎])|隔壁|旁边|对面|附近|别人家?|其[他它]|听说|关于|因为|为啥
      `,
      piece`
        孩子|小孩|幺儿|囡囡|[我俺咱]家|娃儿?(?!哈)|女儿|儿子|孙子|孙女|外孙|闺女|宝宝|崽|家长|老师(?!范)|学生|同学|班主任|妈妈|爸爸|爷爷|奶奶
        |外婆|外公|家里|弟弟|妹妹|姐姐|哥哥
      `,
      piece`
        上$|(?<=[在子娃她他我儿女正现班])上|(?<![文崇宣支])教(?![师育院])|从(?![化江])|原(?=[一二三四五六七八九十\d实附])
        |现(?=[一二三四五六七八九十\d实附])|所(?!城)
      `,
      '您好|你好|老师好|(?<!日)本人|自家|登记|抬头写?|写|学校名?(?=[一-龥])|单位|班级|(?:年级|\\d|[一二三四五六七八九十])班|[、,]',
      piece`
        读于|[在读我到的叫去给被把们这你您他她它俺咱了吗呢啊吧呀哦嘛跟与就说搁喺紧伫囝仔伢阮伲哋恁嘞呃嗯]|(?<!求)是|问(?![津学渠天鼎])|(?<!念)念(?![慈念])
        |那(?![坡马洪龙楼陈桐黎])|系(?!统)|[以用]$|个(?!旧)|对(?![外岩])|勒拉|住(?!院)|(?<=[名校])为
        |(?<![人颐祥永太义泰中仁安呼协共融清元延同雍万福丰景嘉瑞保三怡惠])和(?![浩平谐顺田县静硕龙兴美园苑睦])
      `,
    ].join('|') +
    ')',
);
/** A bare kind or a kind with only these words before it names nothing. */
const GENERIC = new RegExp(piece`
    ^(?:我们?|你们?|他们|咱们?|俺们?|自己|自家|自个儿?|该|本|全|各|每个?|原来?|新|老|别的?|其[他它]|哪个?|哪所|什么|啥|某|一[个所]|两[个所]|几[个所]
    |多[个所]|所有|整个|同一?个?|母|进|到|离|返|入|出|回|休|退|驻|放|不同|公办|民办|私立|公立|寄宿|乡镇|农村|城里|附近
    |好|上|升|考|直升|马上|刚|快|转|换|孩子|家长|老师|通知|联系|问|找|跟|向|由|让|叫|请|去|给|对|家|从|有些|有的|这个?|那个?|这所|那所|小|大
    |改|一下|以|用|凭|要|还|也|都|怎么|非得|必须|填|写|选|报|乡下|镇上|县里|县城|村里|小区|外地|老家|住|挨着
    |不|不?想|说|没有?|不?知道|重点|普通|一些|部分|个别|试点|合作|现在|以前|之前)*(?:小学|中学|初中|高中|幼儿园|幼稚园|学校|学院|职高|职校|职中
    |技校|中专|大学|书院|托儿所|早教中心)$
  `);

/** Behind a number or a word for the child stands a name: 「…李沐阳东海中学」. What ends like a place is the school's own. */
const CHILD_BEFORE = new RegExp(`(?:[^${CUT}]${CUT}+|孩子|小孩|女儿|儿子|孙子|孙女|闺女|大名|姓名|叫)$`);
const PLACE = /[路街庄村镇乡湾山河桥塘岭坡洲江湖城区家门堡沟海]$/;
const OWN_KIND = /^(?:第|实验|双语|中心|国际|外国语|附属|希望|民办|艺术|职业|小学|中学)/;
/** Of two characters a name is too easily the beginning of a school's. */
const NAME_LENGTHS = [4, 3];

/** Length of the pupil's name at the head of what was taken for the school's, 0 when there is none. */
function pupilBefore(text: string, start: number, kind: number): number {
  if (!CHILD_BEFORE.test(text.slice(0, start))) return 0;
  const fits = (length: number): boolean => {
    const name = text.slice(start, start + length);
    return kind - start >= length + 2 && !PLACE.test(name) && !OWN_KIND.test(text.slice(start + length)) && isName(name);
  };
  return NAME_LENGTHS.find(fits) ?? 0;
}

/** 「Nanhu No. 2 Primary School」, after what leads up to a name in an English sentence. */
const ENGLISH = new RegExp(
  piece`
    (?<![A-Za-z])(?!(?:school|my|our|his|her|the|at|in|of|from|is|goes|to|studies|attends|a|an|this|that|new|old|same|which|what|and|child|son
    |daughter|student|pupil|teacher|kid|grade|class|for|it|was|are|am|be|i|we|he|she|they)\b)
    [A-Za-z][A-Za-z'’.-]*(?: +(?:no\.? ?)?[A-Za-z\d][A-Za-z\d'’-]*){0,4}? +(?:school|kindergarten|academy|college)\b
  `,
  'gi',
);
const ENGLISH_LEAD =
  /^.*(?:^|\s)(?:school|my|our|his|her|the|at|in|of|from|is|goes|to|studies|attends|this|that|and|child|son|daughter|student|pupil|teacher|kid|for|it|was|are|am|be|i|we|he|she|they)\s+/i;
const ENGLISH_KIND =
  /^(?:a |an |new |old |same |local |public |private |primary |middle |high |junior |senior |secondary |elementary |whole |entire |night |after |before |no )*(?:school|kindergarten|academy|college)$/i;

function findEnglish(text: string): Span[] {
  return matches(text, ENGLISH).flatMap((match) => {
    const lead = ENGLISH_LEAD.exec(match[0])?.[0].length ?? 0;
    const value = match[0].slice(lead);
    if (ENGLISH_KIND.test(value)) return [];
    return [{ start: match.index + lead, end: match.index + match[0].length, value }];
  });
}

/** Every place that reads like the name of a school. */
export function findSchoolNames(text: string): Span[] {
  const spans: Span[] = /[a-z]{5}/i.test(text) ? findEnglish(text) : [];
  let floor = 0;
  for (const match of matches(text, NAME)) {
    let start = match.index;
    while (start > floor && match.index - start < 18 && NAME_CHARACTER.test(text.charAt(start - 1))) start -= 1;
    const lead = text.slice(start, match.index);
    start += LEAD_IN.exec(lead)?.[0].length ?? 0;
    start += /^\d{5,}/.exec(text.slice(start, match.index))?.[0].length ?? 0;
    const end = match.index + match[0].length;
    start += pupilBefore(text, start, match.index);
    const name = text.slice(start, end);
    if (GENERIC.test(name) || /^[初高][一二三]中/.test(text.slice(Math.max(0, start - 1), end)) || name.length < 2) continue;
    if (
      /^(?:生|里|门口|方面|领导|老师说|放假|通知|组织|统一|要求|规定|那边|这边|群|期间|阶段|毕业)/.test(text.slice(end)) &&
      match.index === start &&
      !/[附实一二三四五六七八九十\d]/.test(name)
    )
      continue;
    spans.push({ start, end, value: name });
    floor = end;
  }
  return spans;
}

const SAME_SCORE = 0.02;

function locate(text: string, match: SchoolMatch): Span | undefined {
  const start = text.indexOf(normalize(match.raw));
  return start < 0 || match.raw === '' ? undefined : { start, end: start + match.raw.length, value: match.school };
}

/** The customer's own, current school; when the directory knows several of that name, all of them as `choices` and no slot. */
export function findSchool(text: string, original: string, directory: boolean, matches: readonly SchoolMatch[]): School {
  const known = matches.flatMap((match) => {
    const span = locate(text, match);
    return span ? [{ ...span, score: match.score }] : [];
  });
  const written = findSchoolNames(text).filter(
    (span) => !known.some((match) => overlaps(match, span) && match.end - match.start >= span.end - span.start),
  );
  const lone = known.filter(
    (match) => !written.some((span) => overlaps(span, match) && span.end - span.start > match.end - match.start && match.score < 0.8),
  );
  const own = best([...lone, ...written.filter((span) => !lone.some((match) => overlaps(match, span)))], (span) =>
    standing(surroundings(text, span)),
  );
  const spans = [...lone, ...written];
  if (!own || standing(surroundings(text, own)) <= -6) return { choices: [], spans };
  const rivals = lone.filter((match) => overlaps(match, own));
  const top = Math.max(...rivals.map((match) => match.score));
  const choices = [...new Set(rivals.filter((match) => match.score >= top - SAME_SCORE).map((match) => match.value))];
  if (choices.length > 1) return { choices, span: own, spans };
  const value = choices[0];
  const raw = original.slice(own.start, own.end);
  if (value !== undefined) return { slot: { raw, value, verified: true }, span: own, choices: [], spans };
  return { slot: { raw, value: own.value, ...(directory && { verified: false }) }, span: own, choices: [], spans };
}
