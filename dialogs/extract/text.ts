/** The text as the extractors see it: one spelling for what keyboards vary, yet unit for unit as long as the original, so spans hold in both. */
import type { Span } from './types';

const TRADITIONAL =
  '學学校校級级電电話话號号碼码機机聯联繫系師师長长們们個个這这說说沒没來来時时間间開开關关國国東东張张劉刘陳陈黃黄吳吴鄭郑' +
  '楊杨趙赵孫孙馬马許许鄧邓馮冯葉叶蘇苏盧卢蔣蒋賈贾鍾钟譚谭陸陆範范實实驗验園园幼幼兒儿媽妈爺爷請请問问為为麼么樣样難难錯错發发收收信信訊讯簡简' +
  '訴诉換换錢钱費费壞坏維维報报頭头單单誰谁過过還还點点務务業业辦办將将從从對对會会幾几兩两嗎吗應应該该讓让後后裏里裡里' +
  '嘅的唔不冇没咗了佢他係是嗰那';
const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  Array.from({ length: TRADITIONAL.length / 2 }, (_, index) => [TRADITIONAL.charAt(index * 2), TRADITIONAL.charAt(index * 2 + 1)] as const),
);
const CIRCLED_ONE = 0x2460;
const FULL_WIDTH_SHIFT = 0xfee0;
/** What an emoji digit carries behind its digit, zero-width characters and odd spaces. */
const INVISIBLE = /\uFE0F|\u20E3|[\u200B-\u200D]|[\u00A0\u3000\t\r]/;
const ODD = new RegExp(
  `[\\uFF01-\\uFF5E\\u2460-\\u2468\\uFE0F\\u20E3\\u200B-\\u200D\\u00A0\\u3000\\t\\r•・‧•${[...SIMPLIFIED.keys()].join('')}]`,
  'g',
);

/** Beyond this nobody says who they are or what they want; what reads texts is bounded by it, whatever is sent. */
const READ_AT_MOST = 600;
export const clip = (text: string): string => (text.length > READ_AT_MOST ? text.slice(0, READ_AT_MOST) : text);

function plain(unit: string): string {
  const simplified = SIMPLIFIED.get(unit);
  if (simplified !== undefined) return simplified;
  if (INVISIBLE.test(unit)) return ' ';
  const code = unit.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - FULL_WIDTH_SHIFT);
  if (code >= CIRCLED_ONE && code < CIRCLED_ONE + 9) return String(code - CIRCLED_ONE + 1);
  return '·';
}

/** Half-width, simplified, plain spaces; always as long as `text`. */
export function normalize(text: string): string {
  return text.replace(ODD, plain);
}

/** Stands where something already understood was cut out; a private-use character, so nobody types it. */
export const CUT = '\uE000';
/** The same where it matters what stood there: anything labelled, a school, a class, a number. */
export const MARKS = '\uE000\uE001\uE002\uE003';
export const SCHOOL_MARK = '\uE001';
export const CLASS_MARK = '\uE002';
export const PHONE_MARK = '\uE003';

/** `text` with every span replaced by marks of the same length. */
export function cut(text: string, spans: readonly Readonly<{ start: number; end: number }>[], mark = CUT): string {
  let result = text;
  for (const { start, end } of spans) result = result.slice(0, start) + mark.repeat(end - start) + result.slice(end);
  return result;
}

export function overlaps(a: Readonly<{ start: number; end: number }>, b: Readonly<{ start: number; end: number }>): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Spans that do not touch an earlier one of the list. */
export function disjoint(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) if (!kept.some((other) => overlaps(span, other))) kept.push(span);
  return kept;
}
