/** What speaks for and against a candidate: what stands before and behind it, what it is made of, how the message mentions it. */
import type { Candidate } from './nameCandidates';
import { isTransliterated, isTypical, isUnlikely } from './nameCharacters';
import { piece } from './pattern';
import { CHILD, KIN, STAFF } from './people';
import { isCommonSurname, isEveryday, surnameLength } from './surnames';
import { beginsWithWord } from './surnameWords';
import { MARKS } from './text';

const GAP = `[\\s,:'"“‘「(]{0,3}(?:嗯|呃|那个|就是)?[\\s,]{0,2}`;
const CALL = '(?:就|名|是|都|又)?[叫喊唤](?:做|作|起|的|了|个)?';
const LABEL = '(?:[大全学本真]名|中文名字?|姓名|名字|(?<!英文)名)';
const IS = `(?:${CALL}|就?[是为系写]的?)`;
const TOLD = `(?:的)?(?:${GAP}${LABEL})?(?:${GAP}${IS})?${GAP}`;
const TITLE = '老师|[副正]?(?:校长|园长|主任|书记)|女士|先生';
const FILLER = '嗯|呃|额|啊|哈|呀|嘛|哦|那个|就是|然后|吧|呢|噻|撒|喃|嘞|咯|咧|哒|喽|啵|哩';
const PLACE = '[在搁喺于]|读|念|上|就读';
/** What a pupil does or has done to him, right behind the name. */
const GOES_ON = piece`
    [今明][天早晚]|昨[天晚]|前天|早[上晨]|中午|[上下]午|晚上|每天|天天|一直|联系|家[长里的]|放学|发[烧现了不]|现在|年级|平安|用[不了]|来[了不过]|应该
    |申请|学[号校生费]|同[学桌班]|本[人来]|登[录记不陆]|名字|和[我他她别]|卡[丢坏掉断没不]?|班|出[校门来]|书|身[份体]
    |[是说要想没这那收不把被让请改手电我你俺恁她他它进到离丢掉忘病转换也都就已还第号跟与考短校有从去只因又总老给好像显打回住参麻您两几刷绑补需能可为所但退取
    开通完毕饭入报断带漏咋冇唔怎嘅嘞哩得了着过在读念]
  `;

/** Looks back from where a candidate begins. */
const back = (words: string): RegExp => new RegExp(`(?<=${words})`, 'y');
/** Looks on from where a candidate ends. */
const on = (words: string): RegExp => new RegExp(words, 'y');

const BEFORE = {
  called: back(`${CALL}${GAP}|\\b(?:is|name|called|I'm|I am|son|daughter)[\\s:]+`),
  label: back(`${LABEL}[里上呢嘛?]?(?:${GAP}${IS})?${GAP}`),
  child: back(`(?:${CHILD})${TOLD}`),
  our: back(`(?:[我俺咱偶]们?|阿拉|我哋)(?:家|屋头|屋里|[班园校]|班[上里]|个)(?:的|有个|那个|里)?(?:${CHILD})?${TOLD}`),
  self: back(`(?:[我俺咱偶]|本人|鄙人)${TOLD}`),
  staff: back(`(?:${STAFF})${TOLD}`),
  adult: back(`(?:${KIN}|爱人|老公|老婆|那口子|东家)${TOLD}`),
  contact: back(`(?:联系[人我]|经办人?|收件人|签收)${TOLD}`),
  object: back('[找跟和问让向被由加请同]|收到|联系'),
  handled: back('(?:[查看问](?:一?下|一?[查看问])?|[把给帮替将]|关于|有关)'),
  that: back('[那这]个|一位'),
  of: back('的'),
  becomes: back(`(?:[改换变](?:成|为|叫|作)|更[正名]为|应该?[是为叫]|[其确]实[是叫]|而是|才[是叫])了?${GAP}`),
  mistaken: back(
    `(?:[写打印错叫录说听当变念显看认弄搞登](?:记|示|出来)?(?:成了?|的(?:还?是)?|着)|(?<![改换])成了?|显示|收到|弄混|有个|还有)${GAP}`,
  ),
  is: back(`(?:就|应该)?[是系]${GAP}`),
  behindSchool: back(`[${MARKS.charAt(1)}](?:的|[\\s,、:/|-])*`),
  behindClass: back(`[${MARKS.charAt(2)}](?:的|[\\s,、:/|-])*`),
  behindPhone: back(`[${MARKS.charAt(3)}](?:的|[\\s,、:/|-])*`),
  opens: back('^\\s*'),
  clause: back('[,。;!?、/\\n:(…]\\s*'),
  spaced: back('\\s'),
} as const;
const BEHIND = {
  kin: on(`\\s?的?(?:${KIN})`),
  mate: on('\\s?(?:小?同学|小朋友|小宝贝|这孩子|这娃)'),
  title: on(`\\s?(?:${TITLE})`),
  replaced: on('\\s?(?:[要应]?改[成为]|换成|更正为|应该[是为]|应为|更名)'),
  its: on('的'),
  place: on(`\\s?(?:${PLACE})`),
  filler: on(`\\s?(?:${FILLER})`),
  goesOn: on(GOES_ON),
  beforeMark: on(`[\\s,、:/|-]*[${MARKS}]`),
  ends: on('\\s*$'),
  stops: on('\\s*[,。;!?、/\\n~()…]'),
  pauses: on('\\s'),
} as const;

