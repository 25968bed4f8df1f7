/** Names told by where they stand: before kin or a title, at the head of a clause, beside a school, a class or a number. */
import { type Candidate, KIN_WORD } from './nameAnnounced';
import { fits, isName, looksLikeName, nameLength } from './nameShape';
import { NOT_NAME } from './nameWords';
import { matches, piece } from './pattern';
import { KIN } from './people';
import { COMPOUND_SURNAME, isEveryday, surnameLength } from './surnames';
import { CUT } from './text';

const KIN_OR_MATE = new RegExp(`(?:的)?(?:${KIN}|同学|小朋友)`, 'g');
const HEAD = /(?:^|[,。;!?\s])(?=[一-龥]{3})/g;
const RUN = /[一-龥㐀-䶿·]+/g;
/** A three-character name at the head of a clause, when what follows is done by or to a pupil. */
const HEAD_FOLLOWED = new RegExp(piece`
    ^(?:今|昨|前天|的(?:卡|学生卡|校卡|饭卡|短信|名字|考勤|家长|手机|亲情|班|接送)|没(?:有)?(?:刷|带|到|卡)|忘|请假
    |发烧|生病|感冒|病了|刷卡|刷脸|转学|转班|转到|同学|在学校|放学|早上|中午|下午|到校|换班|卡)
  `);
const TEACHER = /([一-龥]{1,4}?)(?:老师|校长|园长|主任|女士|先生)/g;
const SELF = /(?:我是|联系人|我姓|本人|这里是|俺是|我系|班主任|管理员|老师)[^,。;\n]{0,14}$/;

const CUT_BEFORE = new RegExp(`${CUT}[\\s,、:的/|-]*$`);
const CUT_BEHIND = new RegExp(`^[\\s,、:/|-]*${CUT}`);

/** A clause that opens with a full name: 「王浩然今天发烧请假」. */
function atHead(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of matches(text, HEAD)) {
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
  for (const match of matches(text, KIN_OR_MATE)) {
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
  for (const match of matches(text, TEACHER)) {
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
      /(?:^|[\uE000,。;\n ]|\uE000的|[(])$/.test(opening) &&
      /^(?:$|[\uE000,。;:\n )]|手机|电话|联系)/.test(text.slice(match.index + match[0].length)) &&
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
  for (const match of matches(text, RUN)) {
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

/** Every name the text tells by its place. */
export const placed = (text: string): Candidate[] => [...byKin(text), ...byTitle(text), ...beside(text), ...atHead(text)];
