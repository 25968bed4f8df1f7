/** Digits and small numbers as people write and say them. */

const SPOKEN: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  洞: '0',
  一: '1',
  幺: '1',
  壹: '1',
  二: '2',
  两: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  拐: '7',
  柒: '7',
  八: '8',
  捌: '8',
  九: '9',
  勾: '9',
  玖: '9',
};
/** Character class contents: a digit, written or spoken as in a phone number. */
export const SPOKEN_DIGITS = Object.keys(SPOKEN).join('');
export const ANY_DIGIT = `0-9${SPOKEN_DIGITS}`;
/** A number up to 99 as in a class: 2, 12, 二, 十二, 二十三. */
export const SMALL_NUMBER = '(?:\\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])';
const NUMERALS = '零一二三四五六七八九';

/** 一三八 → 138; anything that is no digit is left out. */
export function digitsOf(text: string): string {
  let digits = '';
  for (const unit of text) digits += SPOKEN[unit] ?? (unit >= '0' && unit <= '9' ? unit : '');
  return digits;
}

/** 12, 十二, 二十三, 三 → a number; NaN when it is none. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const tens = /^(.?)十(.?)$/.exec(text);
  if (tens) return Number(digitsOf(tens[1] || '一')) * 10 + Number(digitsOf(tens[2] || '零'));
  const digits = digitsOf(text);
  return digits.length === [...text].length ? Number(digits) : Number.NaN;
}

/** 3 → 三, up to 九. */
export function numeral(digit: number): string {
  return NUMERALS.charAt(digit);
}
