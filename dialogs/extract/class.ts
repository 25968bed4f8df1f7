/** Classes in one canonical form: 三年级2班, 初一3班, 七年级3班, 高二5班, 小2班, 2019级4班, 302班, 向日葵班. */

import { reads } from './control';
import { digitsOf, numberOf, numeral, SMALL_NUMBER } from './digits';
import { best, isNegated, standing, surroundings } from './mention';
import { matches, piece } from './pattern';
import { cut, disjoint } from './text';
import type { Span } from './types';

const NUM = `(${SMALL_NUMBER})`;
const OPEN = '[(\\[【〔﹙(]\\s*';
const CLOSE = '\\s*[)\\]】〕﹚)]';
/** 班 and what a keyboard or a microphone makes of it. */
const BAN = '(?:班级?|[般斑版搬](?![本权块主式]))';
const BOXED = `${OPEN}${NUM}${CLOSE}\\s*(?:班|般)?`;
const PLAIN = `[-.、·\\s]?${NUM}\\s*${BAN}`;
const GRADE_WORD = '年\\s*[级纪及]?';
const STAGE = '(?:(?:小学|初中|高中)部?|初|高)?';
const NOT_IN_WORD = '(?<![一二三四五六七八九十\\d星期周第])';
const SEVERAL = `${NUM}班?\\s*[、,和跟及到-]\\s*${NUM}\\s*${BAN}`;

const grade = (text: string): string => {
  const value = numberOf(text);
  return value >= 1 && value <= 9 ? numeral(value) : text;
};
const room = (text: string): string => String(numberOf(text));
/** 初中 and 高中 grades keep their name; 七年级 and 初一 are both as the customer says it. */
const stageOf = (text: string): string => (/^初/.test(text) ? '初' : /^高/.test(text) ? '高' : '');

type Form = Readonly<{ pattern: RegExp; value: (groups: readonly string[]) => string | undefined }>;
const form = (pattern: string, value: Form['value']): Form => ({ pattern: new RegExp(pattern, 'gi'), value });

const withGrade = (stage: string, level: string, number: string): string | undefined => {
  const which = stageOf(stage);
  const digit = numberOf(level);
  if (!(digit >= 1 && digit <= (which ? 3 : 9))) return undefined;
  return which ? `${which}${grade(level)}${number}班` : `${grade(level)}年级${number}班`;
};

/** 「四3」 as one item of a list of who somebody is. */
const ITEM = /(?:^|(?<=[,;、\s]))([一二三四五六七八九])\s?(\d{1,2})(?=$|[,;、\s])/;