const REACH = '[^,。;!?\\n]';
const MENTION = {
  negated: back(`(?:不[是叫系]|唔系|并非|而非)${GAP}|不是[^,。;!?\\n\\s是]{0,7}`),
  corrected: back(piece`
    (?:应该|其实|改[成为]|更正|实际|正确的?|而是|才[是对]|[打写说]错|不对|错了|不是${REACH}{1,8}|哦)[^。;\n]{0,8}
  `),
  others: back(
    `(?:隔壁|邻居|旁边|对面|别的|别人|人家|其他|同桌|同事|亲戚|(?<!小)朋友|[他她](?:班|同学|表)|同学叫?|表[弟妹哥姐]|哥哥|姐姐|[我俺](?:[妹弟姐哥]|姑|舅|姨))${REACH}{0,11}`,
  ),
  wasBefore: back(`(?:原来|原先|以前|之前|本来|旧)${REACH}{0,6}`),
} as const;

const OWN_SIGNS = [
  'always',
  'isDotted',
  'isForeign',
  'isLatin',
  'isTitled',
  'isOpen',
  'gluedBefore',
  'gluedBehind',
  'alone',
  'aloneAmongFacts',
  'calledChild',
  'childsWord',
  'commonSurname',
  'everydaySurname',
  'compoundSurname',
  'oneGiven',
  'typical',
  'typicalAll',
  'unlikely',
  'unlikelyAll',
  'isWord',
  'opensAsWord',
  'opensAsKin',
  'titledAskedFor',
  'selfTitled',
  'latinPlaced',
  'saidAgain',
  'staffSpeaks',
] as const;
export type Sign = (typeof OWN_SIGNS)[number] | keyof typeof BEFORE | keyof typeof BEHIND | keyof typeof MENTION;
const keys = (table: Readonly<Partial<Record<Sign, RegExp>>>): Sign[] => Object.keys(table) as Sign[]; // keys of the tables above
export const SIGNS: readonly Sign[] = [...OWN_SIGNS, ...keys(BEFORE), ...keys(BEHIND), ...keys(MENTION)];

const STAFF_SPEAKS = new RegExp(`(?:我|俺|本人|这里)(?:们)?(?:[是系叫在]|姓)?[^,。;]{0,18}(?:${STAFF})|[我本](?:校|园)|我们?(?:学校|园)`);
const MARKED = new RegExp(`[${MARKS}]`);
const isHan = (unit: string): boolean => /[一-龥]/.test(unit);
const at = (pattern: RegExp, text: string, place: number): boolean => {
  pattern.lastIndex = place;
  return pattern.test(text);
};

