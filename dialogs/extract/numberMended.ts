/** A number put right by a part of it: 「最后两位是17」「尾号应该是23」「前三位是159」「后面还有个5」. */
import { ANY_DIGIT, digitsOf, numberOf } from './digits';
import { matches, piece } from './pattern';
import type { Span } from './types';

/** What stands between the word for a part and its digits; 「搞反了，应该是」 or nothing. */
const SAID = piece`
  (?<said>(?:数字?|号码?|的|那|[\s,:]|(?:搞|写|打|弄|发|输)?(?:反|错)了?|不是[${ANY_DIGIT}]{1,8}[\s,]*(?=而|应|是)|其实|应该|应当|应|而|改成|改为|换成|才|就|是|为)*)
`;
const PART = (words: string): RegExp =>
  new RegExp(
    `(?<lead>${words})(?:面|边|头)?的?(?:(?<count>[一二两三四五六七八2-8])(?:位|个数字))?${SAID}(?<part>[${ANY_DIGIT}]{1,8})(?![${ANY_DIGIT}位个的次天月年班级排节楼块元点])`,
    'g',
  );
const TAIL = PART('最后|末尾|结尾|尾数|尾号|末|尾|(?<!以|今|之|然|随)后');
const HEAD = PART('开头|打头|前');
/** 「后面还有个5」「少打了个5」: what was left out at the end. */
const LEFT_OUT = new RegExp(
  piece`
    (?:(?:最后|末尾|(?<!以|今|之|然|随)后)(?:面|边|头)?(?:还|就|我)?(?:有|再?加|(?:少|漏)(?:打|写|输|发)?了?)|(?:少|漏)(?:打|写|输|发)了?)
    (?:一?个|一位)(?:数字?)?(?:是)?(?<part>[${ANY_DIGIT}])(?![${ANY_DIGIT}个位月])
  `,
  'g',
);
/** 「倒数第二位是7」「第四位应该是9」 */
const ONE = new RegExp(
  `(?<from>倒数)?第(?<place>[一二三四五六七八九十1-9])(?:位|个数字?|个数)(?:数字?)?${SAID}(?<part>[${ANY_DIGIT}])(?![${ANY_DIGIT}个])`,
  'g',
);
/** Words that name another number: its digits are no part of this one. */
const ANOTHER = /(?:卡|证|学号|工号|工?单|订单|编号|登记|绑定?|原来|以前|旧|老|验证码|密码|QQ|qq)[^,。;!?\n]{0,6}$/;
/** Without a word of correction 「他爸手机尾号8823」 only names a number. */
const NAMES_ONE = /(?:手机|号码|电话|号|那个|[爸妈爷奶])的?$/;
const CORRECTS = /错|不对|应该|应为|不是|改|反|少|漏|更正|而是|哦|噢/;
const MOBILE = /^1[3-9]\d{9}$/;
const WHOLE = 11;

/** The known digits with the part in its place; a number some digits short is completed. */
function withPart(known: string, part: string, end: 'head' | 'tail'): string | undefined {
  if (known.length === WHOLE) return end === 'tail' ? known.slice(0, WHOLE - part.length) + part : part + known.slice(part.length);
  if (known.length + part.length !== WHOLE) return undefined;
  return end === 'tail' ? known + part : part + known;
}

/** The known digits with the one at a place, counted from either end, put right. */
function withOne(known: string, { from, place = '', part = '' }: Readonly<Record<string, string | undefined>>): string | undefined {
  const at = from === undefined ? numberOf(place) - 1 : known.length - numberOf(place);
  return known.length === WHOLE ? known.slice(0, at) + digitsOf(part) + known.slice(at + 1) : undefined;
}

/** Said with its length, or as digits that can be nothing else. */
function isPart(text: string, { index, groups = {} }: RegExpExecArray): boolean {
  const { lead = '', count, said = '', part = '' } = groups;
  const before = text.slice(0, index);
  if (ANOTHER.test(before) || (NAMES_ONE.test(before) && !CORRECTS.test(text))) return false;
  if (count !== undefined) return numberOf(count) === part.length;
  return part.length > 1 && (/[尾末]/.test(lead) || /[是为:成]/.test(said));
}

/**
 * The mobile number that `known` (as written, whole or too short) becomes by what `text` says of a part of it, and where that is said;
 * nothing where no part is told or no mobile number comes of it.
 */
export function mended(known: string, text: string): Span | undefined {
  const digits = digitsOf(known);
  const part = ({ groups }: RegExpExecArray): string => digitsOf(groups?.part ?? '');
  const readings: readonly (readonly [RegExp, (match: RegExpExecArray) => string | undefined])[] = [
    [ONE, ({ groups = {} }) => withOne(digits, groups)],
    [TAIL, (match) => (isPart(text, match) ? withPart(digits, part(match), 'tail') : undefined)],
    [HEAD, (match) => (isPart(text, match) ? withPart(digits, part(match), 'head') : undefined)],
    [LEFT_OUT, (match) => (digits.length === WHOLE - 1 ? withPart(digits, part(match), 'tail') : undefined)],
  ];
  for (const [words, read] of readings)
    for (const match of matches(text, words)) {
      const value = read(match);
      if (value !== undefined && MOBILE.test(value)) return { start: match.index, end: match.index + match[0].length, value };
    }
  return undefined;
}
