/** The person: the pupil when one is named, else the speaker; never a role, a verb or a school word. */

import { isNegated, isOthers, surroundings } from './mention';
import { AFTER_NAME, GIVEN_ALONE, NOT_GIVEN, NOT_NAME } from './nameWords';
import { piece } from './pattern';
import { COMPOUND_SURNAME, isEveryday, surnameLength } from './surnames';
import { CUT } from './text';
import type { Span } from './types';

const HAN = /^[一-龥㐀-䶿]+$/;
const DOTTED = /[一-龥㐀-䶿]{1,8}(?:·[一-龥㐀-䶿]{1,8}){1,3}/;
const ENGLISH = /[A-Z][a-z]+(?:[ '-][A-Z][a-z]+){0,2}/;

const fits = (given: string): boolean => given !== '' && HAN.test(given) && ![...given].some((unit) => NOT_GIVEN.has(unit));

/** Whether the whole of `text` reads like a Chinese full name: a surname and one or two more characters. */
export function looksLikeName(text: string): boolean {
  const surname = surnameLength(text);
  if (surname === 0 || text.length > surname + 2 || !HAN.test(text)) return false;
  return !NOT_NAME.test(text) && fits(text.slice(surname)) && !(isEveryday(text) && text.length < 3);
}

/** A piece of text that is nothing but a name. */
const isName = (text: string): boolean =>
  looksLikeName(text) || (text.length === 2 && surnameLength(text) === 1 && !isEveryday(text) && GIVEN_ALONE.has(text.charAt(1)));

/** How long the name at the beginning of `text` is, judged by what follows it; 0 when there is none. */
function nameLength(text: string): number {
  const surname = surnameLength(text);
  if (surname === 0) return 0;
  const candidates = [surname + 2, surname + 1].filter((length) => length <= text.length && looksLikeName(text.slice(0, length)));
  return candidates.find((length) => AFTER_NAME.test(text.slice(length))) ?? 0;
}

/** A name where one is expected for certain (叫…, 姓名:…, an answer): minority, nick- and English names count too. */
export function nameAt(text: string): string | undefined {
  const dotted = DOTTED.exec(text);
  if (dotted?.index === 0) return dotted[0];
  const english = ENGLISH.exec(text);
  if (english?.index === 0) return english[0];
  const length = nameLength(text);
  if (length > 0) return text.slice(0, length);
  const run = /^[一-龥㐀-䶿]{2,4}(?=$|[^一-龥]|的|同学|小朋友|家长|妈妈|爸爸|今天|昨天|在|读|上)/.exec(text)?.[0];
  if (run === undefined || NOT_NAME.test(run) || !fits(run)) return undefined;
  return run;
}

const KIN = piece`
    妈妈|爸爸|妈咪|老爸|老妈|妈|爸|爷爷|奶奶|家长|父亲|母亲|姥姥|姥爷|外公|外婆|阿公|阿婆|哥哥|姐姐|叔叔|姑姑|舅舅
    |姨妈|监护人|他妈|他爸|她妈|她爸|mama|baba
  `;
const KIN_BEHIND = new RegExp(`^(?:的)?(?:${KIN})`);
const KIN_OR_MATE = new RegExp(`(?:的)?(?:${KIN}|同学|小朋友)`, 'g');
const CHILD = piece`
    孩子|小孩子?|娃儿?|女儿|儿子|孙子|孙女|外孙女?|闺女|宝贝|宝宝|幺儿|崽崽?|细路|学生|小朋友|妹妹|弟弟|老大|老二|大宝
    |二宝|男孩|女孩|囡囡|丫头|姑娘|细路仔|(?:我|俺|咱)(?:妹|弟|娃|崽|孙|侄子|侄女|外甥女?)
  `;
const CALLED = '(?:的)?(?:大名|全名|名字|姓名|名)?\\s*(?:叫做|叫作|叫|名叫|是叫|就是|是|为|:|=)\\s*(?:做)?\\s*';

type Clue = Readonly<{ pattern: RegExp; sure: boolean; pupil: boolean; score: number }>;
/** Words that announce a name right behind them. */
const BEFORE: readonly Clue[] = [
  { pattern: /(?:学生|孩子|小孩|宝宝|娃|小朋友)(?:的)?(?:姓名|名字|大名|全名)\s*(?:叫|是|为|:|=|\s)*/g, sure: true, pupil: true, score: 9 },
  { pattern: new RegExp(`(?:${CHILD})${CALLED}`, 'g'), sure: true, pupil: true, score: 8 },
  { pattern: /(?:[他她]|娃|名字|大名|学名)\s*(?:叫做|叫作|就叫|叫|是叫|名叫)\s*/g, sure: true, pupil: true, score: 7 },
  { pattern: /(?:姓名|名字|名称叫)\s*(?:叫|是|为|:|=)+\s*/g, sure: true, pupil: true, score: 7 },
  { pattern: /(?:姓名|名字)[^,。;\n]{0,6}错了?[^;\n]{0,3}(?:是|叫)\s*/g, sure: true, pupil: true, score: 8 },
  { pattern: /my (?:son|daughter|child|kid|boy|girl)(?:'s name)? is\s*/gi, sure: true, pupil: true, score: 8 },
  { pattern: /(?:姓名|名字|学生名|大名)\s*/g, sure: false, pupil: true, score: 7 },
  {
    pattern: new RegExp(`(?:我家|我们家|我(?:的)?|俺家|咱家|我们班|班上|班里|本班)(?:的)?(?:${CHILD}|那个)\\s*`, 'g'),
    sure: false,
    pupil: true,
    score: 6,
  },
  {
    pattern: new RegExp(
      piece`
        (?:我家|我们家|俺家|咱家|我们班(?:的|有个)?|我班(?:的)?|班上(?:的)?|班里(?:的)?|本班(?:的)?|学生|同学|学员
        |改成|更正为|应该是|而是)\s*
      `,
      'g',
    ),
    sure: false,
    pupil: true,
    score: 5,
  },
  { pattern: new RegExp(`(?:${CHILD})\\s*`, 'g'), sure: false, pupil: true, score: 4 },
  {
    pattern: /(?:我叫|本人叫|我的名字叫?是?|我名字叫?是?|我姓名是?|鄙人|my name is|i'm|i am|this is)\s*/gi,
    sure: true,
    pupil: false,
    score: 3,
  },
  {
    pattern: /(?:我是|本人是?|这里是|我们是|联系人:?|联系人是|管理员|班主任|任课老师|老师|教师|校长|园长|主任|俺是|我系|偶是)\s*/g,
    sure: false,
    pupil: false,
    score: 2,
  },
];
/** A clause that opens with 叫…, a nickname behind 我家, an English name at its head. */
const CALLED_FIRST = /(?:^|[,。;\s\uE000])(?:名|就|是)?叫(?:做|作)?\s*/g;
const NICKNAME = /(?:我家|我们家|俺家|咱家)((?:小|阿)[一-龥]|([一-龥])\2)(?=$|[^一-龥]|的|在|今|昨|刷|没|读|上|收|不|\uE000)/g;
const ENGLISH_FIRST = /(?:^|[,。;\s\uE000])([A-Z][a-z]{1,11})(?=的|在|读|上|同学|今|刷|没|\uE000)/g;
const NO_ENGLISH_NAME = /^(?:App|Word|Excel|Hello|Hi|Grade|Class|Wifi|Android|Ios|Iphone|Windows|Chrome|Ok|Vip|Ppt|Pdf)$/;
/** A three-character name at the head of a clause, when what follows is done by or to a pupil. */
const HEAD_FOLLOWED = new RegExp(piece`
    ^(?:今|昨|前天|的(?:卡|学生卡|校卡|饭卡|短信|名字|考勤|家长|手机|亲情|班|接送)|没(?:有)?(?:刷|带|到|卡)|忘|请假
    |发烧|生病|感冒|病了|刷卡|刷脸|转学|转班|转到|同学|在学校|放学|早上|中午|下午|到校|换班|卡)
  `);
const TEACHER = /([一-龥]{1,4}?)(?:老师|校长|园长|主任|女士|先生)/g;
const SELF = /(?:我是|联系人|我姓|本人|这里是|俺是|我系|班主任|管理员|老师)[^,。;\n]{0,14}$/;

const CUT_BEFORE = new RegExp(`${CUT}[\\s,、:的/|-]*$`);
const CUT_BEHIND = new RegExp(`^[\\s,、:/|-]*${CUT}`);

type Candidate = Span & Readonly<{ score: number }>;

const KIN_WORD = new RegExp(piece`
    宝宝|妈妈|爸爸|哥哥|姐姐|弟弟|妹妹|爷爷|奶奶|小学|小孩|小区|小姐|小妹|小弟|姑姑|叔叔|舅舅|婆婆|天天|常常|往往|刚刚
    |娃娃|大家|阿姨|阿婆|阿公
  `);

const NOT_BEFORE = new RegExp(piece`
    (?:不叫|不是叫|不是|收到|说成|写成|错写成?|打成|印成|显示(?:的是)?|变成|登记成|录成|叫成|隔壁|别人家|同桌|家长叫
    |找|联系|跟)\s*$
  `);

/** Names announced by a word before them. */
function announced(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { pattern, sure, pupil, score } of BEFORE)
    for (const match of text.matchAll(pattern)) {
      const start = match.index + match[0].length;
      const rest = text.slice(start);
      const length = nameLength(rest);
      const name = sure
        ? nameAt(rest)
        : length > 0
          ? rest.slice(0, length)
          : DOTTED.exec(rest)?.index === 0
            ? DOTTED.exec(rest)?.[0]
            : undefined;
      if (name === undefined || (!pupil && KIN_BEHIND.test(text.slice(start + name.length)))) continue;
      found.push({ start, end: start + name.length, value: name, score });
    }
  for (const match of text.matchAll(CALLED_FIRST)) {
    const start = match.index + match[0].length;
    const name = nameAt(text.slice(start));
    if (name !== undefined) found.push({ start, end: start + name.length, value: name, score: 6 });
  }
  for (const match of text.matchAll(NICKNAME)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    if (!KIN_WORD.test(name) && fits(name)) found.push({ start, end: start + name.length, value: name, score: 4 });
  }
  for (const match of text.matchAll(ENGLISH_FIRST)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    if (!NO_ENGLISH_NAME.test(name)) found.push({ start, end: start + name.length, value: name, score: 3 });
  }
  return found;
}

/** A clause that opens with a full name: 「王浩然今天发烧请假」. */
function atHead(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(/(?:^|[,。;!?\s])(?=[一-龥]{3})/g)) {
    const start = match.index + match[0].length;
    const rest = text.slice(start);
    const length = surnameLength(rest) + 2;
    const name = rest.slice(0, length);
    if (looksLikeName(name) && !isEveryday(name) && HEAD_FOLLOWED.test(rest.slice(length)))
      found.push({ start, end: start + length, value: name, score: 2.5 });
  }
  return found;
}

/** Names told by the kin behind them: 王小明妈妈, 王小明的家长. */
function byKin(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(KIN_OR_MATE)) {
    const before = text.slice(0, match.index);
    const dotted = /[一-龥]{1,8}(?:·[一-龥]{1,8})+$/.exec(before.slice(-20))?.[0];
    const english = /[A-Z][a-z]+$/.exec(before)?.[0];
    const name = dotted?.replace(/^.*(?:我是|是|班的?)/, '') ?? english ?? nameBackwards(before);
    if (name === undefined) continue;
    found.push({ start: match.index - name.length, end: match.index, value: name, score: 7 });
  }
  return found;
}

/** The longest name that ends where `before` ends and begins where a word can begin. */
function nameBackwards(before: string): string | undefined {
  for (const length of [4, 3, 2]) {
    const name = before.slice(-length);
    const opens = before.slice(0, -length);
    if (
      name.length === length &&
      looksLikeName(name) &&
      (length < 4 || COMPOUND_SURNAME.test(name)) &&
      /(?:^|[^一-龥]|[是班的家叫级园我中学小里位生子娃]|\uE000)$/.test(opens)
    )
      return name;
  }
  const nick = /(?:^|[是班的家\uE000, ])((?:小|阿)[一-龥]|([一-龥])\2)$/.exec(before)?.[1];
  return nick !== undefined && !NOT_NAME.test(nick) && !KIN_WORD.test(nick) && fits(nick) ? nick : undefined;
}

/** 张老师 when the speaker says so of himself, or signs with it between other particulars. */
function byTitle(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(TEACHER)) {
    if (match[0].includes('班主任')) continue;
    const title = match[0].slice(match[1]?.length ?? 0);
    const before = text.slice(0, match.index + (match[1]?.length ?? 0));
    const full = [4, 3, 2].map((length) => before.slice(-length)).find((name) => looksLikeName(name));
    const surname = surnameLength(before.slice(-2)) === 2 ? before.slice(-2) : before.slice(-1);
    const name = full ?? (surnameLength(surname) === surname.length ? `${surname}${title}` : undefined);
    if (name === undefined) continue;
    const start = before.length - (full ?? surname).length;
    const opening = text.slice(0, start);
    const end = full ? before.length : match.index + match[0].length;
    const signed =
      /(?:^|[\uE000,。;\n ]|\uE000的)$/.test(opening) &&
      /^(?:$|[\uE000,。;:\n ]|手机|电话|联系)/.test(text.slice(match.index + match[0].length)) &&
      text.includes(CUT);
    if (SELF.test(opening) && !/(?:找|跟|给|问|叫|让|向)$/.test(opening)) found.push({ start, end, value: name, score: 3 });
    else if (signed) found.push({ start, end, value: name, score: 2 });
  }
  return found;
}

/** A piece that is nothing but a name, or begins with one, right beside a school, a class or a phone number. */
function beside(text: string): Candidate[] {
  const found: Candidate[] = [];
  if (!text.includes(CUT) && !/\d/.test(text)) return found;
  for (const match of text.matchAll(/[一-龥㐀-䶿·]+/g)) {
    const afterCut = CUT_BEFORE.test(text.slice(0, match.index));
    const beforeCut = CUT_BEHIND.test(text.slice(match.index + match[0].length));
    const alone =
      /(?:^|[,。;、/\n\s])$/.test(text.slice(0, match.index)) && /^(?:$|[,。;、/\n\s])/.test(text.slice(match.index + match[0].length));
    if (!afterCut && !beforeCut && !alone) continue;
    const body = match[0].replace(/^(?:的|学生)/, '');
    const start = match.index + match[0].length - body.length;
    const whole = isName(body) || /^[一-龥]{1,8}·[一-龥·]{1,16}$/.test(body) ? body : undefined;
    const length = afterCut && !isEveryday(body) ? nameLength(body) : 0;
    const name = whole ?? (length > 0 ? body.slice(0, length) : undefined);
    if (name !== undefined) found.push({ start, end: start + name.length, value: name, score: whole ? 4 : 3.5 });
  }
  return found;
}

/** The name in a text whose school, class and phone are already cut out. */
export function findName(text: string): Span | undefined {
  let winner: Candidate | undefined;
  for (const candidate of [...announced(text), ...byKin(text), ...byTitle(text), ...beside(text), ...atHead(text)]) {
    const where = surroundings(text, candidate);
    if (NOT_BEFORE.test(where.before) && !/不是.{2,5}(?:是|,)/.test(where.before)) continue;
    if (isNegated(where) || (isOthers(where) && candidate.score < 7)) continue;
    if (!winner || candidate.score > winner.score) winner = candidate;
  }
  return winner && { start: winner.start, end: winner.end, value: winner.value };
}

const NOT_BUT = /^不(?:是|叫)[一-龥]{2,4}[,\s]*/;
const ANSWER_LEAD = new RegExp(
  piece`
    ^(?:嗯+|哦|好的?|那个|就是)?[,\s]*(?:我(?:是|叫|的名字(?:是|叫))|本人(?:是|叫)?
    |(?:我家)?(?:${CHILD})?(?:的)?(?:姓名|名字|大名)?(?:叫做|叫|是|为|:)|(?:我家)?(?:${CHILD})|[他她](?:叫|是)|姓名
    |名字|叫)[:\s]*
  `,
);
const ANSWER_TAIL = new RegExp(`(?:的)?(?:${KIN}|同学|小朋友|老师|女士|先生)?[。.!,~\\s哈呀啊哦]*$`);

/** A direct answer to 「姓名?」; undefined when it is no name. */
export function readNameAnswer(text: string): string | undefined {
  const bare = text.trim().replace(NOT_BUT, '').replace(ANSWER_LEAD, '').trim();
  const titled = /^([一-龥]{1,2})(?:老师|主任|校长|园长|女士|先生)[。!]*$/.exec(bare);
  if (titled && surnameLength(titled[1] ?? '') === (titled[1] ?? '').length) return bare.replace(/[。!]+$/, '');
  const core = bare.replace(ANSWER_TAIL, '').replace(/^[一-龥](?: [一-龥]){1,3}$/, (spaced) => spaced.replaceAll(' ', ''));
  if (DOTTED.exec(core)?.[0] === core || /^[A-Za-z][A-Za-z .'-]{1,30}$/.test(core)) return core;
  if (isName(core)) return core;
  const length = nameLength(core);
  if (length > 0) return core.slice(0, length);
  return /^[一-龥㐀-䶿]{2,6}$/.test(core) && !NOT_NAME.test(core) && fits(core) ? core : undefined;
}