const KINDRED = /^孙[子女儿]/;
/** What the name is made of, whatever stands around it. */
function shapeOf({ value, kind }: Candidate): Sign[] {
  const signs: Sign[] = ['always'];
  if (kind === 'dotted') return [...signs, 'isDotted'];
  if (kind === 'latin') return [...signs, 'isLatin'];
  if (kind === 'titled') return [...signs, 'isTitled'];
  if (kind === 'open') signs.push('isOpen');
  const foreign = kind === 'foreign' || (value.length > 2 && [...value].every(isTransliterated));
  if (foreign) return [...signs, 'isForeign'];
  const surname = surnameLength(value);
  if (surname === 2) signs.push('compoundSurname');
  if (isCommonSurname(value.charAt(0))) signs.push('commonSurname');
  if (isEveryday(value)) signs.push('everydaySurname');
  const given = [...value.slice(value.length === 4 && surname === 1 ? 2 : surname)];
  if (given.length === 1) signs.push('oneGiven');
  const typical = given.filter(isTypical).length;
  const unlikely = given.filter(isUnlikely).length;
  if (typical > 0) signs.push(typical === given.length ? 'typicalAll' : 'typical');
  if (unlikely > 0) signs.push(unlikely === given.length ? 'unlikelyAll' : 'unlikely');
  if (KINDRED.test(value)) signs.push('opensAsKin');
  if (surname < 2 && beginsWithWord(value)) signs.push(given.length === 1 ? 'isWord' : 'opensAsWord');
  return signs;
}

type Table = readonly (readonly [Sign, RegExp])[];
const listed = (table: Readonly<Partial<Record<Sign, RegExp>>>): Table => Object.entries(table) as [Sign, RegExp][]; // keys of the tables above
const STANDS_BEFORE = listed(BEFORE);
const STANDS_BEHIND = listed(BEHIND);
const MENTIONED = listed(MENTION);
function found(table: Table, text: string, place: number): readonly Sign[] {
  const signs: Sign[] = [];
  for (const [sign, pattern] of table) if (at(pattern, text, place)) signs.push(sign);
  return signs;
}

const EDGE_BEFORE: ReadonlySet<Sign> = new Set(['behindSchool', 'behindClass', 'behindPhone', 'opens', 'clause', 'spaced']);
const EDGE_BEHIND: ReadonlySet<Sign> = new Set(['beforeMark', 'ends', 'stops', 'pauses']);

/** What the whole message tells, the same for each of its candidates. */
export type Message = Readonly<{ text: string; staffSpeaks: boolean; facts: boolean }>;
export const messageOf = (text: string): Message => ({
  text,
  staffSpeaks: STAFF_SPEAKS.test(text),
  facts: MARKED.test(text),
});

/** The signs of one candidate, each once. */
export function signsOf({ text, staffSpeaks, facts }: Message, candidate: Candidate): readonly Sign[] {
  const { start, end, value } = candidate;
  const signs: Sign[] = [...shapeOf(candidate)];
  const before = found(STANDS_BEFORE, text, start);
  const behind = found(STANDS_BEHIND, text, end);
  const edged = before.some((sign) => EDGE_BEFORE.has(sign));
  const stopped = behind.some((sign) => EDGE_BEHIND.has(sign));
  const mentioned = found(MENTIONED, text, start);
  // 「不是A，是B」: what is denied is no correction.
  signs.push(...before, ...behind, ...mentioned.filter((sign) => sign !== 'corrected' || !mentioned.includes('negated')));
  if (candidate.kind === 'titled' && before.includes('object')) signs.push('titledAskedFor');
  // 「我是刘敏老师」
  if (candidate.kind === 'chinese' && before.includes('self') && behind.includes('title')) signs.push('selfTitled');
  if (candidate.kind === 'latin' && edged && (behind.includes('place') || behind.includes('mate') || behind.includes('its')))
    signs.push('latinPlaced');
  if (before.length === 0 && isHan(text.charAt(start - 1))) signs.push('gluedBefore');
  if (behind.length === 0 && isHan(text.charAt(end))) signs.push('gluedBehind');
  if (edged && stopped) signs.push(facts ? 'aloneAmongFacts' : 'alone');
  if (before.includes('child') && before.includes('called')) signs.push('calledChild');
  // 「孩子万一丢了」
  if (before.includes('child') && !before.includes('called') && (signs.includes('isWord') || signs.includes('opensAsWord')))
    signs.push('childsWord');
  if (text.indexOf(value) !== text.lastIndexOf(value)) signs.push('saidAgain');
  if (staffSpeaks && (before.includes('self') || before.includes('staff') || before.includes('called') || behind.includes('title')))
    signs.push('staffSpeaks');
  return signs;
}
