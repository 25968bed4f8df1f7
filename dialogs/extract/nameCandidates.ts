/** Every stretch of a text that could be somebody's name. Which one is, if any, is weighed in `name.ts`. */
import { isTransliterated, isTypical, NOT_GIVEN, SELDOM_GIVEN } from './nameCharacters';
import { matches } from './pattern';
import { CHILD } from './people';
import { isCommonSurname, surnameLength } from './surnames';
import { MARKS, overlaps } from './text';
import type { Span } from './types';

/**
 * `chinese`: surname and one or two characters; `dotted`: with ·; `foreign`: sounds of another language in characters; `latin`: Daniel;
 * `titled`: a surname with 老师; `open`: whatever stands alone behind a word that announces a name.
 */
export type Kind = 'chinese' | 'dotted' | 'foreign' | 'latin' | 'titled' | 'open';
export type Candidate = Span & Readonly<{ kind: Kind }>;

const HAN = /^[一-龥㐀-䶿]+$/;
const DOTTED = /[一-龥㐀-䶿]{1,8}(?:·[一-龥㐀-䶿]{1,8}){1,3}/g;
const LATIN = /[A-Z][a-z]+(?:[ '-][A-Z][a-z]+){0,2}/g;
const NO_LATIN_NAME =
  /^(?:App|Word|Excel|Hello|Hi|Grade|Class|Wifi|Android|Ios|Iphone|Windows|Chrome|Firefox|Safari|Edge|Huawei|Honor|Redmi|Xiaomi|Oppo|Vivo|Samsung|Apple|Ok|Vip|Ppt|Pdf|Login|Error|Code)$/;
/** What this desk is told about so often that nobody can be meant. */
const NO_NAME =
  /^(?:成绩|成长|安全|安排|安装|安卓|平台|平时|通知|通过|管理|费用|查询|单位|权限|应[用该]|金额|时间|时候|方[便式]|全[部家班校]|解决|计划|游戏|水电|有些|明明|常常|孙[子女儿]$|孙[娃媳])/;
const NO_GIVEN = /^(?:平台|照片|短信|学校|老师|师傅|原路|单位|时间)/;
const TITLED = /(?=([一-龥]{1,2})(老师|副?(?:校长|园长|主任)|女士|先生))/g;
const OPEN = /(?:叫|喊|[大全学姓]名|名字)(?:[是为系叫做作起:\s])*([一-龥㐀-䶿]{2,4})(?=$|[^一-龥])/g;
/** 「姓阳名光」 */
const SPELT = /姓([一-龥]{1,2})[,\s]?名([一-龥]{1,2})(?![一-龥])/g;
/** 豆豆, 小宝, 阿明, 果宝: what a child is called at home. */
const NICKNAME = /^(?:(.)\1+|[小阿].|.[宝仔妹])$/;
const GRADE = /^[一二三四五六七八九十][年级班(]/;
/** 「大三班诺敏的妈妈」 */
const OF_KIN = new RegExp(`(?<=[${MARKS.charAt(2)}]的?)([一-龥]{2,4})(?=的?(?:妈|爸|奶奶|爷爷|外婆|外公|姥|家长))`, 'g');
const CHILD_LEADS = new RegExp(`^(?:${CHILD})`);
const FOREIGN_LEAST = 3;
const FOREIGN_MOST = 8;

export const isGiven = (text: string): boolean => text !== '' && HAN.test(text) && ![...text].some((unit) => NOT_GIVEN.has(unit));
export const isNickname = (text: string): boolean => NICKNAME.test(text);

/** 李孙一诺: two surnames, father's and mother's, and a given name of two characters. */
const isOfBoth = ([first = '', second = '', third = '', fourth = '']: string): boolean =>
  isCommonSurname(first) && isCommonSurname(second) && isTypical(third) && isTypical(fourth);

function chinese(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (let start = 0; start < text.length - 1; start += 1) {
    const surname = surnameLength(text.slice(start, start + 4));
    if (surname === 0) continue;
    const both = surname === 1 && isOfBoth(text.slice(start, start + 4)) ? [start + 4] : [];
    for (const end of [start + surname + 1, start + surname + 2, ...both]) {
      const value = text.slice(start, end);
      if (end > text.length || !isGiven(value.slice(surname))) break;
      const word =
        NO_NAME.test(value) || NO_GIVEN.test(text.slice(start + surname, start + surname + 2)) || GRADE.test(text.slice(end - 1, end + 1));
      if (!isNickname(value) && !word) found.push({ start, end, value, kind: 'chinese' });
    }
  }
  return found;
}

function foreign(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (let start = 0; start < text.length; start += 1) {
    let end = start;
    while (end < text.length && isTransliterated(text.charAt(end))) end += 1;
    // 「娃尼玛次仁」: the child goes before the name.
    start += CHILD_LEADS.exec(text.slice(start, end))?.[0].length ?? 0;
    const value = text.slice(start, end);
    if (value.length >= FOREIGN_LEAST && value.length <= FOREIGN_MOST && !isNickname(value))
      found.push({ start, end, value, kind: 'foreign' });
    start = end;
  }
  return found;
}

const BEFORE_DOTTED = /^.*(?:我是|[是叫喊班的家生名字]|[孩娃儿]子?)(?=.)/;
/** The last part of a ·-name ends where a sentence goes on. */
const LAST_PART = /^[^的在同家是叫我他她你妈爸有没要了刷读收上老]+/;

function dotted(text: string): Candidate[] {
  if (!text.includes('·')) return [];
  return matches(text, DOTTED).flatMap((match): Candidate[] => {
    const parts = match[0].split('·');
    const first = parts[0] ?? '';
    const last = parts.at(-1) ?? '';
    const ending = LAST_PART.exec(last)?.[0] ?? '';
    const start = match.index + (BEFORE_DOTTED.exec(first)?.[0].length ?? 0);
    const end = match.index + match[0].length - last.length + ending.length;
    return ending === '' ? [] : [{ start, end, value: text.slice(start, end), kind: 'dotted' }];
  });
}

/** An English sentence is full of capitals: there a name is one only where it is told as one. */
const TOLD_IN_ENGLISH = /(?:name(?:'s| is)?:?|(?:son|daughter|child|kid|boy|girl|pupil|student)(?: is|,)?|i'm|i am|this is|called)\s*$/i;

function latin(text: string): Candidate[] {
  const mixed = /[一-龥]/.test(text);
  return matches(text, LATIN).flatMap(({ 0: value, index: start }): Candidate[] => {
    const before = text.slice(0, start);
    const told = mixed ? !/英文名[字叫是:\s]*$/.test(before) : TOLD_IN_ENGLISH.test(before);
    return told && !NO_LATIN_NAME.test(value) ? [{ start, end: start + value.length, value, kind: 'latin' }] : [];
  });
}

/** 张老师, 欧阳老师: the surname with its title. */
const titled = (text: string): Candidate[] =>
  matches(text, TITLED).flatMap(({ 1: head = '', 2: title = '', index: start }): Candidate[] => {
    if (surnameLength(head) !== head.length || /^班主任|^任老师/.test(text.slice(start))) return [];
    return [{ start, end: start + head.length + title.length, value: `${head}${title}`, kind: 'titled' }];
  });

/** What is announced as a name and opens with a surname may have a character of sentences in it. */
function isAnnounced(value: string): boolean {
  const surname = surnameLength(value);
  return surname > 0 && [...value.slice(surname)].every((unit) => !NOT_GIVEN.has(unit) || SELDOM_GIVEN.has(unit));
}

function open(text: string): Candidate[] {
  return [...matches(text, OPEN), ...matches(text, OF_KIN)].flatMap((match): Candidate[] => {
    const value = match[1] ?? '';
    const end = match.index + match[0].length;
    return (isGiven(value) || isAnnounced(value)) && !isNickname(value) && !NO_NAME.test(value)
      ? [{ start: end - value.length, end, value, kind: 'open' }]
      : [];
  });
}

const spelt = (text: string): Candidate[] =>
  matches(text, SPELT).map(({ 0: said, 1: surname = '', 2: given = '', index: start }) => ({
    start,
    end: start + said.length,
    value: `${surname}${given}`,
    kind: 'chinese',
  }));

/** All candidates, a place and length only once; a part of a ·-name is none. `text` is normalised, with schools, classes and numbers cut out. */
export function candidatesIn(text: string): readonly Candidate[] {
  const seen = new Set<number>();
  const LONGEST = 64;
  const whole = dotted(text);
  const others = [...titled(text), ...spelt(text), ...chinese(text), ...foreign(text), ...latin(text), ...open(text)];
  return [...whole, ...others.filter((one) => !whole.some((name) => overlaps(name, one)))].filter(({ start, end }) => {
    const place = start * LONGEST + (end - start);
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}