/** Ordered from the most to the least certain; an earlier form wins a place in the text. */
const FORMS: readonly Form[] = [
  form(
    `(${STAGE})([一二三四五六七八九1-9])\\s*${GRADE_WORD}\\s*(?:的|第)?\\s*[((]?${SEVERAL}`,
    ([stage = '', level = '', first = '', second = '']) => withGrade(stage, level, `${room(first)}、${room(second)}`),
  ),
  form(
    `(${STAGE})([一二三四五六七八九1-9])\\s*${GRADE_WORD}\\s*(?:的|第|,|，)?\\s*(?:${BOXED}|${PLAIN})`,
    ([stage = '', level = '', boxed, plain]) => withGrade(stage, level, room(boxed ?? plain ?? '')),
  ),
  form(`(初中?|高中?)([一二三1-3])\\s*(?:年级?)?\\s*(?:的|第)?\\s*(?:${BOXED}|${PLAIN})`, ([stage = '', level = '', boxed, plain]) =>
    withGrade(stage, level, room(boxed ?? plain ?? '')),
  ),
  form(
    `((?:初|高中?)?(?:20\\d{2}|二[零〇][一二三四五六七八九零〇]{2}|\\d{2}))\\s*[级届]\\s*(?:${BOXED}|${PLAIN})`,
    ([year = '', boxed, plain]) => `${/[一-龥]{4}/.test(year) ? digitsOf(year) : year}级${room(boxed ?? plain ?? '')}班`,
  ),
  form(`((?:20)?\\d{2})级([一-龥]{2,4}?)(?:${BOXED}|${PLAIN})`, ([year = '', major = '', boxed, plain]) =>
    /[的是在读上班我们]/.test(major) ? undefined : `${year}级${major}${room(boxed ?? plain ?? '')}班`,
  ),
  form(
    `(?<![高初第十])(小小|小|中|大|托|学前)(?:班)?(?:${BOXED}|[-.]?${NUM}\\s*${BAN})`,
    ([stage = '', boxed, plain]) => `${stage}${room(boxed ?? plain ?? '')}班`,
  ),
  form(
    `${NOT_IN_WORD}([1-9一二三四五六七八九])\\s*(?:${OPEN}${NUM}${CLOSE}\\s*(?:班|般)?|[-.、·\\s]${NUM}\\s*班)`,
    ([level = '', boxed, plain]) => withGrade('', level, room(boxed ?? plain ?? '')),
  ),
  form(`${NOT_IN_WORD}([一二三四五六七八九])(\\d{1,2}|[一二三四五六七八九])\\s*${BAN}`, ([level = '', number = '']) =>
    withGrade('', level, room(number)),
  ),
  form(`(?<![\\d零〇])([1-9]\\d{2}|[一二三四五六七八九][零〇一][一二三四五六七八九])\\s*班`, ([number = '']) => `${digitsOf(number)}班`),
  form(
    piece`
      班级(?:是|为|在)?\s*([一二三四五六七八九1-9])\s*[-.]?(\d{1,2}
      |[一二三四五六七八九])(?![\d年级班一二三四五六七八九十])
    `,
    ([level = '', number = '']) => withGrade('', level, room(number)),
  ),
  form(ITEM.source, ([level = '', number = '']) => withGrade('', level, room(number))),
  form('grade\\s*(\\d)\\s*,?\\s*class\\s*(\\d{1,2})', ([level = '', number = '']) => withGrade('', level, number)),
  form('class\\s*(\\d{1,2})\\s*,?\\s*(?:of\\s*)?grade\\s*(\\d)', ([number = '', level = '']) => withGrade('', level, number)),
  form(
    piece`
      ((?:初|高)[一二三]|[一二三四五六七八九]年级)的?((?:理科|文科|国际|实验|重点|火箭|尖子|创新|宏志|清北|艺术
      |体育)(?:\d{1,2}|[一二三四五六七八九])?班)
    `,
    ([level = '', name = '']) => `${level}${name.replace(/[一二三四五六七八九](?=班)/, digitsOf)}`,
  ),
  form('(学前班|小小班|托班|(?<![很扩放变最强从])(?:小|中|大)班(?![额化长车主级课型制期会机]))', ([name = '']) => name),
  form(`(?<![\\d一二三四五六七八九十星期礼拜天日几])(?:第)?${NUM}\\s*班(?![次车机主])`, ([number = '']) => `${room(number)}班`),
];

/** What kindergartens call their classes: flowers, fruit, animals, weather. */
const KINDERGARTEN_NAMES =
  piece`
    向日葵|小太阳|太阳花?|彩虹|苹果|星星|小星星|月亮|阳光|海豚|蒲公英|草莓|樱桃|葡萄|西瓜|香蕉|柠檬|橙子|蜜桃|蜜蜂
    |小蜜蜂|蝴蝶|小蝴蝶|蚂蚁|小蚂蚁|熊猫|小熊猫|小熊|小鹿|小兔|白兔|小白兔|松鼠|小松鼠|
  ` +
  piece`
    海星|蓝天|白云|小树苗|小树|小草|小花|花朵|百合|玫瑰|茉莉|茉莉花|牡丹|荷花|梅花|桃花|紫荆|木棉|朝阳|启明星|贝贝
    |豆豆|朵朵|宝贝|天使|小天使|雨点|小雨点|水滴|蒙氏|双语|智慧树|七色花|小海豚|小鲸鱼|火箭|雏鹰|小白鸽|雄鹰|萌芽|春天
    |小燕子|喜羊羊|苗苗|芽芽|果果|糖果|毛毛虫|大白兔|小鱼|小鸟
  `;
const NAMED = new RegExp(`((?:(?:小|中|大|托)班)?(?:${KINDERGARTEN_NAMES})(?:[一二三四五六七八九]|\\d)?班)`, 'g');
const GRADE_ONLY = /(初中?|高中?)([一二三1-3])(?:年级)?(?![\d一二三四五六七八九十]|中)|([一二三四五六七八九1-9])\s*年\s*[级纪]/;

/** Every class mentioned, the surest reading of each place. */
export function findClasses(text: string): Span[] {
  if (!/[班般斑版搬()()【级]|class/i.test(text) && !ITEM.test(text)) return [];
  const spans: Span[] = [];
  for (const match of matches(text, NAMED)) spans.push({ start: match.index, end: match.index + match[0].length, value: match[0] });
  for (const { pattern, value } of FORMS)
    for (const match of matches(text, pattern)) {
      const read = value(match.slice(1));
      if (read !== undefined && !read.includes('NaN') && !/[^\d]0班/.test(read))
        spans.push({ start: match.index, end: match.index + match[0].length, value: read });
    }
  return disjoint(spans);
}

