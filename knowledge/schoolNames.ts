/** The ways a school's name is said: what may be left out, and which parts are written now in full, now short. */
import { replace, type Traced, trace } from './traced';

const DIGITS = '一二三四五六七八九十';

/** 1 → 一, 12 → 十二, 20 → 二十; from 100 on the figures stay. */
function spoken(figures: string): string {
  const value = Number(figures);
  if (value === 0 || value > 99) return figures;
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return `${tens > 1 ? DIGITS[tens - 1] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS[ones - 1] : ''}`;
}

const to = (short: string) => (): string => short;
// In this order: a longer word must be read before the shorter one inside it.
const SHORTENINGS: readonly (readonly [RegExp, (match: string) => string])[] = [
  // Only a number that counts a school: 「3班」 and phone numbers stay as they are.
  [/(?<!\d)\d{1,2}(?=号?(?:中|小|幼|高|职|实验))/g, spoken],
  [/幼儿园/g, to('幼')],
  [/高级中学/g, to('高')],
  [/初级中学/g, to('初')],
  [/职业技术学校|职业学校|职业高中/g, to('职')],
  [/中心小学|中心校/g, to('中心小')],
  [/中学/g, to('中')],
  [/小学/g, to('小')],
  [/附属/g, to('附')],
  [/第[一二三四五六七八九十]/g, (match) => match.slice(1)],
];

/** The shortest usual writing, in which 「南宁市第二幼儿园」「南宁市二幼」「南宁市2幼」 are the same. */
export const shorten = (traced: Traced): Traced => SHORTENINGS.reduce((text, [pattern, by]) => replace(text, pattern, by), traced);
export const shortForm = (name: string): string => shorten(trace(name)).text;

const PLACES = /^(?:.{2,6}?(?:省|自治区))?(?:.{2,4}?[市州盟])?(?:.{1,4}?[区县旗])?(?:.{1,4}?(?:镇|乡|街道))?/u;
const PLACE = /.+?(?:自治区|街道|[省市州盟区县旗镇乡])/gu;
/** What is left of a name when even an unmarked place is gone: 南宁二中 → 二中, 广西大学附小 → 附小. */
const TAIL = /(?:[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]?实验[一二三四五六七八九十]?|中心|附|外国语)(?:[中小幼高初职]|学校)$/u;

/** Every short form a school answers to: whole, with leading places dropped or clipped (南宁市一中 → 南宁一中, 市一中, 一中). */
export function formsOf(name: string): readonly string[] {
  const whole = shortForm(name).replace(/[东西南北新老本分]?校区$/u, '');
  const places = (PLACES.exec(whole)?.[0] ?? '').match(PLACE) ?? [];
  const forms = new Set<string>([shortForm(name), whole]);
  for (let dropped = 1; dropped <= places.length; dropped += 1) {
    const rest = whole.slice(places.slice(0, dropped).join('').length);
    const place = places[dropped - 1] ?? '';
    forms.add(rest);
    forms.add(`${place.slice(-1)}${rest}`);
    if (place.length > 2) forms.add(`${place.slice(0, -1)}${rest}`);
  }
  const tail = TAIL.exec(whole)?.[0];
  if (tail) forms.add(tail);
  for (const form of [...forms]) {
    forms.add(form.replace(/([一二三四五六七八九十])实验(?=[小中幼]$)/u, '实验$1'));
    if (/学校$/u.test(form) && form.length >= 5) forms.add(form.slice(0, -2));
  }
  return [...forms].filter((form) => form.length >= 2 && !places.join('').endsWith(form));
}

const NUMERALS = /[一二三四五六七八九十\d]/gu;
/** Whether two forms can be one name mistyped: the number and the kind of school are never a slip. */
export const sameKind = (a: string, b: string): boolean =>
  a.at(-1) === b.at(-1) && (a.match(NUMERALS) ?? []).join('') === (b.match(NUMERALS) ?? []).join('');

/** Whether a form standing at `from … to` of a shortened text is the whole of what was said there. */
export function standsAlone(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 1), from);
  const first = text[from] ?? '';
  const last = text[to - 1] ?? '';
  const after = text[to] ?? '';
  if (/[一二三四五六七八九十\d]/u.test(first) && /[一二三四五六七八九十\d]/u.test(before)) return false;
  // Another town's school: 「桂林市一中」 is not our 一中, and its 「市」 is not our town.
  if (/[市县区镇乡省州]/u.test(before)) return false;
  if (/[市县区镇乡]/u.test(first) && /\p{Script=Han}/u.test(before) && !/[在是的们读上到于从去叫本我]/u.test(before)) return false;
  if (last === '中' && /[午间文考秋等断途止]/u.test(after)) return false;
  return !(last === '小' && /[时孩朋姐区票组心伙明]/u.test(after)) && !(last === '高' && /[兴峰级]/u.test(after));
}