/** The grade said without a class: 三年级, 初一, 高二. */
export function gradeOf(text: string): string | undefined {
  const match = GRADE_ONLY.exec(text);
  if (!match) return undefined;
  const level = match[2] ?? match[3] ?? '';
  return match[1] ? `${stageOf(match[1])}${grade(level)}` : `${grade(level)}年级`;
}

const EACH_GRADE = new RegExp(GRADE_ONLY.source, 'g');

/** The pupil's own grade among those told, the last that is neither denied nor somebody else's. */
export function ownGrade(text: string): string | undefined {
  const own = matches(text, EACH_GRADE).findLast((match) => {
    const where = surroundings(text, { start: match.index, end: match.index + match[0].length });
    return !isNegated(where) && where.whose() > OTHERS;
  });
  return own && gradeOf(own[0]);
}

/** At and below this a class is somebody else's. */
const OTHERS = -6;

const isBare = (value: string): boolean => /^\d{1,2}班$/.test(value);

/** The customer's own class among those mentioned, completed by a grade said elsewhere in the message. */
export function findClass(text: string, mentioned: readonly Span[] = findClasses(text)): Span | undefined {
  const chosen = best(mentioned, (span) => standing(surroundings(text, span)) + (isBare(span.value) ? -2 : 0));
  if (!chosen) return undefined;
  const where = surroundings(text, chosen);
  if (standing(where) <= OTHERS) return undefined;
  if (!isBare(chosen.value)) return chosen;
  const level = ownGrade(text.slice(0, chosen.start)) ?? ownGrade(cut(text, mentioned).slice(chosen.end));
  return level === undefined ? chosen : { ...chosen, value: `${level}${chosen.value}` };
}

/** A class told before, completed or corrected by a message that gives the grade alone: 三班, then 「哦 五年级的」. */
export function completedClass(known: string | undefined, text: string): string | undefined {
  if (known === undefined) return undefined;
  const bare = isBare(known);
  const open = text.length <= (bare ? 40 : 12) && (bare || reads(text).correction);
  const level = open ? ownGrade(text) : undefined;
  return level === undefined ? undefined : mergeClass(known, bare ? `${level}${known}` : level);
}

/** What only a direct answer may look like: 三年二, 三2, 七3, 302, 2. */
export function readClassAnswer(text: string): string | undefined {
  const bare = text.replace(/[\s。.!,]+$/, '').trim();
  const pair = /^([一二三四五六七八九1-9])(?:年级?)?\s*[-./, ]?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})$/.exec(bare);
  if (/^[1-9]\d{2}$/.test(bare)) return `${bare}班`;
  if (/^\d{1,2}$/.test(bare)) return `${Number(bare)}班`;
  if (pair) return withGrade('', pair[1] ?? '', room(pair[2] ?? ''));
  const middle = /^(初|高)中?([一二三1-3])\s*[-./, ]?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})$/.exec(bare);
  if (middle) return withGrade(middle[1] ?? '', middle[2] ?? '', room(middle[3] ?? ''));
  const small = /^(小|中|大)(\d|[一二三四五六七八九])$/.exec(bare);
  return small ? `${small[1]}${room(small[2] ?? '')}班` : undefined;
}

/** A correction of the class number alone keeps the grade (三年级2班 + 4班 → 三年级4班); of the grade alone, the number. */
export function mergeClass(previous: string | undefined, next: string): string {
  if (previous === undefined) return next;
  const number = /^(\d{1,2})班$/.exec(next)?.[1];
  if (number !== undefined) {
    const door = /^(\d)\d{2}班$/.exec(previous);
    if (door) return `${door[1]}${number.padStart(2, '0')}班`;
    const head =
      /^(.*(?:级|初[一二三]|高[一二三]|小|中|大|托))\d{1,2}班$/.exec(previous) ??
      /^((?:[一二三四五六七八九]年级|初[一二三]|高[一二三]))$/.exec(previous);
    return head ? `${head[1]}${next}` : next;
  }
  const level = /^(?:[一二三四五六七八九]年级|初[一二三]|高[一二三])$/.test(next);
  const room = /(\d{1,2}班)$/.exec(previous)?.[1];
  return level && room !== undefined && !/^\d{3}班$/.test(previous) ? `${next}${room}` : next;
}
